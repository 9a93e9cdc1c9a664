package dev.spindle.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.row.SchemaValidation;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.SchemaReader;
import java.nio.file.Path;

/** What the validation says of a schema that a test has written. */
public final class SchemaChecks {

    private static final DataSets DATA = DataSets.beside(Path.of("src/test/resources/schemas/none.spindle.json"));

    private SchemaChecks() {}

    /** Checks a schema's text; the test's own data sets are beside it. */
    public static SchemaValidation.Report check(String text) {
        return SchemaValidation.check(SchemaReader.read(JsonReader.parse(text, "test.json"), DATA));
    }

    /** One of the errors is below {@code path}, names {@code where}, has a place in the file, and says {@code what}. */
    public static void assertError(SchemaValidation.Report report, String path, String where, String what) {
        assertThat(report.errors()).anySatisfy(problem -> {
            assertThat(problem.path()).startsWith(path).contains(where);
            assertThat(problem.toString()).contains(what);
            assertThat(problem.place()).matches("\\d+:\\d+");
        });
    }
}
