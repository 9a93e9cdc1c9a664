package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.schema.Expression;
import dev.spindle.engine.schema.Strategy;
import java.util.function.Function;

/** Steps that compute numbers, and those that wrap others. */
final class NumberSteps {

    private NumberSteps() {}

    /** Always the same. */
    record Constant(long value) implements Step {
        @Override
        public long value(RowCursor at) {
            return value;
        }
    }

    record Sequence(long start, long step) implements Step {
        @Override
        public long value(RowCursor at) {
            return start + step * at.row;
        }
    }

    /** An index, or one of some fixed values, drawn with weights. */
    record Weighted(AliasTable table, long[] values, long key) implements Step {
        /** {@code values} null for the index itself. */
        Weighted(double[] weights, long[] values, long key) {
            this(new AliasTable(weights), values, key);
        }

        @Override
        public long value(RowCursor at) {
            int index = table.pick(at.bits(key));
            return values == null ? index : values[index];
        }
    }

    /** A number of a law, rounded. */
    record Sampled(Sampler sampler, double roundPower, double power, long key) implements Step {
        /** {@code roundDigits} of the value are kept, -1 for as many as the scale; then it is put at {@code scale}. */
        Sampled(Sampler sampler, int roundDigits, int scale, long key) {
            this(
                    sampler,
                    roundDigits < 0 || roundDigits >= scale ? 0 : Scaled.power(roundDigits),
                    Scaled.power(scale),
                    key);
        }

        @Override
        public long value(RowCursor at) {
            double value = sampler.sample(at.bits(key));
            if (roundPower != 0) {
                value = Scaled.round(value, roundPower) / roundPower;
            }
            return Scaled.round(value, power);
        }

        @Override
        public long between(RowCursor at, long least, long most) {
            double value = sampler.between(at.bits(key), least / power, most / power);
            return Double.isNaN(value) ? NULL : Math.max(least, Math.min(most, Scaled.round(value, power)));
        }
    }

