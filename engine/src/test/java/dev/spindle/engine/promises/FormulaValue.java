package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Expression;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The value of a formula, straight from its tree. */
final class FormulaValue {

    private FormulaValue() {}

    static double of(Expression expression, ToDoubleFunction<String> columns) {
        return switch (expression) {
            case Expression.Constant c -> c.value();
            case Expression.ColumnValue c -> columns.applyAsDouble(c.column());
            case Expression.Negated n -> -of(n.inner(), columns);
            case Expression.Binary b -> {
                double left = of(b.left(), columns);
                double right = of(b.right(), columns);
                yield switch (b.operator()) {
                    case '+' -> left + right;
                    case '-' -> left - right;
                    case '*' -> left * right;
                    default -> left / right;
                };
            }
        };
    }

    /** The same in decimal numbers; null where it divides by 0. */
    static BigDecimal exact(Expression expression, Function<String, BigDecimal> columns) {
        return switch (expression) {
            case Expression.Constant c -> BigDecimal.valueOf(c.value());
            case Expression.ColumnValue c -> columns.apply(c.column());
            case Expression.Negated n -> exact(n.inner(), columns).negate();
            case Expression.Binary b -> {
                BigDecimal left = exact(b.left(), columns);
                BigDecimal right = exact(b.right(), columns);
                yield switch (b.operator()) {
                    case '+' -> left.add(right);
                    case '-' -> left.subtract(right);
                    case '*' -> left.multiply(right);
                    default -> right.signum() == 0 ? null : left.divide(right, MathContext.DECIMAL128);
                };
            }
        };
    }
}
