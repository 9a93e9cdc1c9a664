package dev.spindle.engine.row;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.Rule;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The times of all tables: which column is a table's event time, how its rows follow one another in it, and which other
 * dates are dealt out so that a row can be found from them.
 */
final class EventTimes {

    private static final int MOST_SEARCHED = 4_096;
    private static final Law AT_ONCE = new Law.Constant(0);

    private final RowCompiler compiler;
    private final Schema schema;
    private final Map<String, String> named;
    private final Map<String, ColumnDefinition> columns = new HashMap<>();
    private final Map<String, Timing> timings = new HashMap<>();
    private final Set<String> underway = new HashSet<>();
    private final Map<String, ScatteredTime> scattered = new HashMap<>();
    private final Map<String, TimeLine> listed = new HashMap<>();
    /** Dates, as {@code table.column}, that something finds rows by. */
    private final Set<String> soughtDates = new HashSet<>();

    EventTimes(RowCompiler compiler, Map<String, String> named) {
        this.compiler = compiler;
        this.schema = compiler.schema();
        this.named = named;
        for (Rule rule : schema.rules()) {
            for (Comparison comparison : rule.comparisons()) {
                seek(comparison.left());
                seek(comparison.right());
            }
        }
        for (Table table : schema.tables().values()) {
            for (ColumnDefinition column : table.columns().values()) {
                switch (column.strategy()) {
                    case Strategy.Derived derived when derived.table() != null ->
                        soughtDates.add(derived.table() + "." + derived.column());
                    case Strategy.AfterPrevious after -> soughtDates.add(after.table() + "." + after.column());
                    case Strategy.Lookup lookup when column.type().isTemporal() ->
                        soughtDates.add(lookup.source().toString());
                    default -> {}
                }
            }
        }
    }

    private void seek(Operand operand) {
        if (operand instanceof Operand.OfParent of) {
            soughtDates.add(of.table() + "." + of.column());
        }
    }

    /** The event-time column of a table: the one named, else the first that rows can be put in order by; or null. */
    ColumnDefinition column(Table table) {
        if (!columns.containsKey(table.name())) {
            columns.put(table.name(), null); // while it is sought: tables that follow each other in a circle have none
            columns.put(table.name(), seekColumn(table));
        }
        return columns.get(table.name());
    }

    private ColumnDefinition seekColumn(Table table) {
        String name = named.get(table.name());
        if (name != null) {
            return table.column(name);
        }
        for (boolean dateTimes : new boolean[] {true, false}) {
            for (ColumnDefinition column : table.columns().values()) {
                boolean candidate = column.type().isTemporal() && !column.hidden();
                if (candidate && column.type().isDateTime() == dateTimes && canBeOrdered(table, column, new HashSet<>())) {
                    return column;
                }
            }
        }
        return null;
    }

    /** Whether the rows of a table can be put in order of a column. */
    boolean canBeOrdered(Table table, ColumnDefinition column, Set<String> seen) {
        List<ColumnDefinition> chain = chain(table, column);
        if (chain.isEmpty() || !seen.add(table.name() + "." + column.name())) {
            return false;
        }
        return switch (branch(chain.getLast().strategy())) {
            case Strategy.Temporal temporal -> true;
            case Strategy.Derived derived ->
                chain.size() <= 2 && canFollow(table, derived.via(), derived.table(), derived.column(), seen);
            case Strategy.AfterPrevious after ->
                chain.size() == 1 && canFollow(table, after.via(), after.table(), after.column(), seen);
            case Strategy.Lookup lookup ->
                chain.size() <= 2
                        && canFollow(table, lookup.via(), lookup.source().table(), lookup.source().column(), seen);
            default -> false;
        };
    }

    /** A date, then the one of the same row that it derives from, and so on; empty when they go round in a circle. */
    List<ColumnDefinition> chain(Table table, ColumnDefinition column) {
        List<ColumnDefinition> chain = new ArrayList<>();
        ColumnDefinition at = column;
        while (at != null && at.type().isTemporal() && !chain.contains(at)) {
            chain.add(at);
            if (!(branch(at.strategy()) instanceof Strategy.Derived derived && derived.table() == null)) {
                return chain;
            }
            at = table.column(derived.column());
        }
        return List.of();
    }

    /** The foreign key whose parents' times a table's rows show as they are: it must be fixed by structure; or null. */
    String copiedKey(Table table) {
        ColumnDefinition column = column(table);
        if (column == null || !Timing.isCopy(branch(column.strategy()))) {
            return null;
        }
        return branch(column.strategy()) instanceof Strategy.Lookup lookup
                ? lookup.via()
                : ((Strategy.Derived) branch(column.strategy())).via();
    }

