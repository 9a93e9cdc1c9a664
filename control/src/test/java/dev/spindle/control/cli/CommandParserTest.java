package dev.spindle.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandParserTest {

    private final List<Problem> problems = new ArrayList<>();

    private Arguments parse(String... words) {
        return new CommandParser(new StreamCommand(), problems).parse(List.of(words));
    }

    @Test
    void shouldTakeValuesBehindASpaceAnEqualsSignOrAShortName() {
        Arguments arguments = parse("retail", "--table", "order", "--rate=50k", "-ssmall", "--labels", "=x", "--quiet");

        assertThat(problems).isEmpty();
        assertThat(arguments.operands()).containsExactly("retail");
        assertThat(arguments.text("table")).contains("order");
        assertThat(arguments.text("rate")).contains("50k");
        assertThat(arguments.text("scale")).contains("small");
        assertThat(arguments.text("labels")).contains("=x");
        assertThat(arguments.has("quiet")).isTrue();
        assertThat(parse("-t", "order").text("table")).contains("order");
    }

    @Test
    void shouldTakeNegativeNumbersAndEmptyTextsAsValues() {
        Arguments arguments = parse("--seed", "-5", "--scale=", "--from-seq", "");

        assertThat(problems).isEmpty();
        assertThat(arguments.text("seed")).contains("-5");
        assertThat(arguments.text("scale")).contains("");
        assertThat(arguments.text("from-seq")).contains("");
    }

    @Test
    void shouldGatherTheValuesOfRepeatableOptions() {
        assertThat(parse("--burst", "1:2:3", "--burst=4:5:6").all("burst")).containsExactly("1:2:3", "4:5:6");
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldEndOptionsAtTwoDashes() {
        assertThat(parse("--", "--table").operands()).containsExactly("--table");
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldTellOfEverythingAtOnce() {
        parse("retail", "more", "--tabel", "order", "--rate", "--quiet=1", "--seed", "1", "--seed", "2", "-x", "--result");

        assertThat(problems.stream().map(Problem::toString)).satisfiesExactly(
                line -> assertThat(line).startsWith("--tabel: is no option (did you mean --table?"),
                line -> assertThat(line).isEqualTo("--rate: needs a value (R)"),
                line -> assertThat(line).isEqualTo("--quiet=1: takes no value (--quiet)"),
                line -> assertThat(line).isEqualTo("--seed = 2: is given more than once (one value)"),
                line -> assertThat(line).startsWith("-x: is no option"),
                line -> assertThat(line).isEqualTo("--result: needs a value (FILE)"),
                line -> assertThat(line).startsWith("more: is one word too many"));
    }

    @Test
    void shouldTakeTheWordBehindAnUnknownOptionForItsValue() {
        assertThat(parse("--tabel", "order", "retail").operands()).containsExactly("retail");
        assertThat(problems).hasSize(1);
    }
}
