package dev.spindle.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom inside the engine. */
@AnalyzeClasses(packages = "dev.spindle.engine", importOptions = DoNotIncludeTests.class)
class EngineArchitectureTest {

    @ArchTest
    static final ArchRule shouldHaveNoPackagesThatDependOnEachOtherInACircle =
            slices().matching("dev.spindle.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule shouldNameTheDisruptorInThePipelineOnly = noClasses()
            .that()
            .resideOutsideOfPackage("..pipeline..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.lmax.disruptor..");

    @ArchTest
    static final ArchRule shouldKeepStagesFreeOfThreads = noClasses()
            .that()
            .resideInAnyPackage("..generate..", "..reorder..", "..anomaly..", "..stamp..", "..row..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule shouldNotKnowItsCallers = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.spindle.sinks..", "dev.spindle.control..", "io.vertx..", "picocli..", "org.apache.kafka..", "com.azure..");

    @ArchTest
    static final ArchRule shouldHaveTheRootOnTopOfAllPackages = noClasses()
            .that()
            .resideOutsideOfPackage("dev.spindle.engine")
            .should()
            .dependOnClassesThat(new DescribedPredicate<JavaClass>("are in the engine's root package") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getPackageName().equals("dev.spindle.engine");
                }
            });
}
