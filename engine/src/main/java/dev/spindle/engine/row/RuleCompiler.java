package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import dev.spindle.engine.schema.Rule;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes a column keep the rules that fall to it. Of the two sides of a comparison one column gives way: the one that the
 * other does not depend on. It is drawn again a few times when the rule does not hold, and then moved to the nearest value
 * that keeps it.
 */
final class RuleCompiler {

    private final Scope scope;
    private final ColumnDefinition column;

    RuleCompiler(Scope scope, ColumnDefinition column) {
        this.scope = scope;
        this.column = column;
    }

    Compiled keep(Compiled plain) {
        Compiled kept = plain;
        for (Rule rule : scope.compiler().schema().rules()) {
            if (rule.table().equals(scope.table().name())) {
                for (Comparison comparison : rule.comparisons()) {
                    kept = keep(kept, comparison);
                }
            }
        }
        return kept;
    }

    private Compiled keep(Compiled plain, Comparison comparison) {
        Comparison seen;
        if (comparison.left() instanceof Operand.Own own && own.column().equals(column.name())) {
            seen = comparison;
        } else if (comparison.right() instanceof Operand.Own own && own.column().equals(column.name())) {
            seen = new Comparison(comparison.right(), comparison.operator().mirrored(), comparison.left());
        } else {
            return plain;
        }
        if (!canGiveWay(column) || !fallsToThisSide(comparison, seen.right())) {
            return plain;
        }
        boolean discrete = plain.type() != ColumnType.TIMESTAMP;
        long unit = plain.type() == ColumnType.DATE ? Calendar.DAY_MICROS : 1;
        if (plain.type() == ColumnType.DICTIONARY || plain.type() == ColumnType.TEXT || plain.type() == ColumnType.BOOLEAN) {
            return plain;
        }
        Step bound = bound(seen.right(), plain);
        if (bound == null) {
            return plain;
        }
        boolean drawn = column.strategy() instanceof Strategy.Distribution
                || column.strategy() instanceof Strategy.Correlated
                || column.strategy() instanceof Strategy.Empirical
                || column.strategy() instanceof Strategy.Temporal
                || column.strategy() instanceof Strategy.Derived;
        return plain.with(new Kept(plain.step(), bound, seen.operator(), discrete ? unit : 1, drawn));
    }

    /** Keys, event times, sums and choices stay as they are: what they hold is decided elsewhere. */
    private boolean canGiveWay(ColumnDefinition candidate) {
        ColumnDefinition time = scope.compiler().timestampColumn(scope.table());
        if (time != null && time.name().equals(candidate.name())) {
            return false;
        }
        return switch (candidate.strategy()) {
            case Strategy.Distribution s -> true;
            case Strategy.Correlated s -> true;
            case Strategy.Empirical s -> true;
            case Strategy.Temporal s -> true;
            case Strategy.Derived s -> true;
            case Strategy.Formula s -> true;
            case Strategy.Conditional s -> true;
            default -> false;
        };
    }

    /** Whether this column, not the one on the other side, is the one to give way. */
    private boolean fallsToThisSide(Comparison comparison, Operand other) {
        if (!(other instanceof Operand.Own own)) {
            return true;
        }
        ColumnDefinition opposite = scope.table().column(own.column());
        if (dependsOn(scope.table(), opposite, column.name(), new HashSet<>())) {
            return false;
        }
        boolean thisDepends = dependsOn(scope.table(), column, opposite.name(), new HashSet<>());
        boolean isLeft = comparison.left() instanceof Operand.Own left && left.column().equals(column.name());
        return thisDepends || isLeft || !canGiveWay(opposite);
    }

    /** Whether a column reads another of the same row, by its strategy or by a rule in which it gives way on the left. */
    private boolean dependsOn(Table table, ColumnDefinition from, String target, Set<String> seen) {
        if (from == null || !seen.add(from.name())) {
            return false;
        }
        for (String source : Sources.of(table, from)) {
            if (source.equals(target) || dependsOn(table, table.column(source), target, seen)) {
                return true;
            }
        }
        return false;
    }

    private Step bound(Operand operand, Compiled plain) {
        return switch (operand) {
            case Operand.Number number -> new NumberSteps.Constant(Scaled.round(number.value(), Scaled.power(plain.scale())));
            case Operand.Own own -> comparable(scope.read(own.column()).with(new NumberSteps.Copy(scope.slot(own.column()))), plain);
            case Operand.OfParent of -> {
                if (scope.table().column(of.via()) == null) {
                    yield null;
                }
                int row = scope.parentRow(of.via());
                Scope parent = scope.parent(of.via(), of.table());
                Compiled read = parent.read(of.column());
                yield comparable(read.with(new KeySteps.ParentValue(row, parent.cursor(), parent.slot(of.column()))), plain);
            }
        };
    }

    private static Step comparable(Compiled other, Compiled plain) {
        if (other.isNumber() && plain.isNumber()) {
            return other.scale() == plain.scale()
                    ? other.step()
                    : new NumberSteps.Rescaled(other.step(), other.scale(), plain.scale());
        }
        boolean times = (other.type() == ColumnType.DATE || other.type() == ColumnType.TIMESTAMP)
                && (plain.type() == ColumnType.DATE || plain.type() == ColumnType.TIMESTAMP);
        return times ? other.step() : null;
    }

    /** A value that keeps a comparison. */
    private static final class Kept extends Step {
        private static final int ATTEMPTS = 8;
        private final Step inner;
        private final Step bound;
        private final Operator operator;
        private final long unit;
        private final boolean drawn;

        private Kept(Step inner, Step bound, Operator operator, long unit, boolean drawn) {
            this.inner = inner;
            this.bound = bound;
            this.operator = operator;
            this.unit = unit;
            this.drawn = drawn;
        }

        @Override
        long value(RowCursor at) {
            long limit = bound.value(at);
            long value = inner.value(at);
            if (value == NULL || limit == NULL || holds(value, limit)) {
                return value;
            }
            return drawn ? again(at, limit) : nearest(limit);
        }

        private long again(RowCursor at, long limit) {
            long before = at.salt;
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                at.salt = before + attempt * 0xD1B54A32D192ED03L;
                long value = inner.value(at);
                if (value != NULL && holds(value, limit)) {
                    at.salt = before;
                    return value;
                }
            }
            at.salt = before;
            return nearest(limit);
        }

        private boolean holds(long value, long limit) {
            return switch (operator) {
                case LESS -> value < limit;
                case LESS_OR_EQUAL -> value <= limit;
                case GREATER -> value > limit;
                case GREATER_OR_EQUAL -> value >= limit;
                case EQUAL -> value == limit;
                case DIFFERENT -> value != limit;
            };
        }

        private long nearest(long limit) {
            return switch (operator) {
                case LESS -> floor(limit - 1);
                case LESS_OR_EQUAL -> floor(limit);
                case GREATER, DIFFERENT -> floor(limit) + unit;
                case GREATER_OR_EQUAL -> floor(limit) == limit ? limit : floor(limit) + unit;
                case EQUAL -> limit;
            };
        }

        private long floor(long limit) {
            return Math.floorDiv(limit, unit) * unit;
        }
    }
}
