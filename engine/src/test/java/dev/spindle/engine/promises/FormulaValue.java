package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Expression;
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
}
