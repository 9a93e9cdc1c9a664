package dev.spindle.engine.promises;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.row.SchemaValidation;
import dev.spindle.engine.schema.Asked;
import dev.spindle.engine.schema.PublishedSchema;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import dev.spindle.engine.stamp.Encoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example of docs/schema.md is a valid schema, its tables keep what it says, and the rows shown are those that come.
 * With {@code -Dspindle.docs.write=true} the rows are written into the page first.
 */
class SchemaPageTest {

    private static final int SHOWN_ROWS = 3;
    private static final long SEED = 42;

    @TempDir
    private Path folder;

    @Test
    void shouldHaveExamplesThatAreValidWithoutAWarning() {
        List<SchemaPage.Example> examples = new SchemaPage(folder).examples();
        assertThat(examples).hasSizeGreaterThan(20);
        for (SchemaPage.Example example : examples) {
            SchemaValidation.Report report = SchemaValidation.check(example.file());
            assertThat(report.errors()).as(example.toString()).isEmpty();
            assertThat(report.warnings()).as(example.toString()).isEmpty();
        }
    }

    @Test
    void shouldHaveExamplesWhoseRowsKeepWhatTheySay() {
        for (SchemaPage.Example example : new SchemaPage(folder).examples()) {
            Schema schema = SchemaReader.read(example.file()).orThrow();
            assertThat(new SchemaPromises(schema, null, seed(schema)).broken()).as(example.toString()).isEmpty();
        }
    }

    @Test
    void shouldHaveExamplesThatThePublishedJsonSchemaTakes() {
        PublishedSchema published = PublishedSchema.read();
        for (SchemaPage.Example example : new SchemaPage(folder).examples()) {
            assertThat(published.errors(JsonReader.read(example.file()))).as(example.toString()).isEmpty();
        }
    }

    @Test
    void shouldHaveAnExampleOfEveryStrategyUnderItsName() {
        Set<String> strategies =
                new HashSet<>(Asked.choices(Asked.generator(Map.of("strategy", JsonText.quoted(Asked.UNKNOWN))), "strategy"));
        assertThat(strategies).isNotEmpty();
        strategies.removeIf(strategy -> new SchemaPage(folder).examples().stream()
                .anyMatch(example -> List.of(example.heading().split(" and ")).contains(strategy)
                        && example.rows() != null
                        && example.block().text().contains("\"strategy\": \"" + strategy + "\"")));
        assertThat(strategies).as("strategies without an example").isEmpty();
    }

    /** Every key and every choice of the JSON Schema is explained, as code, somewhere on the page. */
    @Test
    void shouldSpeakOfEveryKeyAndEveryChoice() {
        String page = new SchemaPage(folder).text();
        Set<String> words = new TreeSet<>();
        collect(PublishedSchema.read().document(), words);
        words.removeIf(word -> page.contains("`" + word + "`") || page.contains("\"" + word + "\""));
        assertThat(words).isEmpty();
    }

    private static void collect(JsonValue value, Set<String> words) {
        switch (value) {
            case JsonObject object -> {
                words.addAll(PublishedSchema.choices(object));
                if (object.get("properties") instanceof JsonObject) {
                    words.addAll(PublishedSchema.keys(object));
                }
                object.members().values().forEach(member -> collect(member, words));
            }
            case JsonArray list -> list.items().forEach(item -> collect(item, words));
            default -> {}
        }
    }

    @Test
    void shouldShowTheRowsThatCome() {
        SchemaPage page = new SchemaPage(folder);
        if (Boolean.getBoolean("spindle.docs.write")) {
            page.examples().reversed().stream()
                    .filter(example -> example.rows() != null)
                    .forEach(example -> page.show(example, rows(example)));
        }
        for (SchemaPage.Example example : page.examples()) {
            if (example.rows() != null) {
                assertThat(example.rows().text())
                        .as("%s; mvn -pl engine verify -Dtest=SchemaPageTest -Dspindle.docs.write=true writes it", example)
                        .isEqualTo(rows(example));
            }
        }
    }

    private static long seed(Schema schema) {
        return schema.seed().orElse(SEED);
    }

    /** The first events of a whole file's last table, or the first rows of a part's, without the metadata. */
    private static String rows(SchemaPage.Example example) {
        Schema schema = SchemaReader.read(example.file()).orThrow();
        String table = List.copyOf(schema.tables().keySet()).getLast();
        RowPlan plan = new RowCompiler(schema, RowCounts.at(schema, null), seed(schema), Map.of()).compile(table);
        Encoder encoder = new Encoder(table, plan.columns(), plan.timestampColumn(), true, List.of(), -1);
        Event event = new Event(plan.slots());
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < SHOWN_ROWS; row++) {
            plan.fill(row, event);
            event.sequence = row;
            encoder.encode(event);
            String text = new String(event.encoded, 0, event.encodedLength, UTF_8);
            boolean whole = example.block().info().contains(" ");
            rows.add(whole ? text.strip() : text.substring(0, text.indexOf(",\"_spindle_table\"")) + "}");
        }
        return String.join("\n", rows);
    }
}
