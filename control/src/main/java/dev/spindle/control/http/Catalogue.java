package dev.spindle.control.http;

import dev.spindle.control.json.Field;
import dev.spindle.control.json.JsonOut;
import dev.spindle.control.json.Shape;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.plan.TimePattern;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What there is to stream, and where to: domains, tables, columns, scales; sinks and patterns by name. */
final class Catalogue {

    private static final Shape WORD = Shape.text(10_000);
    private static final Shape COUNT = Shape.whole(0, Long.MAX_VALUE);

    private static final Shape.Members COLUMN = Shape.open(
            Field.of("name", WORD, "Its name.").mandatory(),
            Field.of("type", WORD, "Its type.").mandatory(),
            Field.of("key", Shape.flag(), "Whether it is part of the primary key.").mandatory());

    private static final Shape.Members TABLE = Shape.open(
            Field.of("name", WORD, "Its name.").mandatory(),
            Field.of("description", WORD, "What it is.").mandatory(),
            Field.of("timestamp_column", Shape.either(WORD, new Shape.Nothing()), "The event-time column, or null.").mandatory(),
            Field.of("rows", new Shape.Lookup(COUNT, 1_000), "Rows at each scale.").mandatory(),
            Field.of("columns", Shape.items(COLUMN, 10_000), "Its columns in order.").mandatory());

    private static final Shape.Members DOMAIN = Shape.open(
            Field.of("name", WORD, "Its name.").mandatory(),
            Field.of("description", WORD, "What it is.").mandatory(),
            Field.of("scales", Shape.items(WORD, 1_000), "Its scale presets.").mandatory(),
            Field.of("default_scale", WORD, "The preset used when none is named.").mandatory(),
            Field.of("tables", Shape.items(TABLE, 10_000), "Its tables.").mandatory());

    private static final Shape.Members NAMED = Shape.open(
            Field.of("name", WORD, "Its name.").mandatory(), Field.of("description", WORD, "What it is.").mandatory());

    static final Shape.Members SHAPE = Shape.open(
            Field.of("domains", Shape.items(DOMAIN, 1_000), "The built-in domains.").mandatory(),
            Field.of("sinks", Shape.items(NAMED, 1_000), "The sinks.").mandatory(),
            Field.of("patterns", Shape.items(WORD, 1_000), "The built-in time patterns.").mandatory());

    private Catalogue() {}

    static String json() {
        return JsonOut.text(JsonOut.object(
                "domains", Domains.NAMES.stream().map(Catalogue::domain).toList(),
                "sinks", Sinks.all().stream().map(Catalogue::sink).toList(),
                "patterns", TimePattern.BUILT_IN.stream().map(TimePattern::name).toList()));
    }

    private static Map<String, Object> sink(SinkProvider sink) {
        return JsonOut.object("name", sink.name(), "description", sink.help());
    }

    private static Map<String, Object> domain(String name) {
        Schema schema = Domains.named(name);
        Map<String, RowCounts> counts = new LinkedHashMap<>();
        RowCounts.scales(schema).forEach(scale -> counts.put(scale, RowCounts.at(schema, scale)));
        return JsonOut.object(
                "name", name,
                "description", schema.description(),
                "scales", counts.keySet(),
                "default_scale", schema.generation().defaultScale(),
                "tables", schema.tables().values().stream().map(table -> table(table, counts)).toList());
    }

    private static Map<String, Object> table(Schema.Table table, Map<String, RowCounts> counts) {
        Map<String, Object> rows = new LinkedHashMap<>();
        counts.forEach((scale, at) -> rows.put(scale, at.of(table.name())));
        Schema.ColumnDefinition time = table.defaultTimestampColumn();
        List<Map<String, Object>> columns = table.columns().values().stream()
                .filter(column -> !column.hidden())
                .map(column -> JsonOut.object(
                        "name", column.name(),
                        "type", column.type().name().toLowerCase(Locale.ROOT),
                        "key", table.primaryKey().contains(column.name())))
                .toList();
        return JsonOut.object(
                "name", table.name(),
                "description", table.description(),
                "timestamp_column", time == null ? null : time.name(),
                "rows", rows,
                "columns", columns);
    }
}
