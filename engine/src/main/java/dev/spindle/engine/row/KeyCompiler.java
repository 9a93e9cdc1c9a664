package dev.spindle.engine.row;

import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compiles the way from a row to the row that one of its key columns points to. */
final class KeyCompiler {

    /** The heaviest parents' weight may always be this many times the mean, however low the bound in the file. */
    private static final double LEAST_BOUND = 5;
    /** Up to so many parents are listed by a value that their children share. */
    private static final long MOST_SHARING = 1 << 20;
    /** Up to so many parents are tried one by one for a filter. */
    private static final long MOST_FILTERED = 1 << 20;

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
        Family family = scope.compiler().relations().of(scope.table(), column);
        if (family != null) {
            return new KeySteps.StructuralParent(family);
        }
        Timing timing = scope.compiler().times().timing(scope.table().name());
        if (timing != null && timing.source() != null && column.name().equals(timing.key())) {
            return suited(key, backwards(timing), null, null);
        }
        if (key.constrainedBy() != null) {
            Table parent = scope.compiler().schema().tables().get(key.ref().table());
            ColumnDefinition shared = parent.column(key.constrainedBy());
            if (shared.strategy() instanceof Strategy.ForeignKey) {
                KeySteps.SiblingParent sibling = new KeySteps.SiblingParent(
                        scope.parentRow(key.constrainedBy()),
                        scope.compiler().relations().of(parent, shared),
                        scope.key(column.name(), "value"));
                return suited(key, sibling, null, null);
            }
            return suited(key, sharing(key, parent), null, null);
        }
        Comparison ordering = orderingChoice(key);
        ParentPool pool = pool(key, ordering);
        boolean growing = isGrowing(key);
        Step drawn = drawn(key, pool, growing);
        return suited(key, drawn, pool, ordering);
    }

    /** A parent that has the same value in a column that is no key: found in a list of those that have. */
    private Step sharing(Strategy.ForeignKey key, Table parent) {
        long rows = scope.compiler().counts().of(parent.name());
        Scope parents = new Scope(scope.compiler(), parent, null, null);
        Compiled theirs = parents.read(key.constrainedBy());
        Compiled own = scope.read(key.constrainedBy());
        boolean comparable = theirs.type() == own.type() && theirs.scale() == own.scale() && theirs.type() != ColumnType.TEXT;
        if (!comparable || rows > MOST_SHARING) {
            throw new ConfigurationException(new Problem(
                    "tables." + scope.table().name() + ".columns." + column.name() + ".generator.constrained_by",
                    key.constrainedBy(),
                    "cannot be kept: it is no foreign key of " + parent.name(),
                    "a foreign key, or a column of the same type that is no free text, with at most " + MOST_SHARING
                            + " rows of " + parent.name()));
        }
        long[] values = ColumnCompiler.wholeColumn(parents.cursor(), parents.slot(key.constrainedBy()), (int) rows);
        if (theirs.dictionary() != null) {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] == Event.NULL ? Event.NULL : own.dictionary().indexOf(theirs.dictionary().text((int) values[i]));
            }
        }
        double alpha =
                switch (key.spread()) {
                    case UNIFORM -> 0;
                    case ZIPF -> key.alpha();
                    case PARETO -> 1 / key.alpha();
                };
        return new KeySteps.SharingParent(scope.slot(key.constrainedBy()), values, alpha, scope.key(column.name(), "value"));
    }

    /** When the row's event time derives from this parent's, the parent is found from the time. */
    private KeySteps.ParentBefore backwards(Timing timing) {
        int time = timing.place() == 0 ? scope.timeSlot() : scope.slot(timing.chain().get(timing.place()).name());
        return new KeySteps.ParentBefore(
                timing.source(),
                time,
                scope.compiler().sampler(timing.delay()),
                Delays.leastMicros(timing.delay()),
                Delays.mostMicros(timing.delay()),
                scope.compiler().counts().of(((Strategy.ForeignKey) column.strategy()).ref().table()),
                rows(),
                scope.key(column.name(), "value"));
    }

    /** A table whose times begin before its parents' cannot follow them: a date of birth, and branches opened since. */
    private boolean isGrowing(Strategy.ForeignKey key) {
        String own = scope.table().name();
        String theirs = key.ref().table();
        return !theirs.equals(own)
                && present(theirs) != null
                && present(own) != null
                && presence().startMicros(own) >= presence().startMicros(theirs);
    }

    private Presence presence() {
        return scope.compiler().presence();
    }

    /** Since when the rows of a table are there, or null. */
    private TimeLine present(String table) {
        return presence().line(table);
    }

    /** The first rule for which the parents can be had in order: of the event time with one of their times. */
    private Comparison orderingChoice(Strategy.ForeignKey key) {
        EventTimes times = scope.compiler().times();
        Table parent = scope.compiler().schema().tables().get(key.ref().table());
        Timing timing = times.timing(scope.table().name());
        for (Comparison comparison : scope.compiler().rules(scope.table()).choices(column.name())) {
            boolean ordered = comparison.operator() != Operator.EQUAL && comparison.operator() != Operator.DIFFERENT;
            if (ordered
                    && timing != null
                    && comparison.left() instanceof Operand.Own own
                    && own.column().equals(timing.column().name())
                    && times.find(parent, ((Operand.OfParent) comparison.right()).column()) != null) {
                return comparison;
            }
        }
        return null;
    }

    private ParentPool pool(Strategy.ForeignKey key, Comparison ordering) {
        RowCompiler compiler = scope.compiler();
        long parents = compiler.counts().of(key.ref().table());
        ParentPool pool = new ParentPool.All(parents);
        if (ordering != null) {
            Table parent = compiler.schema().tables().get(key.ref().table());
            TimeLine line = compiler.times().find(parent, ((Operand.OfParent) ordering.right()).column());
            long gap = ordering.operator() == Operator.GREATER || ordering.operator() == Operator.LESS ? 1 : 0;
            boolean until = ordering.operator() == Operator.GREATER || ordering.operator() == Operator.GREATER_OR_EQUAL;
            pool = until
                    ? new ParentPool.Until(line, scope.timeSlot(), gap, parents, rows())
                    : new ParentPool.From(line, scope.timeSlot(), gap, parents);
        } else if (isGrowing(key)) {
            pool = new ParentPool.Until(present(key.ref().table()), scope.timeSlot(), 0, parents, rows());
        }
        if (key.filter() != null && parents <= MOST_FILTERED) {
            pool = new ParentPool.Listed(pool, suitable(key, pool, (int) parents));
        }
        return key.sampleRate() < 1 ? new ParentPool.Sampled(pool, key.sampleRate()) : pool;
    }

    private int[] suitable(Strategy.ForeignKey key, ParentPool pool, int parents) {
        Filter filter = Filter.of(new Scope(scope.compiler(), table(key), null, null), key.filter());
        int[] numbers = new int[parents];
        int found = 0;
        for (int number = 0; number < parents; number++) {
            if (filter.suits(pool.row(number))) {
                numbers[found++] = number;
            }
        }
        if (found == 0) {
            throw Filter.nothingMeets(scope.table(), column, key);
        }
        return java.util.Arrays.copyOf(numbers, found);
    }

    private Table table(Strategy.ForeignKey key) {
        return scope.compiler().schema().tables().get(key.ref().table());
    }

    private Step drawn(Strategy.ForeignKey key, ParentPool pool, boolean growing) {
        long parents = scope.compiler().counts().of(key.ref().table());
        long draw = scope.key(column.name(), "value");
        return switch (key.spread()) {
            case UNIFORM -> new KeySteps.UniformParent(pool, draw);
            case ZIPF -> new KeySteps.ZipfParent(pool, Zipf.of(key.alpha(), parents), draw);
            case PARETO -> {
                double perParent = Math.max(1e-9, (double) rows() / parents);
                double bound = key.maxPerParent() == 0 ? 0 : Math.max(LEAST_BOUND, key.maxPerParent() / perParent);
                HeavyTail tail = new HeavyTail(key.alpha(), bound, scope.key(column.name(), "order"));
                yield new KeySteps.ParetoParent(pool, tail, growing, draw);
            }
        };
    }

    /** The drawn parent if it will do, or another. */
    private Step suited(Strategy.ForeignKey key, Step drawn, ParentPool pool, Comparison done) {
        List<KeySteps.ParentTest> tests = new ArrayList<>();
        RulePlan rules = scope.compiler().rules(scope.table());
        boolean filtered = pool == null || scope.compiler().counts().of(key.ref().table()) > MOST_FILTERED;
        if (key.filter() != null && filtered) {
            tests.add(filterTest(key));
        }
        for (Comparison comparison : rules.choices(column.name())) {
            if (comparison != done) {
                add(tests, comparison);
            }
        }
        if (done != null && isGrowing(key) && !isTimeOfParents(done, scope.compiler().times().timing(key.ref().table()))) {
            TimeLine theirs = present(key.ref().table());
            int slot = scope.timeSlot();
            tests.add((at, row) -> theirs.micros(theirs.rankOf(row)) <= at.values[slot]);
        }
        int hard = tests.size();
        for (Comparison wish : rules.wishes(column.name())) {
            add(tests, wish);
        }
        return tests.isEmpty()
                ? drawn
                : new KeySteps.SuitedParent(
                        drawn,
                        pool,
                        done == null ? null : test(scope.compiler(), done, this::own),
                        tests.toArray(KeySteps.ParentTest[]::new),
                        hard,
                        scope.key(column.name(), "again"));
    }

    /** Whether parents in the order of a comparison's right side are in that of their own times. */
    private boolean isTimeOfParents(Comparison ordering, Timing theirs) {
        boolean until = ordering.operator() == Operator.GREATER || ordering.operator() == Operator.GREATER_OR_EQUAL;
        return theirs != null
                && until
                && ((Operand.OfParent) ordering.right()).column().equals(theirs.column().name());
    }

    private KeySteps.ParentTest filterTest(Strategy.ForeignKey key) {
        Filter filter = Filter.of(new Scope(scope.compiler(), table(key), null, null), key.filter());
        return (at, row) -> filter.suits(row);
    }

    private void add(List<KeySteps.ParentTest> tests, Comparison comparison) {
        KeySteps.ParentTest test = test(scope.compiler(), comparison, this::own);
        if (test != null) {
            tests.add(test);
        }
    }

    private Compiled own(String name) {
        return scope.read(name).with(new NumberSteps.Copy(scope.slot(name)));
    }

    /** The test of a parent that a comparison asks for, or null when its sides cannot be compared. */
    static KeySteps.ParentTest test(RowCompiler compiler, Comparison comparison, Function<String, Compiled> own) {
        Operand.OfParent of = (Operand.OfParent) comparison.right();
        Scope parent = new Scope(compiler, compiler.schema().tables().get(of.table()), null, null);
        Compiled read = parent.read(of.column());
        int slot = parent.slot(of.column());
        if (comparison.left() instanceof Operand.Text text) {
            long wanted = Conditions.value(text.value(), read);
            boolean equal = comparison.operator() == Operator.EQUAL;
            return (at, row) -> {
                parent.cursor().seek(row);
                long value = parent.cursor().values[slot];
                return value == Event.NULL || (value == wanted) == equal;
            };
        }
        Step left =
                switch (comparison.left()) {
                    case Operand.Number number when read.isNumber() ->
                        new NumberSteps.Constant(Scaled.round(number.value(), Scaled.power(read.scale())));
                    case Operand.Own column -> RuleCompiler.comparable(own.apply(column.column()), read);
                    default -> null;
                };
        return left == null ? null : new KeySteps.ComparedParent(left, comparison.operator(), parent.cursor(), slot);
    }
}
