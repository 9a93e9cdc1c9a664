package dev.spindle.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import dev.spindle.engine.stamp.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A user's file is as good as a domain that is built in: a copy of one streams the same bytes, made by the same steps. */
class CustomDomainTest {

    private static final int ROWS = 500;

    static final List<String> DOMAINS = Domains.NAMES;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("DOMAINS")
    void shouldStreamTheSameFromACopyOfItsFile(String domain) throws IOException, URISyntaxException {
        Schema builtIn = Domains.named(domain);
        Schema custom = SchemaReader.read(copied(domain)).orThrow();
        assertThat(custom.tables().keySet()).isEqualTo(builtIn.tables().keySet());
        for (String table : builtIn.tables().keySet()) {
            assertThat(bytes(custom, table)).as(table).isEqualTo(bytes(builtIn, table));
            assertThat(plan(custom, table).slots()).isEqualTo(plan(builtIn, table).slots());
        }
    }

    private Path copied(String domain) throws IOException, URISyntaxException {
        Path from = Path.of(Domains.class.getResource(domain + "/" + domain + ".spindle.json").toURI()).getParent();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return folder.resolve(domain + ".spindle.json");
    }

    private static RowPlan plan(Schema schema, String table) {
        return new RowCompiler(schema, RowCounts.at(schema, "small"), 42, Map.of()).compile(table);
    }

    private static byte[] bytes(Schema schema, String table) {
        RowPlan plan = plan(schema, table);
        Encoder encoder = new Encoder(table, plan.columns(), plan.timestampColumn(), true, List.of(), -1);
        Event event = new Event(plan.slots());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int row = 0; row < ROWS; row++) {
            event.sequence = row;
            plan.fill(row, event);
            encoder.encode(event);
            all.write(event.encoded, 0, event.encodedLength);
        }
        return all.toByteArray();
    }
}
