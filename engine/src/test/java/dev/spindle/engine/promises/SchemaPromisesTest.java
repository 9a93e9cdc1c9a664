package dev.spindle.engine.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every table of every built-in domain and of the schema files among the test resources keeps what its file says. More
 * files are tried with {@code -Dspindle.schemas=FOLDER}.
 */
class SchemaPromisesTest {

    private static final long SEED = 42;

    static Stream<Path> schemas() throws IOException {
        Stream<Path> own = files(resource("/schemas"));
        Stream<Path> domains = Stream.of("retail", "iot", "payments", "clickstream", "telecom")
                .map(d -> resource("/dev/spindle/engine/domain/" + d + "/" + d + ".spindle.json"));
        String more = System.getProperty("spindle.schemas");
        return more == null ? Stream.concat(own, domains) : files(Path.of(more));
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(f -> f.toString().endsWith(".spindle.json")).sorted().toList();
            assertThat(files).isNotEmpty();
            return files.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void shouldKeepWhatItsFileSays(Path file) {
        SchemaReader.Reading reading = SchemaReader.read(file);
        assertThat(reading.errors()).isEmpty();
        Schema schema = reading.orThrow();
        String scale = RowCounts.scales(schema).contains("small") || RowCounts.scales(schema).isEmpty()
                ? null
                : schema.generation().defaultScale();
        assertThat(new SchemaPromises(schema, scale, SEED).broken()).isEmpty();
    }

    private static Path resource(String name) {
        try {
            return Path.of(SchemaPromisesTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
