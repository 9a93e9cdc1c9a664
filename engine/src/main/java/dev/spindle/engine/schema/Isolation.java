package dev.spindle.engine.schema;

import dev.spindle.engine.schema.Expression.Binary;
import dev.spindle.engine.schema.Expression.ColumnValue;
import dev.spindle.engine.schema.Expression.Constant;
import dev.spindle.engine.schema.Expression.Negated;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Solves a comparison of expressions for one of its columns: {@code price - cost > 1} is {@code cost < price - 1}. */
public final class Isolation {

    private final String column;
    private final String via;
    private final List<Expression> factors = new ArrayList<>();
    private Operator operator;

    private Isolation(String column, String via, Operator operator) {
        this.column = column;
        this.via = via;
        this.operator = operator;
    }

    /**
     * The comparison with the column alone on its left and all else on its right; nothing when the column stands in it
     * more than once, or is something else's divisor.
     */
    public static Optional<Comparison> of(Comparison comparison, String column) {
        Expression left = expression(comparison.left());
        Expression right = expression(comparison.right());
        if (left == null || right == null || count(left, column) + count(right, column) != 1) {
            return Optional.empty();
        }
        boolean onLeft = count(left, column) == 1;
        Isolation isolation = new Isolation(
                column,
                via(comparison),
                onLeft ? comparison.operator() : comparison.operator().mirrored());
        return Optional.ofNullable(onLeft ? isolation.solve(left, right) : isolation.solve(right, left));
    }

    /** The columns of either side, those of parents with their table. */
    public static List<String> columns(Comparison comparison) {
        List<String> columns = new ArrayList<>();
        for (Operand side : List.of(comparison.left(), comparison.right())) {
            Expression expression = expression(side);
            if (expression != null) {
                columns.addAll(expression.columns());
            }
        }
        return columns;
    }

    /** The foreign key by which a comparison reaches a parent, or null. */
    private static String via(Comparison comparison) {
        for (Operand side : List.of(comparison.left(), comparison.right())) {
            if (side instanceof Operand.Computed computed && computed.via() != null) {
                return computed.via();
            }
            if (side instanceof Operand.OfParent of) {
                return of.via();
            }
        }
        return null;
    }

    private static Expression expression(Operand operand) {
        return switch (operand) {
            case Operand.Number number -> new Constant(number.value());
            case Operand.Own own -> new ColumnValue(own.column());
            case Operand.OfParent of -> new ColumnValue(of.table() + "." + of.column());
            case Operand.Computed computed -> computed.value();
            case Operand.Text text -> null;
        };
    }

    private static int count(Expression expression, String column) {
        return switch (expression) {
            case Constant c -> 0;
            case ColumnValue c -> c.column().equals(column) ? 1 : 0;
            case Negated n -> count(n.inner(), column);
            case Binary b -> count(b.left(), column) + count(b.right(), column);
        };
    }

    /** Takes one operation after the other from the side with the column to the other side. */
    private Comparison solve(Expression side, Expression other) {
        return switch (side) {
            case ColumnValue c ->
                new Comparison(new Operand.Own(column), operator, new Operand.Computed(other, List.copyOf(factors), via));
            case Negated n -> {
                operator = operator.mirrored();
                yield solve(n.inner(), new Negated(other));
            }
            case Binary b -> count(b.left(), column) == 1 ? fromLeft(b, other) : fromRight(b, other);
            case Constant c -> throw new IllegalStateException("the column is not on this side");
        };
    }

    private Comparison fromLeft(Binary b, Expression other) {
        return switch (b.operator()) {
            case '+' -> solve(b.left(), new Binary('-', other, b.right()));
            case '-' -> solve(b.left(), new Binary('+', other, b.right()));
            case '*' -> {
                factors.add(b.right());
                yield solve(b.left(), new Binary('/', other, b.right()));
            }
            default -> {
                factors.add(b.right());
                yield solve(b.left(), new Binary('*', other, b.right()));
            }
        };
    }

    private Comparison fromRight(Binary b, Expression other) {
        return switch (b.operator()) {
            case '+' -> solve(b.right(), new Binary('-', other, b.left()));
            case '-' -> {
                operator = operator.mirrored();
                yield solve(b.right(), new Binary('-', b.left(), other));
            }
            case '*' -> {
                factors.add(b.left());
                yield solve(b.right(), new Binary('/', other, b.left()));
            }
            default -> null;
        };
    }
}
