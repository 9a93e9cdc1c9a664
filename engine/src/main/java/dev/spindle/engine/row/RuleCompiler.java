package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes a column keep the rules that it gives way for: it is drawn again while a rule does not hold, then drawn from the
 * part of its law in which all of them do, and where there is no such part moved to the nearest value that keeps them.
 */
final class RuleCompiler {

    private static final long LEAST = Long.MIN_VALUE + 2;
    private static final long MOST = Long.MAX_VALUE - 2;

    private final Scope scope;
    private final ColumnDefinition column;

    RuleCompiler(Scope scope, ColumnDefinition column) {
        this.scope = scope;
        this.column = column;
    }

    Compiled keep(Compiled plain) {
        List<Comparison> comparisons = scope.compiler().rules(scope.table()).bounds(column.name());
        boolean ordered = plain.isNumber() || plain.type() == ColumnType.DATE || plain.type() == ColumnType.TIMESTAMP;
        if (comparisons.isEmpty() || !ordered) {
            return plain;
        }
        List<Bound> bounds = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            if (comparison.right() instanceof Operand.Computed computed) {
                limits(comparison.operator(), computed, plain, bounds);
                continue;
            }
            Step other = other(comparison.right(), plain);
            if (other != null) {
                bounds.add(new Bound(comparison.operator(), other));
            }
        }
        long unit = plain.type() == ColumnType.DATE ? Calendar.DAY_MICROS : 1;
        return bounds.isEmpty() ? plain : plain.with(kept(plain.step(), bounds, unit));
    }

    private Step other(Operand operand, Compiled plain) {
        return switch (operand) {
            case Operand.Number number ->
                plain.isNumber()
                        ? new NumberSteps.Constant(Scaled.round(number.value(), Scaled.power(plain.scale())))
                        : null;
            case Operand.Own own -> comparable(scope.read(own.column()).with(new NumberSteps.Copy(scope.slot(own.column()))), plain);
            case Operand.OfParent of -> {
                int row = scope.parentRow(of.via());
                Scope parent = scope.parent(of.via(), of.table());
                Compiled read = parent.read(of.column());
                yield comparable(read.with(new KeySteps.ParentValue(row, parent.cursor(), parent.slot(of.column()))), plain);
            }
            case Operand.Computed computed -> throw new IllegalStateException("has limits of its own");
            case Operand.Text text -> null; // its choices were left out
        };
    }

    /** What an expression asks of the column: one limit, or one for each sign of what it was divided by. */
    private void limits(Operator operator, Operand.Computed computed, Compiled plain, List<Bound> bounds) {
        if (!plain.isNumber()) {
            return;
        }
        Map<String, Integer> slots = new LinkedHashMap<>();
        for (String name : computed.value().columns()) {
            slots.put(name, read(name, computed.via()));
        }
        Function<String, NumberSteps.Node> columns =
                name -> new NumberSteps.ColumnNode(slots.get(name), Scaled.power(scale(name, computed.via())));
        int[] sources = slots.values().stream().mapToInt(Integer::intValue).toArray();
        NumberSteps.Node limit = NumberSteps.Formula.node(computed.value(), columns);
        NumberSteps.Node[] factors = computed.factors().stream()
                .map(factor -> NumberSteps.Formula.node(factor, columns))
                .toArray(NumberSteps.Node[]::new);
        double power = Scaled.power(plain.scale());
        bounds.add(new Bound(operator, new Limit(limit, factors, false, sources, power, operator)));
        if (factors.length > 0 && operator.mirrored() != operator) {
            Operator mirrored = operator.mirrored();
            bounds.add(new Bound(mirrored, new Limit(limit, factors, true, sources, power, mirrored)));
        }
    }

    private int scale(String name, String via) {
        int dot = name.indexOf('.');
        return dot < 0 ? scope.read(name).scale() : scope.parent(via, name.substring(0, dot)).read(name.substring(dot + 1)).scale();
    }

    /** The slot in which a column of an expression stands; for a parent's column a hidden one. */
    private int read(String name, String via) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return scope.slot(name);
        }
        int row = scope.parentRow(via);
        Scope parent = scope.parent(via, name.substring(0, dot));
        return scope.hidden(new KeySteps.ParentValue(row, parent.cursor(), parent.slot(name.substring(dot + 1))));
    }

    /** The other side of a comparison at a column's scale; null when the two cannot be compared. */
    static Step comparable(Compiled other, Compiled plain) {
        if (other.isNumber() && plain.isNumber()) {
            return other.scale() == plain.scale()
                    ? other.step()
                    : new NumberSteps.Rescaled(other.step(), other.scale(), plain.scale());
        }
        boolean times = (other.type() == ColumnType.DATE || other.type() == ColumnType.TIMESTAMP)
                && (plain.type() == ColumnType.DATE || plain.type() == ColumnType.TIMESTAMP);
        return times ? other.step() : null;
    }

    private static Step kept(Step plain, List<Bound> bounds, long unit) {
        Kept kept = new Kept(plain, bounds.toArray(Bound[]::new), unit);
        long least = LEAST;
        long most = MOST;
        for (Bound bound : bounds) {
            if (!(bound.other instanceof NumberSteps.Constant limit) || bound.operator == Operator.DIFFERENT) {
                return kept;
            }
            least = Math.max(least, bound.least(limit.value(), unit));
            most = Math.min(most, bound.most(limit.value(), unit));
        }
        return new Fixed(plain, least, most, kept);
    }

    private record Bound(Operator operator, Step other) {

        /** The least value that keeps the bound, a multiple of {@code unit}. */
        long least(long limit, long unit) {
            return switch (operator) {
                case GREATER -> floor(limit, unit) + unit;
                case GREATER_OR_EQUAL -> -floor(-limit, unit);
                case EQUAL -> limit;
                case LESS, LESS_OR_EQUAL, DIFFERENT -> LEAST;
            };
        }

        long most(long limit, long unit) {
            return switch (operator) {
                case LESS -> floor(limit - 1, unit);
                case LESS_OR_EQUAL -> floor(limit, unit);
                case EQUAL -> limit;
                case GREATER, GREATER_OR_EQUAL, DIFFERENT -> MOST;
            };
        }

        private static long floor(long limit, long unit) {
            return Math.floorDiv(limit, unit) * unit;
        }
    }

    /** A value within bounds that are the same for all rows: nearly always it is, and two comparisons say so. */
    private record Fixed(Step inner, long least, long most, Kept kept) implements Step {
        @Override
        public Step settled() {
            return new Fixed(inner.settled(), least, most, kept);
        }

        @Override
        public long value(RowCursor at) {
            long value = inner.value(at);
            return value >= least && value <= most ? value : kept.value(at);
        }
    }

    /**
     * The nearest value, at the column's scale, that keeps a comparison with an expression: for {@code <} the one above
     * it; null where nothing is asked.
     *
     * @param mirrored whether it asks where the product of the factors is below 0, or where it is above
     */
    private record Limit(
            NumberSteps.Node node, NumberSteps.Node[] factors, boolean mirrored, int[] sources, double power, Operator operator)
            implements Step {
        private static final double MOST = 4e18;
        /** What is this near to a whole number, relatively, is one: the way there was rounded. */
        private static final double NEAR = 1e-12;

        @Override
        public long value(RowCursor at) {
            for (int source : sources) {
                if (at.values[source] == NULL) {
                    return NULL;
                }
            }
            if (factors.length > 0) {
                double sign = 1;
                for (NumberSteps.Node factor : factors) {
                    sign *= Math.signum(factor.evaluate(at));
                }
                boolean either = operator.mirrored() == operator;
                if (!(either ? sign != 0 : mirrored ? sign < 0 : sign > 0)) {
                    return NULL;
                }
            }
            double limit = node.evaluate(at) * power;
            return Double.isNaN(limit) ? NULL : whole(Math.max(-MOST, Math.min(MOST, limit)));
        }

        /** The whole number that a column may not pass; apart, so that both methods are small enough to be inlined. */
        private long whole(double limit) {
            double whole = Math.rint(limit);
            boolean isWhole = Math.abs(limit - whole) <= NEAR * Math.max(1, Math.abs(limit));
            return switch (operator) {
                case LESS, GREATER_OR_EQUAL -> (long) (isWhole ? whole : Math.ceil(limit));
                case LESS_OR_EQUAL, GREATER -> (long) (isWhole ? whole : Math.floor(limit));
                case EQUAL, DIFFERENT -> isWhole ? (long) whole : NULL;
            };
        }
    }

    /** A value within bounds. */
    private record Kept(Step inner, Bound[] bounds, long unit) implements Step {
        private static final int ATTEMPTS = 24;

        @Override
        public long value(RowCursor at) {
            long value = inner.value(at);
            if (value == NULL) {
                return value;
            }
            long least = LEAST;
            long most = MOST;
            long other = NULL;
            for (Bound bound : bounds) {
                long limit = bound.other.value(at);
                if (limit != NULL) {
                    least = Math.max(least, bound.least(limit, unit));
                    most = Math.min(most, bound.most(limit, unit));
                    other = bound.operator == Operator.DIFFERENT ? limit : other;
                }
            }
            return holds(value, least, most, other) ? value : within(at, least, most, other);
        }

        private static boolean holds(long value, long least, long most, long other) {
            return value >= least && value <= most && value != other;
        }

        private long within(RowCursor at, long least, long most, long other) {
            long value = inner.value(at);
            if (least < most) {
                long before = at.salt;
                for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                    at.salt = before + attempt * 0xD1B54A32D192ED03L;
                    value = inner.value(at);
                    if (value != NULL && holds(value, least, most, other)) {
                        at.salt = before;
                        return value;
                    }
                }
                at.salt = before;
                value = inner.between(at, least, most);
                if (value != NULL && holds(value, least, most, other)) {
                    return value;
                }
                value = inner.value(at);
            }
            value = Math.max(least, Math.min(most, value));
            return value != other ? value : value + unit <= most ? value + unit : value - unit;
        }
    }
}