    private boolean canFollow(Table table, String via, String parentName, String source, Set<String> seen) {
        Table parent = schema.tables().get(parentName);
        if (parent == null
                || parent == table
                || table.column(via) == null
                || !(table.column(via).strategy() instanceof Strategy.ForeignKey key)) {
            return false;
        }
        ColumnDefinition column = parent.column(source);
        return key.ref().table().equals(parentName)
                && key.constrainedBy() == null
                && column != null
                && column.type().isTemporal()
                && (column.strategy() instanceof Strategy.Temporal
                        || column == column(parent) && canBeOrdered(parent, column, seen)
                        || compiler.counts().of(parentName) <= ListedTime.MOST_ROWS);
    }

    /** Of a conditional time the branch that is one. */
    static Strategy branch(Strategy strategy) {
        if (strategy instanceof Strategy.Conditional conditional) {
            Strategy whenTrue = branch(conditional.whenTrue());
            return isTime(whenTrue) ? whenTrue : branch(conditional.whenFalse());
        }
        return strategy;
    }

    static boolean isTime(Strategy strategy) {
        return strategy instanceof Strategy.Temporal || strategy instanceof Strategy.Derived || strategy instanceof Strategy.Lookup
                || strategy instanceof Strategy.AfterPrevious;
    }

    /** The table's event times when it has any, else null. */
    TimeLine line(String table) {
        Timing timing = timing(table);
        return timing == null ? null : timing.line();
    }

    Timing timing(String table) {
        if (!timings.containsKey(table)) {
            if (!underway.add(table)) {
                throw new ConfigurationException(new Problem(
                        "tables." + table, null, "is a circular dependency: its event times hang on themselves"));
            }
            timings.put(table, remembered(compile(schema.tables().get(table))));
            underway.remove(table);
        }
        return timings.get(table);
    }

    private Timing remembered(Timing timing) {
        return timing != null && compiler.isInterleaved() && timing.line() instanceof EventTime line
                ? timing.with(new RememberedTime(line))
                : timing;
    }

    private Timing compile(Table table) {
        ColumnDefinition column = column(table);
        if (column == null || !canBeOrdered(table, column, new HashSet<>())) {
            return null;
        }
        List<ColumnDefinition> chain = chain(table, column);
        long shift = 0;
        for (int i = 0; i < chain.size() - 1; i++) {
            Law days = ((Strategy.Derived) branch(chain.get(i).strategy())).days();
            shift += days == null ? 0 : Delays.leastMicros(days);
        }
        Strategy base = branch(chain.getLast().strategy());
        return switch (base) {
            case Strategy.Temporal temporal -> own(table, chain, temporal, shift);
            case Strategy.Derived derived ->
                following(table, chain, derived, derived.via(), derived.table(), derived.column(), derived.days(), shift);
            case Strategy.AfterPrevious after -> chained(table, chain, after);
            case Strategy.Lookup lookup ->
                following(table, chain, lookup, lookup.via(), lookup.source().table(), lookup.source().column(), null, shift);
            default -> null;
        };
    }

    private Timing own(Table table, List<ColumnDefinition> chain, Strategy.Temporal temporal, long shift) {
        boolean wholeDays = chain.getFirst().type() == DataType.DATE;
        Calendar calendar = new Calendar(temporal.range(), temporal.season());
        double from = shift == 0 ? earliest(table, chain.getFirst(), calendar) : 0;
        EventTime times = new EventTime(calendar, rows(table), key(table, chain), shift, wholeDays, from, 1);
        return new Timing(afterParents(table, chain.getFirst(), times), chain, temporal, null, null, AT_ONCE, 0);
    }

    /** The quantile before which no row can keep the rules, because no parent is early enough; 0 for none. */
    private double earliest(Table table, ColumnDefinition time, Calendar calendar) {
        Map<String, List<Comparison>> byKey = new HashMap<>();
        for (Comparison comparison : compiler.rules(table).timesOfParents(time.name())) {
            boolean later = comparison.operator() == Operator.GREATER || comparison.operator() == Operator.GREATER_OR_EQUAL;
            if (later) {
                byKey.computeIfAbsent(((Operand.OfParent) comparison.right()).via(), v -> new ArrayList<>()).add(comparison);
            }
        }
        double from = 0;
        for (List<Comparison> comparisons : byKey.values()) {
            long start = earliestParent(comparisons, unit(time), calendar.startMicros());
            if (start > calendar.startMicros()) {
                from = Math.max(from, Math.min(0.999, calendar.quantile(start + 3)));
            }
        }
        return from;
    }

