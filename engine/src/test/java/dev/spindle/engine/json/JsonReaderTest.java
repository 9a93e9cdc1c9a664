package dev.spindle.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.json.JsonValue.Location;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static final long SEED = 29;

    @TempDir
    private Path folder;

    @Test
    void shouldKnowWhereEachValueBegins() {
        JsonObject root = (JsonObject) JsonReader.parse("""
                {"a": 1,
                  "b": [true, null,
                    {"c": "x"}]}
                """, "f.json");
        assertThat(root.at()).isEqualTo(new Location(1, 1));
        assertThat(root.get("a").at()).isEqualTo(new Location(1, 7));
        JsonArray list = (JsonArray) root.get("b");
        assertThat(list.items().stream().map(JsonValue::at))
                .containsExactly(new Location(2, 9), new Location(2, 15), new Location(3, 5));
        assertThat(((JsonObject) list.items().get(2)).get("c").at()).isEqualTo(new Location(3, 11));
        assertThat(root.get("z")).isNull();
    }

    /** Any value, written by hand and read, is the same again; and its numbers keep their digits. */
    @Test
    void shouldReadWhatIsWritten() {
        Random random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            String text = value(random, 4);
            assertThat(written(JsonReader.parse(text, "f.json"))).as("seed %d", SEED).isEqualTo(text);
        }
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> new BigDecimal(new java.math.BigInteger(random.nextInt(1, 90), random), random.nextInt(0, 30)).toPlainString();
            case 1 -> JsonText.quoted(random.ints(random.nextInt(6), 0, 0x2FF).collect(
                    StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
            case 2 -> random.nextBoolean() ? "true" : "false";
            case 3 -> "null";
            case 4 -> {
                List<String> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(value(random, depth - 1));
                }
                yield "[" + String.join(",", items) + "]";
            }
            default -> {
                List<String> members = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.add(JsonText.quoted("k" + i + "\"\\") + ":" + value(random, depth - 1));
                }
                yield "{" + String.join(",", members) + "}";
            }
        };
    }

    static String written(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                LinkedHashMap<String, String> members = new LinkedHashMap<>();
                object.members().forEach((key, member) -> members.put(JsonText.quoted(key), written(member)));
                yield "{" + String.join(",", members.entrySet().stream().map(m -> m.getKey() + ":" + m.getValue()).toList()) + "}";
            }
            case JsonArray list -> "[" + String.join(",", list.items().stream().map(JsonReaderTest::written).toList()) + "]";
            case JsonString text -> JsonText.quoted(text.value());
            case JsonNumber number -> number.value().toPlainString();
            case JsonBoolean truth -> Boolean.toString(truth.value());
            case JsonNull nothing -> "null";
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        " | f.json | is empty",
        "{'a': 1} 2 | f.json:1:10 | more text after the end",
        "{'a': 1, 'a': 2} | f.json:1:1 | is not JSON: Duplicate",
        "{'a': } | f.json:1:7 | is not JSON",
        "{'a': 1 | f.json:1: | is not JSON",
        "[1,] | f.json:1:4 | is not JSON",
        "nul | f.json:1: | is not JSON",
        "[1e500] | f.json | out of range",
        "[1e-500] | f.json | out of range",
        "[NaN] | f.json:1: | is not JSON",
        "{a: 1} | f.json:1: | is not JSON"
    })
    void shouldSayWhereTextIsNoJson(String text, String place, String what) {
        Problem problem = problem(() -> JsonReader.parse(text == null ? "" : text.replace('\'', '"'), "f.json"));
        assertThat(problem.path()).startsWith(place);
        assertThat(problem.reason()).contains(what).doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void shouldEndWhereTextIsNestedTooDeeply(String open) {
        assertThat(problem(() -> JsonReader.parse(open.repeat(100_000), "f.json")).reason()).contains("depth");
        String deep = "[".repeat(200) + "]".repeat(200);
        assertThat(written(JsonReader.parse(deep, "f.json"))).isEqualTo(deep);
    }

    @Test
    void shouldReadFilesInUtf8WithOrWithoutAMark() throws IOException {
        Path file = folder.resolve("a.json");
        Files.writeString(file, "\uFEFF[\"ü\"]");
        assertThat(written(JsonReader.read(file))).isEqualTo("[\"ü\"]");
        Files.write(file, "[\"ü\"]".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(problem(() -> JsonReader.read(file)).reason()).isEqualTo("is not UTF-8 text");
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() {
        assertThat(problem(() -> JsonReader.read(folder.resolve("none.json")))).satisfies(p -> {
            assertThat(p.path()).endsWith("none.json");
            assertThat(p.reason()).contains("cannot be read", "no such file");
        });
        assertThat(problem(() -> JsonReader.read(folder)).reason()).isEqualTo("is a directory, not a file");
    }

    @Test
    void shouldReadYamlByTheFilesEnding() throws IOException {
        for (String ending : List.of("yaml", "yml", "YAML")) {
            Path file = Files.writeString(folder.resolve("f." + ending), "a: [1, x]");
            assertThat(written(JsonReader.read(file))).isEqualTo("{\"a\":[1,\"x\"]}");
        }
    }

    static Problem problem(ThrowingCallable call) {
        List<Problem> problems = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(ConfigurationException.class, e -> problems.addAll(e.problems()));
        assertThat(problems).hasSize(1);
        return problems.getFirst();
    }
}
