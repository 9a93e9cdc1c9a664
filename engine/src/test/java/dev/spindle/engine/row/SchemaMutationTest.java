package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import dev.spindle.engine.testing.SchemaMutants;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good files, broken at random, are read as errors or as something that streams: never anything else. */
class SchemaMutationTest {

    private static final int MUTANTS = Integer.getInteger("spindle.mutants", 150);

    @ParameterizedTest
    @ValueSource(strings = {"strategies", "relations", "times"})
    void shouldEndInProblemsOrInAPlan(String name) throws URISyntaxException {
        Path file = Path.of(SchemaMutationTest.class.getResource("/schemas/" + name + ".spindle.json").toURI());
        JsonValue good = JsonReader.read(file);
        for (int seed = 0; seed < MUTANTS; seed++) {
            try {
                use(SchemaMutants.mutant(good, seed), file);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError(name + " with seed " + seed + " ended in " + e, e);
            }
        }
    }

    static void use(JsonValue mutant, Path file) {
        SchemaReader.Reading reading = SchemaReader.read(mutant, DataSets.beside(file));
        SchemaValidation.Report report = SchemaValidation.check(reading);
        if (!report.errors().isEmpty()) {
            for (Problem problem : report.errors()) {
                assertThat(problem.path()).isNotBlank();
                assertThat(problem.reason()).isNotBlank();
            }
            return;
        }
        Schema schema = report.schema();
        RowCompiler compiler = new RowCompiler(schema, RowCounts.at(schema, null), 1, Map.of());
        for (String table : schema.tables().keySet()) {
            RowPlan plan = compiler.compile(table);
            Event event = new Event(plan.slots());
            for (long row : new long[] {0, 1, plan.rows() / 2, plan.rows() - 1, plan.rows() + 3}) {
                plan.fill(row, event);
            }
        }
    }
}