    /** The first moment at which some parent is early enough for all comparisons, and is there. */
    private long earliestParent(List<Comparison> comparisons, long unit, long otherwise) {
        List<TimeLine> lines = new ArrayList<>();
        long gap = 0;
        Table parent = null;
        for (Comparison comparison : comparisons) {
            Operand.OfParent of = (Operand.OfParent) comparison.right();
            parent = schema.tables().get(of.table());
            TimeLine line = find(parent, of.column());
            if (line != null) {
                lines.add(line);
                gap = comparison.operator() == Operator.GREATER ? unit : gap;
            }
        }
        if (lines.isEmpty()) {
            return otherwise;
        }
        TimeLine events = line(parent.name());
        if (events != null && !lines.contains(events)) {
            lines.add(events);
        }
        long earliest = Long.MAX_VALUE;
        TimeLine first = lines.getFirst();
        for (long rank = 0; rank < Math.min(rows(parent), MOST_SEARCHED); rank++) {
            long row = first.rowAt(rank);
            long latest = Long.MIN_VALUE;
            for (TimeLine line : lines) {
                latest = Math.max(latest, line.micros(line.rankOf(row)));
            }
            earliest = Math.min(earliest, latest);
            if (lines.size() == 1) {
                break;
            }
        }
        return earliest == Long.MAX_VALUE ? otherwise : -Math.floorDiv(-(earliest + gap), unit) * unit;
    }

    private static long unit(ColumnDefinition time) {
        return time.type() == DataType.DATE ? Calendar.DAY_MICROS : 1;
    }

    /** Where a foreign key is fixed by structure and its parents have times, no row is before its parent. */
    private TimeLine afterParents(Table table, ColumnDefinition time, EventTime own) {
        TimeLine line = own;
        for (ColumnDefinition column : table.columns().values()) {
            if (column.strategy() instanceof Strategy.ForeignKey key && compiler.relations().isStructural(table, column)) {
                TimeLine parents = orderOfParents(table, column, key, own);
                if (parents != null && line == own) {
                    line = new FollowingTime(own, parents, compiler.relations().children(table, column), unit(time), gap(table, time, column));
                }
            }
        }
        return line;
    }

    private long gap(Table table, ColumnDefinition time, ColumnDefinition key) {
        return compiler.rules(table).timesOfParents(time.name()).stream()
                        .anyMatch(c -> c.operator() == Operator.GREATER && ((Operand.OfParent) c.right()).via().equals(key.name()))
                ? 1
                : 0;
    }

    /** The parents' times that a structural key keeps to, or null: those of a rule first, else their event times. */
    TimeLine orderOfParents(Table table, ColumnDefinition column, Strategy.ForeignKey key, TimeLine own) {
        ColumnDefinition time = column(table);
        if (time == null || key.ref().table().equals(table.name())) {
            return null;
        }
        Table parent = schema.tables().get(key.ref().table());
        for (Comparison comparison : compiler.rules(table).timesOfParents(time.name())) {
            Operand.OfParent of = (Operand.OfParent) comparison.right();
            if (of.via().equals(column.name()) && comparison.operator().mirrored().sign().startsWith("<")) {
                return find(parent, of.column());
            }
        }
        TimeLine parents = line(parent.name());
        return parents != null && own != null && own.startMicros() >= parents.startMicros() ? parents : null;
    }

    private Timing following(
            Table table,
            List<ColumnDefinition> chain,
            Strategy base,
            String via,
            String parentName,
            String source,
            Law days,
            long shift) {
        ColumnDefinition time = chain.getFirst();
        boolean wholeDays = time.type() == DataType.DATE;
        Table parent = schema.tables().get(parentName);
        TimeLine parents = find(parent, source);
        if (parents == null) {
            return null;
        }
        ColumnDefinition key = table.column(via);
        boolean copiedFirst = days == null && chain.size() == 2;
        Law first = copiedFirst ? ((Strategy.Derived) branch(time.strategy())).days() : days;
        Law delay = first == null ? AT_ONCE : first;
        long least = copiedFirst ? shift : Delays.leastMicros(delay) + shift;
        if (compiler.relations().isStructural(table, key)) {
            Children children = compiler.relations().children(table, key);
            if (days == null && chain.size() == 1) {
                return new Timing(
                        new FollowingTime(null, parents, children, unit(time), 0), chain, base, via, null, AT_ONCE, 0);
            }
            long parentRows = rows(parent);
            SortedFamily sorted = new SortedFamily(
                    children, parents, parentRows, (double) rows(table) / parentRows,
                    parents.micros(parentRows - 1) - parents.startMicros(), Sampler.of(delay), least,
                    copiedFirst ? Delays.mostMicros(delay) : Delays.mostMicros(delay) + shift, wholeDays, key(table, chain));
            return new Timing(sorted, chain, base, via, null, AT_ONCE, 0);
        }
        EventTime line = new EventTime(
                parents.calendar(), rows(table), key(table, chain), parents.shiftMicros() + least, wholeDays);
        return new Timing(line, chain, base, via, parents, delay, copiedFirst ? 0 : chain.size() - 1);
    }

