package dev.spindle.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every event passes through is small enough for the JIT compiler to inline where it is called often: no method has
 * more than 325 bytes of bytecode, the default of HotSpot's FreqInlineSize. A larger one is called from each row's code and
 * not compiled into it; that costs speed on every machine, and no test of the results sees it.
 */
class HotPathTest {

    private static final int FREQUENT_INLINE_SIZE = 325;

    /** Who is called for each event or each column, and how. */
    private static final Map<String, Set<String>> CALLED_EACH_TIME = Map.of(
            "dev.spindle.engine.row.Step", Set.of("value"),
            "dev.spindle.engine.stamp.Field", Set.of("write"),
            "dev.spindle.engine.event.Stage", Set.of("on"),
            "dev.spindle.engine.row.Sampler", Set.of("sample"));

    private static final Set<String> CALLED_TOO = Set.of(
            "dev/spindle/engine/generate/OneTable.next",
            "dev/spindle/engine/row/RowPlan.fill",
            "dev/spindle/engine/row/RowCursor.fill",
            "dev/spindle/engine/draw/AliasTable.pick",
            "dev/spindle/engine/draw/Draw.bits",
            "dev/spindle/engine/stamp/Encoder.encode",
            "dev/spindle/engine/column/ValueText.writeLong",
            "dev/spindle/engine/publish/Batch.add");

    @Test
    void shouldBeSmallEnoughToBeInlined() throws URISyntaxException {
        Map<String, Integer> sizes = sizes();
        assertThat(sizes).as("methods looked at").hasSizeGreaterThan(50);
        CALLED_TOO.forEach(name -> assertThat(sizes.keySet()).anyMatch(method -> method.startsWith(name + "(")));
        assertThat(sizes.entrySet().stream().filter(method -> method.getValue() > FREQUENT_INLINE_SIZE))
                .as("methods with more than " + FREQUENT_INLINE_SIZE + " bytes of bytecode")
                .isEmpty();
    }

    /** Bytes of bytecode of each method that is called for each event. */
    private static Map<String, Integer> sizes() throws URISyntaxException {
        Path classes = Path.of(Stage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Map<String, Integer> sizes = new TreeMap<>();
        for (ClassModel model : models(classes)) {
            for (MethodModel method : model.methods()) {
                if (isCalledEachTime(model, method)) {
                    method.findAttribute(Attributes.code()).ifPresent(code -> sizes.put(
                            model.thisClass().asInternalName() + "." + method.methodName().stringValue()
                                    + method.methodType().stringValue(),
                            code.codeLength()));
                }
            }
        }
        return sizes;
    }

    private static List<ClassModel> models(Path classes) {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class")).map(HotPathTest::model).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassModel model(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isCalledEachTime(ClassModel model, MethodModel method) {
        Stream<String> parents = Stream.concat(
                model.superclass().stream().map(parent -> parent.asSymbol()).map(HotPathTest::name),
                model.interfaces().stream().map(parent -> parent.asSymbol()).map(HotPathTest::name));
        String name = model.thisClass().asInternalName() + "." + method.methodName().stringValue();
        return CALLED_TOO.contains(name) || parents.anyMatch(parent -> CALLED_EACH_TIME
                .getOrDefault(parent, Set.of())
                .contains(method.methodName().stringValue()))
                && !method.flags().has(AccessFlag.BRIDGE);
    }

    private static String name(ClassDesc type) {
        return type.packageName() + "." + type.displayName();
    }
}
