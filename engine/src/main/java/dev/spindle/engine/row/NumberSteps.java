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
    static final class Constant extends Step {
        private final long value;

        Constant(long value) {
            this.value = value;
        }

        @Override
        long value(RowCursor at) {
            return value;
        }
    }

    static final class Sequence extends Step {
        private final long start;
        private final long step;

        Sequence(long start, long step) {
            this.start = start;
            this.step = step;
        }

        @Override
        long value(RowCursor at) {
            return start + step * at.row;
        }
    }

    /** An index, or one of some fixed values, drawn with weights. */
    static final class Weighted extends Step {
        private final AliasTable table;
        private final long[] values;
        private final long key;

        /** {@code values} null for the index itself. */
        Weighted(double[] weights, long[] values, long key) {
            this.table = new AliasTable(weights);
            this.values = values;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            int index = table.pick(at.bits(key));
            return values == null ? index : values[index];
        }
    }

    /** A number of a law, rounded. */
    static final class Sampled extends Step {
        private final Sampler sampler;
        private final double roundPower;
        private final double power;
        private final long key;

        /** {@code roundDigits} of the value are kept, -1 for as many as the scale; then it is put at {@code scale}. */
        Sampled(Sampler sampler, int roundDigits, int scale, long key) {
            this.sampler = sampler;
            this.roundPower = roundDigits < 0 || roundDigits >= scale ? 0 : Scaled.power(roundDigits);
            this.power = Scaled.power(scale);
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            double value = sampler.sample(at.bits(key));
            if (roundPower != 0) {
                value = Scaled.round(value, roundPower) / roundPower;
            }
            return Scaled.round(value, power);
        }

        @Override
        long between(RowCursor at, long least, long most) {
            double value = sampler.between(at.bits(key), least / power, most / power);
            return Double.isNaN(value) ? NULL : Math.max(least, Math.min(most, Scaled.round(value, power)));
        }
    }

    /** A whole number of a discrete law. */
    static final class Counted extends Step {
        private final Sampler.Discrete sampler;
        private final long key;

        Counted(Sampler.Discrete sampler, long key) {
            this.sampler = sampler;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            return sampler.whole(at.bits(key));
        }
    }

    /** Null for a fraction of the rows. */
    static final class SometimesNull extends Step {
        private final Step inner;
        private final double rate;
        private final long key;

        SometimesNull(Step inner, double rate, long key) {
            this.inner = inner;
            this.rate = rate;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            return at.unit(key) < rate ? NULL : inner.value(at);
        }

        @Override
        long between(RowCursor at, long least, long most) {
            return inner.between(at, least, most);
        }
    }

    /** A column of the same row times, plus or minus a uniform draw. */
    static final class Correlated extends Step {
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
        long value(RowCursor at) {
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
        long between(RowCursor at, long least, long most) {
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
    static final class Formula extends Step {
        private final Node node;
        private final int[] sources;
        private final double power;

        Formula(Expression expression, Function<String, Node> columns, int[] sources, int scale) {
            this.node = node(expression, columns);
            this.sources = sources;
            this.power = Scaled.power(scale);
        }

        @Override
        long value(RowCursor at) {
            for (int source : sources) {
                if (at.values[source] == NULL) {
                    return NULL;
                }
            }
            double value = node.evaluate(at);
            return Double.isFinite(value) ? Scaled.round(value, power) : NULL;
        }

        private static Node node(Expression expression, Function<String, Node> columns) {
            return switch (expression) {
                case Expression.Constant constant -> new ConstantNode(constant.value());
                case Expression.ColumnValue column -> columns.apply(column.column());
                case Expression.Negated negated -> new BinaryNode('-', new ConstantNode(0), node(negated.inner(), columns));
                case Expression.Binary binary ->
                    new BinaryNode(binary.operator(), node(binary.left(), columns), node(binary.right(), columns));
            };
        }
    }

    /** Part of a compiled expression. */
    interface Node {
        double evaluate(RowCursor at);
    }

    private record ConstantNode(double value) implements Node {
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

    private record BinaryNode(char operator, Node left, Node right) implements Node {
        @Override
        public double evaluate(RowCursor at) {
            double a = left.evaluate(at);
            double b = right.evaluate(at);
            return switch (operator) {
                case '+' -> a + b;
                case '-' -> a - b;
                case '*' -> a * b;
                default -> a / b;
            };
        }
    }

    /** One step or another, by a test of a value of the row. */
    static final class Conditional extends Step {
        private final int tested;
        private final long wanted;
        private final boolean equal;
        private final boolean nullTest;
        private final Step whenTrue;
        private final Step whenFalse;

        /** True when the tested value is {@code wanted}, or is not when {@code equal} is false; null meets no test of a value. */
        Conditional(int tested, long wanted, boolean equal, boolean nullTest, Step whenTrue, Step whenFalse) {
            this.tested = tested;
            this.wanted = wanted;
            this.equal = equal;
            this.nullTest = nullTest;
            this.whenTrue = whenTrue;
            this.whenFalse = whenFalse;
        }

        @Override
        long value(RowCursor at) {
            long value = at.values[tested];
            boolean holds = (value == wanted) == equal && (nullTest || value != NULL);
            return (holds ? whenTrue : whenFalse).value(at);
        }

        @Override
        long between(RowCursor at, long least, long most) {
            long value = at.values[tested];
            boolean holds = (value == wanted) == equal && (nullTest || value != NULL);
            return (holds ? whenTrue : whenFalse).between(at, least, most);
        }
    }

    /** A number at another scale. */
    static final class Rescaled extends Step {
        private final Step inner;
        private final int from;
        private final int to;

        Rescaled(Step inner, int from, int to) {
            this.inner = inner;
            this.from = from;
            this.to = to;
        }

        @Override
        long value(RowCursor at) {
            long value = inner.value(at);
            return value == NULL ? NULL : Scaled.rescale(value, from, to);
        }
    }

    /** An index of one dictionary as an index of another. */
    static final class Remapped extends Step {
        private final Step inner;
        private final int[] map;

        Remapped(Step inner, int[] map) {
            this.inner = inner;
            this.map = map;
        }

        @Override
        long value(RowCursor at) {
            long value = inner.value(at);
            return value == NULL ? NULL : map[(int) value];
        }
    }

    /** The value of another slot of the row. */
    static final class Copy extends Step {
        private final int slot;

        Copy(int slot) {
            this.slot = slot;
        }

        @Override
        long value(RowCursor at) {
            return at.values[slot];
        }
    }
}