    private Timing chained(Table table, List<ColumnDefinition> chain, Strategy.AfterPrevious after) {
        Table parent = schema.tables().get(after.table());
        TimeLine parents = find(parent, after.column());
        if (parents == null) {
            return null;
        }
        long parentRows = rows(parent);
        if (rows(table) / parentRows > ChainedFamily.MOST_PER_PARENT) {
            throw new ConfigurationException(new Problem(
                    "tables." + table.name(), null,
                    "would have " + rows(table) / parentRows + " rows that follow one another for each row of " + parent.name(),
                    "at most " + ChainedFamily.MOST_PER_PARENT));
        }
        ChainedFamily line = new ChainedFamily(
                compiler.relations().children(table, table.column(after.via())), parents, parentRows,
                (double) rows(table) / parentRows, parents.micros(parentRows - 1) - parents.startMicros(),
                Sampler.of(after.gapDays()), key(table, chain));
        return new Timing(line, chain, after, after.via(), null, AT_ONCE, 0);
    }

    /** The times by which the parents are ordered that a table's rows follow through a structural key. */
    TimeLine sourceOf(Table table, Timing timing) {
        return switch (timing.base()) {
            case Strategy.Lookup lookup -> find(schema.tables().get(lookup.source().table()), lookup.source().column());
            case Strategy.Derived derived -> find(schema.tables().get(derived.table()), derived.column());
            case Strategy.AfterPrevious after -> find(schema.tables().get(after.table()), after.column());
            default -> null;
        };
    }

    private long rows(Table table) {
        return compiler.counts().of(table.name());
    }

    private long key(Table table, List<ColumnDefinition> chain) {
        return compiler.key(table.name(), chain.getFirst().name(), "event time");
    }

    /** The rows of a table by one of its times, or null when they cannot be found by it. */
    TimeLine find(Table table, String column) {
        ColumnDefinition definition = table.column(column);
        if (definition == null || !definition.type().isTemporal()) {
            return null;
        }
        Timing timing = timing(table.name());
        if (timing != null && timing.place(column) == 0) {
            return timing.line();
        }
        if (scattered(table, definition) != null) {
            return scattered(table, definition);
        }
        if (rows(table) > ListedTime.MOST_ROWS) {
            return null;
        }
        String name = table.name() + "." + column;
        if (!listed.containsKey(name)) {
            if (!underway.add(name)) {
                throw new ConfigurationException(new Problem(
                        "tables." + table.name() + ".columns." + column, null, "is a circular dependency: its times hang on themselves"));
            }
            Scope scope = new Scope(compiler, table, null, null);
            int slot = scope.slot(column);
            long[] times = ColumnCompiler.wholeColumn(scope.cursor(), slot, (int) rows(table));
            Calendar calendar = timing != null ? timing.line().calendar() : new Calendar(schema.range(), Strategy.Season.NONE);
            listed.put(name, new ListedTime(times, calendar));
            underway.remove(name);
        }
        return listed.get(name);
    }

    /** The times of a date that rows are found by and that is not the event time, or null when it is no such. */
    ScatteredTime scattered(Table table, ColumnDefinition column) {
        boolean inChain = chain(table, column(table)).contains(column);
        if (!(column.strategy() instanceof Strategy.Temporal temporal)
                || column.nullRate() > 0
                || inChain
                || !soughtDates.contains(table.name() + "." + column.name())
                || compiler.rules(table).givesWay(column.name())) {
            return null;
        }
        return scattered.computeIfAbsent(table.name() + "." + column.name(), n -> {
            long key = compiler.key(table.name(), column.name(), "value");
            EventTime times = new EventTime(
                    new Calendar(temporal.range(), temporal.season()), rows(table), key, 0, column.type() == DataType.DATE);
            return new ScatteredTime(times, rows(table), key ^ 1);
        });
    }
}
