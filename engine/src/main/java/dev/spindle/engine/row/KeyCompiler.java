package dev.spindle.engine.row;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.List;

/** Compiles the way from a row to the row that one of its key columns points to. */
final class KeyCompiler {

    /** The heaviest parents' weight may always be this many times the mean, however low the bound in the file. */
    private static final double LEAST_BOUND = 5;

    private final Scope scope;
    private final ColumnDefinition column;

    KeyCompiler(Scope scope, ColumnDefinition column) {
        this.scope = scope;
        this.column = column;
    }

    /** The step that yields the parent's row, or null for a null key. */
    Step parentRow() {
        Step row =
                switch (column.strategy()) {
                    case Strategy.ForeignKey key -> foreign(key);
                    case Strategy.SelfReferencing self -> new Hierarchy(self, rows(), scope.key(column.name(), "value")).parentStep();
                    case Strategy.Lookup lookup -> copied(lookup);
                    default ->
                        throw new ConfigurationException(new Problem(
                                "tables." + scope.table().name() + ".columns." + column.name(),
                                null,
                                "is no key of another table"));
                };
        if (column.nullRate() > 0 && !(column.strategy() instanceof Strategy.Lookup)) {
            return new NumberSteps.SometimesNull(row, column.nullRate(), scope.key(column.name(), "null"));
        }
        return row;
    }

    private long rows() {
        return scope.compiler().counts().of(scope.table().name());
    }

    /** A key that is itself a copy: of the parent's own key, or of a key that the parent has. */
    private Step copied(Strategy.Lookup lookup) {
        int parentRow = scope.parentRow(lookup.via());
        Table parent = scope.compiler().schema().tables().get(lookup.source().table());
        if (parent.primaryKey().equals(List.of(lookup.source().column()))) {
            return new NumberSteps.Copy(parentRow);
        }
        Scope parentScope = scope.parent(lookup.via(), parent.name());
        return new KeySteps.ParentValue(parentRow, parentScope.cursor(), parentScope.parentRow(lookup.source().column()));
    }

    private Step foreign(Strategy.ForeignKey key) {
        if (scope.isOwnedThrough(column.name())) {
            return new KeySteps.Owner(scope.ownerCursor());
        }
        Children children = scope.compiler().relations().of(scope.table(), column);
        if (children != null) {
            return new KeySteps.StructuralParent(children);
        }
        Step backwards = backwards();
        if (backwards != null) {
            return backwards;
        }
        Step drawn = key.constrainedBy() != null ? constrained(key) : drawn(key);
        return key.filter() == null ? drawn : filtered(key, drawn);
    }

    /** When the row's event time derives from this parent's, the parent is found from the time. */
    private Step backwards() {
        RowCompiler compiler = scope.compiler();
        ColumnDefinition time = compiler.timestampColumn(scope.table());
        if (time != null
                && time.strategy() instanceof Strategy.Derived derived
                && column.name().equals(derived.via())
                && compiler.followsParent(derived)) {
            long least = (long) (RowCompiler.leastDays(derived) * Calendar.DAY_MICROS);
            return new KeySteps.ParentBefore(
                    compiler.eventTime(derived.table()),
                    scope.slot(time.name()),
                    Sampler.of(derived.days()),
                    least,
                    (long) (Math.min(RowCompiler.mostDays(derived), 1e6) * Calendar.DAY_MICROS),
                    scope.key(column.name(), "value"));
        }
        return null;
    }

    private Step constrained(Strategy.ForeignKey key) {
        Table parent = scope.compiler().schema().tables().get(key.ref().table());
        ColumnDefinition shared = parent.column(key.constrainedBy());
        if (!(shared.strategy() instanceof Strategy.ForeignKey)) {
            return drawn(key);
        }
        return new KeySteps.SiblingParent(
                scope.parentRow(key.constrainedBy()),
                scope.compiler().relations().of(parent, shared),
                scope.key(column.name(), "value"));
    }

    private Step drawn(Strategy.ForeignKey key) {
        RowCompiler compiler = scope.compiler();
        long parents = compiler.counts().of(key.ref().table());
        EventTime own = compiler.eventTime(scope.table().name());
        EventTime theirs = compiler.eventTime(key.ref().table());
        // A table whose times begin before its parents' cannot follow them: a date of birth, and branches opened since.
        boolean growing = own != null
                && theirs != null
                && own.startMicros() >= theirs.startMicros()
                && !key.ref().table().equals(scope.table().name());
        KeySteps.ParentCount count = growing
                ? new KeySteps.CountByTime(
                        theirs, scope.slot(compiler.timestampColumn(scope.table()).name()), parents, rows())
                : new KeySteps.FixedCount(parents);
        long draw = scope.key(column.name(), "value");
        return switch (key.spread()) {
            case UNIFORM -> new KeySteps.UniformParent(count, key.sampleRate(), draw);
            case ZIPF -> new KeySteps.ZipfParent(count, new Zipf(key.alpha(), parents), draw);
            case PARETO -> {
                double perParent = Math.max(1e-9, (double) rows() / parents);
                double bound = key.maxPerParent() == 0 ? 0 : Math.max(LEAST_BOUND, key.maxPerParent() / perParent);
                HeavyTail tail = new HeavyTail(key.alpha(), bound, scope.key(column.name(), "order"));
                yield new KeySteps.ParetoParent(count, tail, growing, draw);
            }
        };
    }

    private Step filtered(Strategy.ForeignKey key, Step drawn) {
        Scope parent = scope.parent(column.name(), key.ref().table());
        Compiled tested = parent.read(key.filter().column());
        Conditions.Test test = Conditions.compile(key.filter(), tested);
        return new KeySteps.FilteredParent(
                drawn, parent.cursor(), parent.slot(key.filter().column()), test.wanted(), test.equal());
    }
}
