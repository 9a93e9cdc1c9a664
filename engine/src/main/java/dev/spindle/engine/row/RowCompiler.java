package dev.spindle.engine.row;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.text.TextProviders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Turns a schema into plans that compute its rows.
 *
 * <p>What is compiled is driven by need: a table's plan has a step for each of its columns and, for each column of another
 * table that one of them reads, a cursor over that table with just the steps that it takes. Steps are added after those
 * that they read, so that a plan is a list that runs from front to back.
 */
public final class RowCompiler {

    private static final int MOST_WITHIN_ITSELF = 6;

    private final Schema schema;
    private final RowCounts counts;
    private final long seed;
    private final Map<String, String> timestampColumns;
    private final EventTimes times;
    private final Relations relations;
    private final Presence presence;
    private final TextProviders texts = new TextProviders();
    private final Map<String, RulePlan> rules = new HashMap<>();
    private final Map<String, Integer> underway = new HashMap<>();
    private final boolean onlyChecks;
    private boolean interleaved;

    /**
     * A compiler for one schema, scale and seed; for one thread, like what it makes.
     *
     * @param timestampColumns table → event-time column, for tables that shall not take their default
     */
    public RowCompiler(Schema schema, RowCounts counts, long seed, Map<String, String> timestampColumns) {
        this(schema, counts, seed, timestampColumns, false);
    }

    /** A compiler whose plans are only to show that they can be made: nothing is computed ahead to make rows cheap. */
    static RowCompiler forChecks(Schema schema, RowCounts counts, long seed) {
        return new RowCompiler(schema, counts, seed, Map.of(), true);
    }

    private RowCompiler(
            Schema schema, RowCounts counts, long seed, Map<String, String> timestampColumns, boolean onlyChecks) {
        this.onlyChecks = onlyChecks;
        this.schema = schema;
        this.counts = counts;
        this.seed = seed;
        this.timestampColumns = Map.copyOf(timestampColumns);
        this.times = new EventTimes(this, this.timestampColumns);
        this.relations = new Relations(this);
        this.presence = new Presence(this);
    }

    /**
     * The plan for a table.
     *
     * @throws ConfigurationException when there is no such table, or its columns depend on each other in a circle
     */
    public RowPlan compile(String table) {
        Table definition = definition(table);
        Scope scope = new Scope(this, definition, null, null);
        List<Column> columns = new ArrayList<>();
        for (ColumnDefinition column : definition.columns().values()) {
            scope.slot(column.name());
        }
        for (ColumnDefinition column : definition.columns().values()) {
            if (!column.hidden()) {
                columns.add(scope.column(column.name()));
            }
        }
        Timing timing = times.timing(table);
        int timeIndex = timing == null ? -1 : scope.slot(timing.column().name());
        return new RowPlan(table, columns, scope.cursor(), scope.slots(), timeIndex, counts.of(table));
    }

    /**
     * The rows of a stream of one table or several.
     *
     * @throws ConfigurationException when they are not all there, or their columns depend on each other in a circle
     */
    public StreamRows stream(List<String> tables) {
        interleaved = tables.size() > 1;
        List<Problem> problems = new ArrayList<>();
        for (String table : tables) { // all of them before any is compiled, for they read each other
            try {
                definition(table);
            } catch (ConfigurationException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        List<RowPlan> plans = tables.stream().map(this::compile).toList();
        return new StreamRows(plans, tables.size() == 1 ? null : new OrderCompiler(this, tables).compile());
    }

    /** Where the rows of a table of the schema stand in an interleaved stream. */
    public PlaceInTime placeInTime(String table) {
        return presence.place(table);
    }

    /** A table that there is, with an event-time column that will do. */
    private Table definition(String table) {
        Table definition = schema.tables().get(table);
        if (definition == null) {
            throw new ConfigurationException(new Problem(
                    "--table", table, "is no table of " + schema.domain(), Suggestion.among(table, schema.tables().keySet())));
        }
        checkTimestampColumn(definition);
        return definition;
    }

    private void checkTimestampColumn(Table table) {
        String named = timestampColumns.get(table.name());
        if (named == null) {
            return;
        }
        List<String> candidates = table.columns().values().stream()
                .filter(c -> c.type().isTemporal() && !c.hidden())
                .map(ColumnDefinition::name)
                .toList();
        boolean known = candidates.contains(named);
        if (known && !times.canBeOrdered(table, table.column(named), new HashSet<>())) {
            throw new ConfigurationException(new Problem(
                    "--timestamp-column", named, "is no time that the rows of " + table.name() + " can be put in order of"));
        }
        if (!known) {
            throw new ConfigurationException(new Problem(
                    "--timestamp-column",
                    named,
                    "is no date or time column of " + table.name(),
                    candidates.isEmpty() ? "the table has none" : Suggestion.among(named, candidates)));
        }
    }

    /** The event-time column of a table, or null. */
    ColumnDefinition timestampColumn(Table table) {
        return times.column(table);
    }

    EventTimes times() {
        return times;
    }

    /** Who gives way so that the rules of a table hold. */
    RulePlan rules(Table table) {
        return rules.computeIfAbsent(table.name(), t -> RulePlan.of(table, schema.rules(), times.chain(table, times.column(table))));
    }

    /** Notes that a column is being compiled; the same one within itself a few times over has no end. */
    void enter(Table table, String column) {
        String name = table.name() + "." + column;
        if (underway.merge(name, 1, Integer::sum) > MOST_WITHIN_ITSELF) {
            throw new ConfigurationException(new Problem(
                    "tables." + table.name() + ".columns." + column, null, "is a circular dependency: it is made of itself"));
        }
    }

    void leave(Table table, String column) {
        underway.merge(table.name() + "." + column, -1, Integer::sum);
    }

    /** Whether parents' columns are computed at start where the parents are few. */
    boolean computesAhead() {
        return !onlyChecks;
    }

    Sampler sampler(Law law) {
        return onlyChecks ? Sampler.of(law, Sampler.Exact::new) : Sampler.of(law);
    }

    Sampler sampler(DoubleUnaryOperator quantile) {
        return onlyChecks ? new Sampler.Exact(quantile) : new Sampler.Continuous(quantile);
    }

    TextProviders texts() {
        return texts;
    }

    Schema schema() {
        return schema;
    }

    RowCounts counts() {
        return counts;
    }

    /** Whether what is compiled are the rows of several tables that take turns. */
    boolean isInterleaved() {
        return interleaved;
    }

    Presence presence() {
        return presence;
    }

    Relations relations() {
        return relations;
    }

    long key(String... names) {
        return Draw.key(seed, names);
    }
}
