package dev.spindle.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    private static JsonValue parse(String text) {
        return JsonReader.parse(text, "f.yaml");
    }

    /** What YAML 1.2's core schema makes of plain words; numbers that JSON has not stay texts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "1 | 1", "-1.50 | -1.50", "1e3 | 1000", "007 | 7", "true | true", "False | false", "null | null", "~ | null", "yes | \"yes\"",
        "no | \"no\"", "'1' | \"1\"", "\"true\" | \"true\"", ".inf | \".inf\"", ".NaN | \".NaN\"", "0x1F | \"0x1F\"",
        "2024-01-01 | \"2024-01-01\"", "a b | \"a b\"", "\"\\u00fc\" | \"ü\""
    })
    void shouldReadPlainWords(String yaml, String json) {
        assertThat(JsonReaderTest.written(parse("[" + yaml + "]"))).isEqualTo("[" + json + "]");
    }

    @Test
    void shouldReadBlocksFlowsAndReferences() {
        String json = JsonReaderTest.written(parse("""
                # a comment
                base: &b {x: 1}
                list:
                  - *b
                  - text: |
                      two
                      lines
                  -
                """));
        assertThat(json).isEqualTo("{\"base\":{\"x\":1},\"list\":[{\"x\":1},{\"text\":\"two\\nlines\\n\"},null]}");
    }

    @Test
    void shouldKnowWhereEachValueBegins() {
        JsonObject root = (JsonObject) parse("a: 1\nb:\n  - x\n  - {c: 2}\n");
        assertThat(root.get("a").at()).isEqualTo(new Location(1, 4));
        JsonArray list = (JsonArray) root.get("b");
        assertThat(list.items().get(0).at()).isEqualTo(new Location(3, 5));
        assertThat(((JsonObject) list.items().get(1)).get("c").at()).isEqualTo(new Location(4, 9));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        " | f.yaml | is empty",
        "a: [1 | f.yaml:1: | is not YAML",
        "a: 1\\n b: 2 | f.yaml:2: | is not YAML",
        "a: 1\\na: 2 | f.yaml | a",
        "? [x]\\n: 1 | f.yaml | is not YAML",
        "a: *b | f.yaml:1:4 | b", "a: &a [*a] | f.yaml | nested more than 200",
        "a: 1\\n---\\nb: 2 | f.yaml | is not YAML"
    })
    void shouldSayWhereTextIsNoYaml(String text, String place, String what) {
        Problem problem = JsonReaderTest.problem(() -> parse(text == null ? "" : text.replace("\\n", "\n")));
        assertThat(problem.path()).startsWith(place);
        assertThat(problem.reason()).contains(what);
    }

    @Test
    void shouldEndWhereTextIsNestedTooDeeply() {
        assertThat(JsonReaderTest.problem(() -> parse("[".repeat(5_000) + "]".repeat(5_000))).path()).startsWith("f.yaml");
        assertThat(JsonReaderTest.problem(() -> parse("- ".repeat(5_000) + "1")).path()).startsWith("f.yaml");
    }

    /** Lists of lists of references: a few lines that would be billions of values. */
    @Test
    void shouldNotUnfoldReferencesWithoutEnd() {
        StringBuilder text = new StringBuilder("a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [".formatted(i, i)).append(("*a" + (i - 1) + ", ").repeat(8)).append("*a").append(i - 1).append("]\n");
        }
        assertThat(JsonReaderTest.problem(() -> parse(text.toString())).reason()).contains("is not YAML");
    }
}
