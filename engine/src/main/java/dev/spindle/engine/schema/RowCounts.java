package dev.spindle.engine.schema;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.schema.Schema.DerivedCount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How many rows each table has at one scale. */
public record RowCounts(String scale, Map<String, Long> rows) {

    /** Rows of a table that the scale says nothing of and whose count follows from nothing. */
    private static final long DEFAULT_ROWS = 1_000;

    private static final double DAYS_PER_YEAR = 365.25;
    private static final long MOST_ROWS = 1L << 52;

    public long of(String table) {
        return rows.get(table);
    }

    /**
     * The counts at a scale; null for the schema's own default.
     *
     * @throws ConfigurationException when the schema has no such scale
     */
    public static RowCounts at(Schema schema, String scale) {
        Map<String, Map<String, Long>> scales = schema.generation().scales();
        String name = scale == null ? schema.generation().defaultScale() : scale;
        if (!scales.containsKey(name) && !(scales.isEmpty() && scale == null)) {
            throw new ConfigurationException(new Problem(
                    "--scale", name, "is no scale of " + schema.domain(), Suggestion.among(name, scales.keySet())));
        }
        Map<String, Long> stated = scales.getOrDefault(name, Map.of());
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : schema.tables().keySet()) {
            rows.put(table, count(schema, stated, table));
        }
        return new RowCounts(name, rows);
    }

    private static long count(Schema schema, Map<String, Long> stated, String table) {
        Long rows = stated.get(table);
        if (rows != null) {
            return rows;
        }
        return switch (schema.generation().derived().get(table)) {
            case null -> DEFAULT_ROWS;
            case DerivedCount.Fixed fixed -> fixed.rows();
            case DerivedCount.PerYear perYear ->
                clamp(perYear.rows() * Math.max(1, Math.round(schema.range().days() / DAYS_PER_YEAR)));
            case DerivedCount.PerParent perParent -> clamp(perParent.ratio() * count(schema, stated, perParent.table()));
        };
    }

    private static long clamp(double rows) {
        return (long) Math.max(1, Math.min(MOST_ROWS, Math.rint(rows)));
    }

    /** The names of a schema's scales. */
    public static Set<String> scales(Schema schema) {
        return schema.generation().scales().keySet();
    }
}
