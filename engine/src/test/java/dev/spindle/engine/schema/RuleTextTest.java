package dev.spindle.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {

    @Test
    void shouldReadEveryKindOfSide() {
        assertThat(comparison("cost<unit_price")).isEqualTo(new Comparison(new Operand.Own("cost"), Operator.LESS, new Operand.Own("unit_price")));
        assertThat(comparison("t.cost >= -1.5")).isEqualTo(new Comparison(new Operand.Own("cost"), Operator.GREATER_OR_EQUAL, new Operand.Number(-1.5)));
        assertThat(comparison("p.a = 1"))
                .isEqualTo(new Comparison(new Operand.OfParent("p", "a", "key"), Operator.EQUAL, new Operand.Number(1)));
        assertThat(comparison("state != 'a < b'")).isEqualTo(new Comparison(new Operand.Own("state"), Operator.DIFFERENT, new Operand.Text("a < b")));
        assertThat(comparison("\"it's\" == state").left()).isEqualTo(new Operand.Text("it's"));
        assertThat(comparison("open == TRUE").right()).isEqualTo(new Operand.Text("TRUE"));
        assertThat(comparison("a > (b + p.c) * 2").right()).isInstanceOfSatisfying(Operand.Computed.class, computed -> {
            assertThat(computed.value().columns()).containsExactly("b", "p.c");
            assertThat(computed.via()).isEqualTo("key");
        });
    }

    @Test
    void shouldTakeApartAtAndOutsideOfQuotes() {
        assertThat(RuleText.parts("a < 1 AND b != 'x AND y' and band > 2")).containsExactly("a < 1 ", " b != 'x AND y' ", " band > 2");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\u0001', value = {
        "a, there is none of", "a ! b, there is none of", "a < b < c, more than two", "a =< b, more than two",
        "a <, ends too early", "a < b +, ends too early", "a < (b, closing parenthesis", "a < b c, is not expected",
        "a IS NULL, there is none of", "a < 'b, is missing"
    })
    void shouldSayWhatIsWrong(String text, String what) {
        assertThatThrownBy(() -> comparison(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(what);
    }

    private static Comparison comparison(String text) {
        return RuleText.comparison(text, "t", "key");
    }
}
