package dev.spindle.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.schema.Expression.Binary;
import dev.spindle.engine.schema.Expression.ColumnValue;
import dev.spindle.engine.schema.Expression.Constant;
import dev.spindle.engine.schema.Expression.Negated;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

    private static final long SEED = 19;

    @ParameterizedTest
    @CsvSource({
        "7, 7", "-3, -3", "--3, 3", "2 + 3 * 4, 14", "(2 + 3) * 4, 20", "10 - 4 - 3, 3", "100 / 10 / 5, 2", "2 * -3, -6",
        "1.5e, 0", ".5 * 4, 2", "  ( ( 8 ) )  , 8", "-(2 + 3) * 2, -10", "6 / 4, 1.5", "1 - -1, 2"
    })
    void shouldCalculateAsOneLearnsAtSchool(String text, double value) {
        if (text.endsWith("e")) {
            assertThatThrownBy(() -> Expression.parse(text)).hasMessageContaining("1.5e is no number");
        } else {
            assertThat(value(Expression.parse(text))).isEqualTo(value);
        }
    }

    @Test
    void shouldNameItsColumnsInTheirOrderAndOnce() {
        Expression expression = Expression.parse("b * (a_1 - b) / t.c + 4");
        assertThat(expression.columns()).containsExactly("b", "a_1", "t.c");
        assertThat(expression.renamed(name -> name + "x").columns()).containsExactly("bx", "a_1x", "t.cx");
        assertThat(Expression.parse("1 + 2").columns()).isEmpty();
    }

    /** A tree written out with all its parentheses is read as the same tree. */
    @Test
    void shouldReadWhatIsWrittenOut() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            Expression tree = tree(random, 6);
            assertThat(Expression.parse(written(tree))).as("seed %d: %s", SEED, written(tree)).isEqualTo(tree);
        }
    }

    private static Expression tree(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(2) : random.nextInt(6)) {
            case 0 -> new Constant(random.nextInt(1_000) / 8.0);
            case 1 -> new ColumnValue("column_" + random.nextInt(5));
            case 2 -> new Negated(tree(random, depth - 1));
            default -> new Binary("+-*/".charAt(random.nextInt(4)), tree(random, depth - 1), tree(random, depth - 1));
        };
    }

    private static String written(Expression tree) {
        return switch (tree) {
            case Constant c -> Double.toString(c.value());
            case ColumnValue c -> c.column();
            case Negated n -> "-(" + written(n.inner()) + ")";
            case Binary b -> "(" + written(b.left()) + " " + b.operator() + written(b.right()) + ")";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, ends too early", "'a +', 4, ends too early", "'a b', 3, 'b'", "'(a', 3, closing parenthesis", "'a)', 2, ')'",
        "'a $ 2', 3, '$'", "'3x', 3, 3x is no number", "'1.2.3', 6, 1.2.3 is no number", "'* 2', 1, a number or a column is missing",
        "'a + * 2', 5, a number or a column is missing"
    })
    void shouldSayWhereItGoesWrong(String text, int place, String what) {
        assertThatThrownBy(() -> Expression.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("at character " + place + ": ")
                .hasMessageContaining(what);
    }

    @Test
    void shouldEndWhereItIsNestedTooDeeply() {
        assertThat(value(Expression.parse("(".repeat(90) + "1" + ")".repeat(90)))).isEqualTo(1);
        for (String nested : new String[] {"(".repeat(100_000) + "1", "-".repeat(100_000) + "1"}) {
            assertThatThrownBy(() -> Expression.parse(nested)).hasMessageContaining("nested too deeply");
        }
    }

    private static double value(Expression expression) {
        return switch (expression) {
            case Constant c -> c.value();
            case ColumnValue c -> throw new AssertionError(c);
            case Negated n -> -value(n.inner());
            case Binary b ->
                switch (b.operator()) {
                    case '+' -> value(b.left()) + value(b.right());
                    case '-' -> value(b.left()) - value(b.right());
                    case '*' -> value(b.left()) * value(b.right());
                    default -> value(b.left()) / value(b.right());
                };
        };
    }
}
