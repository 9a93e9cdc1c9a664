package dev.spindle.control.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {

    private static final Shape.Members SHAPE = Shape.closed(
            Field.of("rate", Shape.real(0, 10), "").mandatory(),
            Field.of("length", Shape.above(0, 10), ""),
            Field.of("count", Shape.whole(-5, 5), ""),
            Field.of("word", Shape.oneOf(List.of("red", "green")), ""),
            Field.of("name", Shape.text(5), ""),
            Field.of("on", Shape.flag(), ""),
            Field.of("secret", Shape.text(5), "").asSecret(),
            Field.of("start", Shape.either(Shape.real(0, 10), Shape.oneOf(List.of("now"))), ""),
            Field.of("list", Shape.items(Shape.whole(0, 9), 3), ""),
            Field.of("map", new Shape.Lookup(Shape.text(3), 2), ""));

    private static List<Problem> problems(String json) {
        List<Problem> problems = new ArrayList<>();
        SHAPE.check("", JsonReader.parse(json, "test"), problems);
        return problems;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'rate':0}", "{'rate':10}", "{'rate':1,'length':1e-9}", "{'rate':1,'count':-5}", "{'rate':1,'count':5.0}",
        "{'rate':1,'word':'red'}", "{'rate':1,'name':'äöüß€'}", "{'rate':1,'on':false}", "{'rate':1,'start':'now'}",
        "{'rate':1,'start':3}", "{'rate':1,'list':[1,2,3]}", "{'rate':1,'map':{'a':'b','c':'d'}}"
    })
    void shouldTakeWhatIsRight(String json) {
        assertThat(problems(json.replace('\'', '"'))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{}|rate", "{'rate':-0.1}|rate", "{'rate':1e300}|rate", "{'rate':'1'}|rate", "{'rate':null}|rate",
        "{'rate':1,'length':0}|length", "{'rate':1,'count':6}|count", "{'rate':1,'count':0.5}|count",
        "{'rate':1,'count':1e30}|count", "{'rate':1,'word':'blue'}|word", "{'rate':1,'name':'abcdef'}|name",
        "{'rate':1,'on':1}|on", "{'rate':1,'start':'soon'}|start", "{'rate':1,'start':true}|start",
        "{'rate':1,'list':[1,10]}|list[1]", "{'rate':1,'list':[1,2,3,4]}|list", "{'rate':1,'map':{'a':1}}|map.a",
        "{'rate':1,'map':{'a':'b','c':'d','e':'f'}}|map", "{'rate':1,'speed':2}|speed"
    })
    void shouldNameWhatIsWrong(String json, String path) {
        assertThat(problems(json.replace('\'', '"'))).singleElement().extracting(Problem::path).isEqualTo(path);
    }

    @Test
    void shouldNameEverythingThatIsWrong() {
        assertThat(problems("{\"count\":99,\"word\":\"gren\",\"wrd\":1}"))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("wrd", "rate", "count", "word");
    }

    @Test
    void shouldNotRepeatASecret() {
        assertThat(problems("{\"rate\":1,\"secret\":\"too long to be one\"}").toString()).doesNotContain("too long to be one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":NaN}", "{\"a\":1,\"a\":2}", "{\"a\":1}{}", "nul", "{\"a\":1e9999}", "[1,]"})
    void shouldReadNothingButJson(String text) {
        assertThatThrownBy(() -> Body.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(ConfigurationException.class, e ->
                        assertThat(e.problems()).singleElement().extracting(Problem::path).isEqualTo("(body)"));
    }

    @Test
    void shouldRefuseWhatIsNoUtf8() {
        assertThatThrownBy(() -> Body.parse(new byte[] {'"', (byte) 0xc3, '"'})).hasMessageContaining("UTF-8");
    }
}
