package dev.spindle.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.testing.SchemaMutants;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published JSON Schema takes what the reader takes and refuses what the reader refuses, as far as it can be said
 * without knowing what else is in a file. A key that the reader only warns of is refused: editors show both alike.
 */
class PublishedSchemaTest {

    private static final int MUTANTS = Integer.getInteger("spindle.mutants", 120);
    private static final PublishedSchema PUBLISHED = PublishedSchema.read();

    static Stream<Path> files() throws IOException {
        Stream<Path> domains = Domains.NAMES.stream().map(d -> resource("/dev/spindle/engine/domain/" + d + "/" + d + ".spindle.json"));
        List<Path> folders = new ArrayList<>(List.of(resource("/schemas")));
        if (System.getProperty("spindle.schemas") != null) {
            folders.add(Path.of(System.getProperty("spindle.schemas")));
        }
        List<Path> all = new ArrayList<>(domains.toList());
        for (Path folder : folders) {
            try (Stream<Path> inside = Files.list(folder)) {
                inside.filter(f -> f.toString().endsWith(".spindle.json")).sorted().forEach(all::add);
            }
        }
        return all.stream();
    }

    @Test
    void shouldBeAJsonSchemaItself() {
        assertThat(PUBLISHED.ownErrors()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldTakeTheFilesThatTheReaderTakes(Path file) {
        JsonValue good = JsonReader.read(file);
        assertThat(SchemaReader.read(file).errors()).isEmpty();
        assertThat(PUBLISHED.errors(without(unknown(SchemaReader.read(file)), good, ""))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldJudgeBrokenFilesAsTheReaderDoes(Path file) {
        JsonValue good = JsonReader.read(file);
        DataSets data = DataSets.beside(file);
        int taken = 0;
        int refused = 0;
        for (int seed = 0; seed < MUTANTS; seed++) {
            JsonValue mutant = SchemaMutants.mutant(good, seed);
            SchemaReader.Reading reading = SchemaReader.read(mutant, data);
            if (reading.errors().isEmpty()) {
                taken++;
                assertThat(PUBLISHED.errors(without(unknown(reading), mutant, "")))
                        .as("%s with seed %d, which the reader takes", file.getFileName(), seed)
                        .isEmpty();
            } else if (reading.errors().stream().anyMatch(PublishedSchemaTest::isOfOneValue)) {
                refused++;
                assertThat(PUBLISHED.errors(mutant))
                        .as("%s with seed %d, which the reader refuses: %s", file.getFileName(), seed, reading.errors())
                        .isNotEmpty();
            }
        }
        assertThat(taken).isGreaterThan(MUTANTS / 60);
        assertThat(refused).isGreaterThan(MUTANTS / 60);
    }

    /** What can be seen without looking at anything else in the file. */
    private static boolean isOfOneValue(Problem problem) {
        return problem.reason().matches("is missing|is missing or empty|is empty|is out of range|must be .*|is no weight"
                + "|is not a (strategy|column type|distribution|type of rule|pattern of time|computation|distribution over parents)");
    }

    /** Paths of keys that the reader does not know. */
    private static Set<String> unknown(SchemaReader.Reading reading) {
        Set<String> paths = new HashSet<>();
        for (Problem warning : reading.warnings()) {
            if (warning.reason().matches("is not known and has no effect|names no table.*")) {
                paths.add(warning.path());
            }
        }
        return paths;
    }

    private static JsonValue without(Set<String> unknown, JsonValue value, String path) {
        return switch (value) {
            case JsonObject object -> {
                LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
                object.members().forEach((key, member) -> {
                    String at = path.isEmpty() ? key : path + "." + key;
                    if (!unknown.contains(at)) {
                        members.put(key, without(unknown, member, at));
                    }
                });
                yield new JsonObject(members, object.at());
            }
            case JsonArray list -> {
                List<JsonValue> items = new ArrayList<>();
                for (int i = 0; i < list.items().size(); i++) {
                    items.add(without(unknown, list.items().get(i), path + "[" + i + "]"));
                }
                yield new JsonArray(items, list.at());
            }
            default -> value;
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "{}",
        "{'tables':{}}",
        "{'tables':[]}",
        "{'tables':{'t':{'columns':{}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'integer'}}}}}",
        "{'tables':{'t':{'columns':{'a':{'generator':{'strategy':'uuid'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'text','generator':{'strategy':'uuid'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'strategy':'uuidd'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'strategy':'faker','provider':'nobody'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'strategy':'faker','params':{'provider':'nobody'}}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'strategy':'weighted_enum','values':{'a':0}}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'strategy':'weighted_enum','values':{'a':-1,'b':2}}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'float','generator':{'strategy':'distribution','distribution':'uniform','min':1}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'float','generator':{'strategy':'distribution','params':{'distribution':'uniform','min':1}}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'date','generator':{'strategy':'temporal','month_weights':[1,2,3]}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'date','generator':{'strategy':'temporal','hour_weights':{'24':1}}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'date','generator':{'strategy':'temporal','hour_weights':'busy'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'date','generator':{'strategy':'temporal','start':'soon'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'fixed':{'a':1}}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','null_rate':1.5,'generator':{'fixed':1}}}}}}",
        "{'tables':{'t':{'columns':{'_spindle_seq':{'type':'string','generator':{'fixed':1}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'integer','generator':{'strategy':'foreign_key','ref':'t.'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'integer','generator':{'strategy':'foreign_key','ref':'t'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'integer','generator':{'strategy':'computed','rule':'sum_children','child_table':'t'}}}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'fixed':1}}}}},'business_rules':[{'type':'wish'}]}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'fixed':1}}}}},'business_rules':[{'type':'constraint','table':'t','rule':'a'}]}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'fixed':1}}}}},'generation':{'derived_counts':{'t':{}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'fixed':1}}}}},'generation':{'scales':{'small':{'t':0}}}}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'fixed':1}}}}},'relationships':[{'parent':'t'}]}",
        "{'tables':{'t':{'columns':{'a':{'type':'string','generator':{'fixed':1}}}}},'model':{'seed':'x'}}"
    })
    void shouldRefuseWhatTheReaderRefuses(String file) {
        JsonValue wrong = JsonReader.parse(file.replace('\'', '"'), "wrong.json");
        assertThat(Asked.read(wrong).errors()).isNotEmpty();
        assertThat(PUBLISHED.errors(wrong)).isNotEmpty();
    }

    @Test
    void shouldBeNamedInAFileWithoutAWarning() {
        String text = "{\"$schema\":\"docs/schema/spindle.schema.json\",\"_note\":1,"
                + "\"tables\":{\"t\":{\"columns\":{\"a\":{\"type\":\"string\",\"generator\":{\"fixed\":\"x\"}}}}}}";
        SchemaReader.Reading reading = Asked.read(text);
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
        assertThat(PUBLISHED.errors(reading.root())).isEmpty();
    }

    private static Path resource(String name) {
        try {
            return Path.of(PublishedSchemaTest.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
