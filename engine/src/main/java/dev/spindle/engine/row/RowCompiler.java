package dev.spindle.engine.row;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Strategy;
import dev.spindle.engine.text.TextProviders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns a schema into plans that compute its rows.
 *
 * <p>What is compiled is driven by need: a table's plan has a step for each of its columns and, for each column of another
 * table that one of them reads, a cursor over that table with just the steps that it takes. Steps are added after those
 * that they read, so that a plan is a list that runs from front to back.
 */
public final class RowCompiler {

    private final Schema schema;
    private final RowCounts counts;
    private final long seed;
    private final Map<String, String> timestampColumns;
    private final Relations relations;
    private final TextProviders texts = new TextProviders();
    private final Map<String, EventTime> eventTimes = new HashMap<>();

    /**
     * A compiler for one schema, scale and seed; for one thread, like what it makes.
     *
     * @param timestampColumns table → event-time column, for tables that shall not take their default
     */
    public RowCompiler(Schema schema, RowCounts counts, long seed, Map<String, String> timestampColumns) {
        this.schema = schema;
        this.counts = counts;
        this.seed = seed;
        this.timestampColumns = Map.copyOf(timestampColumns);
        this.relations = new Relations(schema, counts, seed, this::timestampColumn);
    }

    /**
     * The plan for a table.
     *
     * @throws ConfigurationException when there is no such table, or its columns depend on each other in a circle
     */
    public RowPlan compile(String table) {
        Table definition = schema.tables().get(table);
        if (definition == null) {
            throw new ConfigurationException(new Problem(
                    "--table", table, "is no table of " + schema.domain(), Suggestion.among(table, schema.tables().keySet())));
        }
        checkTimestampColumn(definition);
        Scope scope = new Scope(this, definition, null, null);
        List<Column> columns = new ArrayList<>();
        for (ColumnDefinition column : definition.columns().values()) {
            scope.slot(column.name());
        }
        for (ColumnDefinition column : definition.columns().values()) {
            columns.add(scope.column(column.name()));
        }
        ColumnDefinition time = timestampColumn(definition);
        int timeIndex = time == null ? -1 : scope.slot(time.name());
        return new RowPlan(table, columns, scope.cursor(), scope.slots(), timeIndex, counts.of(table));
    }

    private void checkTimestampColumn(Table table) {
        String named = timestampColumns.get(table.name());
        if (named == null) {
            return;
        }
        List<String> candidates = table.columns().values().stream()
                .filter(c -> c.type().isTemporal())
                .map(ColumnDefinition::name)
                .toList();
        if (!candidates.contains(named)) {
            throw new ConfigurationException(new Problem(
                    "--timestamp-column",
                    named,
                    "is no date or time column of " + table.name(),
                    candidates.isEmpty() ? "the table has none" : Suggestion.among(named, candidates)));
        }
    }

    /** The event-time column of a table, or null. */
    ColumnDefinition timestampColumn(Table table) {
        String named = timestampColumns.get(table.name());
        return named == null ? table.defaultTimestampColumn() : table.column(named);
    }

    /** The table's event times when they are ordered along its rows, else null. */
    EventTime eventTime(String tableName) {
        if (!eventTimes.containsKey(tableName)) {
            eventTimes.put(tableName, compileEventTime(schema.tables().get(tableName)));
        }
        return eventTimes.get(tableName);
    }

    private EventTime compileEventTime(Table table) {
        ColumnDefinition column = timestampColumn(table);
        if (column == null) {
            return null;
        }
        boolean wholeDays = column.type() == DataType.DATE;
        long key = key(table.name(), column.name(), "event time");
        return switch (column.strategy()) {
            case Strategy.Temporal temporal ->
                new EventTime(new Calendar(temporal.range(), temporal.season()), counts.of(table.name()), key, 0, wholeDays);
            case Strategy.Derived derived when followsParent(derived) -> {
                Table parent = schema.tables().get(derived.table());
                Strategy.Temporal temporal = (Strategy.Temporal) timestampColumn(parent).strategy();
                long shift = (long) (leastDays(derived) * Calendar.DAY_MICROS);
                yield new EventTime(
                        new Calendar(temporal.range(), temporal.season()), counts.of(table.name()), key, shift, wholeDays);
            }
            default -> null;
        };
    }

    /** Whether a date derives from the event time of a parent, so that the parent can be found from the date. */
    boolean followsParent(Strategy.Derived derived) {
        if (derived.table() == null || derived.days() == null) {
            return false;
        }
        Table parent = schema.tables().get(derived.table());
        ColumnDefinition time = timestampColumn(parent);
        return time != null && time.name().equals(derived.column()) && time.strategy() instanceof Strategy.Temporal;
    }

    /** The shortest delay that a derived date's law gives, in days, 0 or more. */
    static double leastDays(Strategy.Derived derived) {
        return switch (derived.days()) {
            case Law.Constant constant -> Math.max(0, constant.value());
            case Law.Uniform uniform -> Math.max(0, uniform.min());
            case Law.Normal normal -> Math.max(0, normal.min());
            case Law.LogNormal log -> Math.max(0, log.min());
            case Law.Pareto pareto -> Math.max(0, pareto.min());
            case Law.Geometric geometric -> Math.max(0, geometric.min());
            case Law.Poisson poisson -> Math.max(0, poisson.min());
            case Law.Zipf zipf -> 1;
            case Law.Bernoulli bernoulli -> 0;
        };
    }

    TextProviders texts() {
        return texts;
    }

    /** The longest delay that a derived date's law gives, in days. */
    static double mostDays(Strategy.Derived derived) {
        return switch (derived.days()) {
            case Law.Constant constant -> constant.value();
            case Law.Uniform uniform -> uniform.max();
            case Law.Normal normal -> normal.max();
            case Law.LogNormal log -> log.max();
            case Law.Pareto pareto -> pareto.max();
            case Law.Geometric geometric -> geometric.max();
            case Law.Poisson poisson -> poisson.max();
            case Law.Zipf zipf -> zipf.max();
            case Law.Bernoulli bernoulli -> 1;
        };
    }

    Schema schema() {
        return schema;
    }

    RowCounts counts() {
        return counts;
    }

    Relations relations() {
        return relations;
    }

    long key(String... names) {
        return Draw.key(seed, names);
    }
}
