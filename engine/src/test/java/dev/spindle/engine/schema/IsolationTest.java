package dev.spindle.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsolationTest {

    private static final long SEED = 7;

    /** The solved comparison holds for exactly those numbers for which the given one does. */
    @ParameterizedTest
    @CsvSource({
        "a < b + 1", "b - a > 3", "2 - (a + b) >= c", "-a <= b", "a * b < c", "b * a >= c * b", "a / b < c + 1",
        "(a - 1) * (b + c) / c != 4", "b <= c - a / b", "a == b * c - 2", "-(b * -(a - c)) > -1"
    })
    void shouldSayTheSame(String text) {
        Comparison given = RuleText.comparison(text, "t", null);
        Comparison solved = Isolation.of(given, "a").orElseThrow();
        assertThat(solved.left()).isEqualTo(new Operand.Own("a"));
        Random random = new Random(SEED);
        int held = 0;
        for (int i = 0; i < 2_000; i++) {
            Map<String, Double> row = new HashMap<>();
            for (String column : new String[] {"a", "b", "c"}) {
                row.put(column, (double) random.nextInt(-6, 7));
            }
            double sign = 1;
            for (Expression factor : ((Operand.Computed) solved.right()).factors()) {
                sign *= Math.signum(value(factor, row));
            }
            if (sign == 0) {
                continue; // nothing is asked of the column
            }
            Operator operator = sign < 0 ? solved.operator().mirrored() : solved.operator();
            boolean holds = holds(value(given.left(), row), given.operator(), value(given.right(), row));
            held += holds ? 1 : 0;
            assertThat(holds(row.get("a"), operator, value(solved.right(), row)))
                    .as("%s, seed %d, with %s", text, SEED, row)
                    .isEqualTo(holds);
        }
        assertThat(held).isBetween(1, 1_999);
    }

    @ParameterizedTest
    @CsvSource({"a + a > b", "b / a < 2", "b > c", "a * a > 1", "a - b > a"})
    void shouldLeaveWhatCannotBeSolvedForAColumn(String text) {
        assertThat(Isolation.of(RuleText.comparison(text, "t", null), "a")).isEmpty();
    }

    private static double value(Operand operand, Map<String, Double> row) {
        return switch (operand) {
            case Operand.Number number -> number.value();
            case Operand.Own own -> row.get(own.column());
            case Operand.Computed computed -> value(computed.value(), row);
            default -> throw new AssertionError(operand);
        };
    }

    private static double value(Expression expression, Map<String, Double> row) {
        return switch (expression) {
            case Expression.Constant c -> c.value();
            case Expression.ColumnValue c -> row.get(c.column());
            case Expression.Negated n -> -value(n.inner(), row);
            case Expression.Binary b -> {
                double left = value(b.left(), row);
                double right = value(b.right(), row);
                yield switch (b.operator()) {
                    case '+' -> left + right;
                    case '-' -> left - right;
                    case '*' -> left * right;
                    default -> left / right;
                };
            }
        };
    }

    /** What differs by less than the rounding of doubles is equal. */
    private static boolean holds(double left, Operator operator, double right) {
        int order = Math.abs(left - right) < 1e-9 ? 0 : Double.compare(left, right);
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            case DIFFERENT -> order != 0;
        };
    }
}