    /** A whole number of a discrete law. */
    record Counted(int least, AliasTable table, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            return least + table.pick(at.bits(key));
        }
    }

    /** Null for a fraction of the rows. */
    record SometimesNull(Step inner, double rate, long key) implements Step {
        @Override
        public Step settled() {
            return new SometimesNull(inner.settled(), rate, key);
        }

        @Override
        public long value(RowCursor at) {
            return at.unit(key) < rate ? NULL : inner.value(at);
        }

        @Override
        public long between(RowCursor at, long least, long most) {
            return inner.between(at, least, most);
        }
    }

    /** A column of the same row times, plus or minus a uniform draw. */
    static final class Correlated implements Step {
        private final int source;
        private final double sourcePower;
        private final Strategy.Operation operation;
        private final double min;
        private final double width;
        private final double power;
        private final long key;

        Correlated(int source, int sourceScale, Strategy.Correlated how, int scale, long key) {
            this.source = source;
            this.sourcePower = Scaled.power(sourceScale);
            this.operation = how.operation();
            this.min = how.min();
            this.width = how.max() - how.min();
            this.power = Scaled.power(scale);
            this.key = key;
        }

        @Override
        public long value(RowCursor at) {
            long raw = at.values[source];
            if (raw == NULL) {
                return NULL;
            }
            double from = raw / sourcePower;
            double drawn = min + at.unit(key) * width;
            double value =
                    switch (operation) {
                        case MULTIPLY -> from * drawn;
                        case ADD -> from + drawn;
                        case SUBTRACT -> from - drawn;
                    };
            return Scaled.round(value, power);
        }

        @Override
        public long between(RowCursor at, long least, long most) {
            if (at.values[source] == NULL) {
                return NULL;
            }
            double from = at.values[source] / sourcePower;
            double one = operation == Strategy.Operation.MULTIPLY ? from * min : operation == Strategy.Operation.ADD ? from + min : from - min;
            double max = min + width;
            double two = operation == Strategy.Operation.MULTIPLY ? from * max : operation == Strategy.Operation.ADD ? from + max : from - max;
            double low = Math.max(Math.min(one, two), least / power);
            double high = Math.min(Math.max(one, two), most / power);
            if (!(low <= high)) {
                return NULL;
            }
            return Math.max(least, Math.min(most, Scaled.round(low + at.unit(key) * (high - low), power)));
        }
    }

    /** An arithmetic expression; null when a column in it is null, or when it divides by 0. */
    record Formula(Node node, int[] sources, double power) implements Step {
        Formula(Expression expression, Function<String, Node> columns, int[] sources, int scale) {
            this(node(expression, columns), sources, Scaled.power(scale));
        }

        @Override
        public Step settled() {
            return new Formula(FormulaCode.of(node), sources, power);
        }

        @Override
        public long value(RowCursor at) {
            for (int source : sources) {
                if (at.values[source] == NULL) {
                    return NULL;
                }
            }
            double value = node.evaluate(at);
            return Double.isFinite(value) ? Scaled.round(value, power) : NULL;
        }

        static Node node(Expression expression, Function<String, Node> columns) {
            return switch (expression) {
                case Expression.Constant constant -> new ConstantNode(constant.value());
                case Expression.ColumnValue column -> columns.apply(column.column());
                case Expression.Negated negated -> new Difference(new ConstantNode(0), node(negated.inner(), columns));
                case Expression.Binary binary -> {
                    Node left = node(binary.left(), columns);
                    Node right = node(binary.right(), columns);
                    yield switch (binary.operator()) {
                        case '+' -> new Sum(left, right);
                        case '-' -> new Difference(left, right);
                        case '*' -> new Product(left, right);
                        default -> new Quotient(left, right);
                    };
                }
            };
        }
    }

    /** Part of a compiled expression. */
    sealed interface Node permits Binary, ColumnNode, ConstantNode, FormulaCode, WholeColumnNode {
        double evaluate(RowCursor at);
    }

    record ConstantNode(double value) implements Node {
        @Override
        public double evaluate(RowCursor at) {
            return value;
        }
    }

    record ColumnNode(int slot, double power) implements Node {
        @Override
        public double evaluate(RowCursor at) {
            return at.values[slot] / power;
        }
    }

    record WholeColumnNode(int slot) implements Node {
        @Override
        public double evaluate(RowCursor at) {
            return at.values[slot];
        }
    }

    // One type for each operator: the JIT compiler does not compile a method into itself more than once.
    sealed interface Binary extends Node permits Difference, Product, Quotient, Sum {
        Node left();

        Node right();
    }

    record Sum(Node left, Node right) implements Binary {
        @Override
        public double evaluate(RowCursor at) {
            return left.evaluate(at) + right.evaluate(at);
        }
    }

    record Difference(Node left, Node right) implements Binary {
        @Override
        public double evaluate(RowCursor at) {
            return left.evaluate(at) - right.evaluate(at);
        }
    }

    record Product(Node left, Node right) implements Binary {
        @Override
        public double evaluate(RowCursor at) {
            return left.evaluate(at) * right.evaluate(at);
        }
    }

    record Quotient(Node left, Node right) implements Binary {
        @Override
        public double evaluate(RowCursor at) {
            return left.evaluate(at) / right.evaluate(at);
        }
    }

    /** One step or another, by a test of a value of the row. */
    record Conditional(int tested, long wanted, boolean equal, boolean nullTest, Step whenTrue, Step whenFalse) implements Step {
        @Override
        public Step settled() {
            return new Conditional(tested, wanted, equal, nullTest, whenTrue.settled(), whenFalse.settled());
        }

        @Override
        public long value(RowCursor at) {
            long value = at.values[tested];
            boolean holds = (value == wanted) == equal && (nullTest || value != NULL);
            return (holds ? whenTrue : whenFalse).value(at);
        }

        @Override
        public long between(RowCursor at, long least, long most) {
            long value = at.values[tested];
            boolean holds = (value == wanted) == equal && (nullTest || value != NULL);
            return (holds ? whenTrue : whenFalse).between(at, least, most);
        }
    }

    /** A number at another scale. */
    record Rescaled(Step inner, int from, int to) implements Step {
        @Override
        public Step settled() {
            return new Rescaled(inner.settled(), from, to);
        }

        @Override
        public long value(RowCursor at) {
            long value = inner.value(at);
            return value == NULL ? NULL : Scaled.rescale(value, from, to);
        }
    }

    /** An index of one dictionary as an index of another. */
    record Remapped(Step inner, int[] map) implements Step {
        @Override
        public Step settled() {
            return new Remapped(inner.settled(), map);
        }

        @Override
        public long value(RowCursor at) {
            long value = inner.value(at);
            return value == NULL ? NULL : map[(int) value];
        }
    }

    /** The value of another slot of the row. */
    record Copy(int slot) implements Step {
        @Override
        public long value(RowCursor at) {
            return at.values[slot];
        }
    }
}
