package dev.spindle.engine.schema;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.Location;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Schema.DateRange;
import dev.spindle.engine.schema.Schema.DerivedCount;
import dev.spindle.engine.schema.Schema.Generation;
import dev.spindle.engine.schema.Schema.Relationship;
import dev.spindle.engine.schema.Schema.Table;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Reads schema files. Everything wrong with a file is found in one reading; what is only odd becomes a warning. */
public final class SchemaReader {

    private static final DateRange DEFAULT_RANGE = new DateRange(
            LocalDate.of(2022, 1, 1).toEpochDay(), LocalDate.of(2026, 1, 1).toEpochDay());
    private static final String DEFAULT_SCALE = "small";

    private final Findings findings = new Findings();
    private final DataSets dataSets;

    private SchemaReader(DataSets dataSets) {
        this.dataSets = dataSets;
    }

    /**
     * What a reading found.
     *
     * @param schema the schema, or null when there are errors
     * @param root the file
     */
    public record Reading(Schema schema, List<Problem> errors, List<Problem> warnings, JsonValue root) {

        /** A problem found later, with the place in the file that its path leads to. */
        public Problem placed(Problem problem) {
            return problem.place() != null
                    ? problem
                    : new Problem(
                            problem.path(), problem.value(), problem.reason(), problem.allowed(), Paths.place(root, problem.path()));
        }

        /** The schema. @throws ConfigurationException with every error when there are any */
        public Schema orThrow() {
            if (!errors.isEmpty()) {
                throw new ConfigurationException(errors);
            }
            return schema;
        }
    }

    /**
     * Reads a file, with the data sets in {@code reference_data} beside it.
     *
     * @throws ConfigurationException when the file cannot be read or is no JSON
     */
    public static Reading read(Path file) {
        return read(JsonReader.read(file), DataSets.beside(file));
    }

    /** Reads a schema from its JSON. */
    public static Reading read(JsonValue root, DataSets dataSets) {
        SchemaReader reader = new SchemaReader(dataSets);
        Schema schema = null;
        if (root instanceof JsonObject object) {
            schema = reader.schema(object);
        } else {
            reader.findings.error(root, "(file)", "is no schema: it is " + root.kind(), "an object with tables");
        }
        boolean good = reader.findings.errors().isEmpty();
        return new Reading(good ? schema : null, reader.findings.errors(), reader.findings.warnings(), root);
    }

    private Schema schema(JsonObject root) {
        Fields in = new Fields(root, "", findings);
        Fields model = orEmpty(in, "model");
        Fields rangeFields = model.fields("date_range");
        DateRange range = DEFAULT_RANGE;
        if (rangeFields != null) {
            long start = day(rangeFields, "start", DEFAULT_RANGE.startDay());
            long end = day(rangeFields, "end", DEFAULT_RANGE.endDay() - 1) + 1;
            if (end <= start) {
                rangeFields.error("end", "is before start", null);
            } else {
                range = new DateRange(start, end);
            }
            rangeFields.warnOfUnknown();
        }
        String name = model.text("name", "schema");
        String description = model.text("description", "");
        String domain = model.text("domain", name);
        String locale = model.text("locale", "en_US");
        OptionalLong seed = model.has("seed")
                ? OptionalLong.of(model.whole("seed", 42, Long.MIN_VALUE, Long.MAX_VALUE))
                : OptionalLong.empty();
        model.text("schema_mode", null);
        model.warnOfUnknown();

        Map<String, Table> tables = tables(in, range);
        List<Relationship> relationships = relationships(in);
        Generation generation = generation(in, tables);
        List<Rule> rules = new RuleReader(findings, tables).read(in);
        Schema schema = new Schema(
                name, description, domain, locale, seed, range, tables, relationships, rules, generation, dataSets);
        in.warnOfUnknown();
        if (!tables.isEmpty()) {
            new SchemaChecks(schema, root, findings).check();
        }
        return schema;
    }

    private Fields orEmpty(Fields in, String name) {
        Fields fields = in.fields(name);
        return fields != null ? fields : new Fields(new JsonObject(new LinkedHashMap<>(), in.object().at()), name, findings);
    }

    private Map<String, Table> tables(Fields in, DateRange range) {
        Map<String, Table> tables = new LinkedHashMap<>();
        Fields all = in.fields("tables");
        if (all == null || all.object().members().isEmpty()) {
            findings.error(in.object(), "tables", "is missing or empty", "at least one table");
            return tables;
        }
        StrategyReader strategies = new StrategyReader(range, findings);
        for (String name : all.object().members().keySet()) {
            Fields table = all.fields(name);
            if (table != null) {
                tables.put(name, table(name, table, strategies));
                table.warnOfUnknown();
            }
        }
        return tables;
    }

    private Table table(String name, Fields in, StrategyReader strategies) {
        Map<String, ColumnDefinition> columns = new LinkedHashMap<>();
        Fields all = in.fields("columns");
        if (all == null || all.object().members().isEmpty()) {
            findings.error(in.object(), in.path() + ".columns", "is missing or empty", "at least one column");
        } else {
            for (String column : all.object().members().keySet()) {
                if (column.startsWith("_spindle_")) {
                    findings.error(all.object(), all.path() + "." + column, "is a name kept for metadata", null);
                }
                Fields fields = all.fields(column);
                if (fields != null) {
                    columns.put(column, column(column, fields, strategies));
                    fields.warnOfUnknown();
                }
            }
        }
        List<String> key = in.texts("primary_key");
        for (String column : key) {
            if (!columns.containsKey(column)) {
                in.error("primary_key", "names " + column + ", which is no column of " + name,
                        Suggestion.among(column, columns.keySet()));
            }
        }
        return new Table(name, in.text("description", ""), key, columns);
    }

    private ColumnDefinition column(String name, Fields in, StrategyReader strategies) {
        JsonObject generator = in.object("generator");
        Strategy strategy = new Strategy.Fixed(new JsonNull(Location.NONE));
        if (generator == null) {
            in.error("generator", "is missing", "an object with a strategy");
        } else {
            strategy = strategies.read(generator, in.pathOf("generator"));
        }
        DataType type = type(in, strategy);
        boolean nullable = in.flag("nullable", true);
        double nullRate = in.numberBetween("null_rate", 0, 0, 1, "0 to 1");
        long precision = in.whole("precision", 38, 1, 38);
        long digits = in.whole("scale", 0, 0, 12);
        if (in.has("precision")
                && strategy instanceof Strategy.Distribution distribution
                && Double.isFinite(Law.most(distribution.law()))
                && Law.most(distribution.law()) >= Math.pow(10, precision - digits)) {
            findings.warning(in.given("precision"), in.pathOf("precision"), "is less than the generator's max needs", null);
        }
        in.text("description", null);
        return new ColumnDefinition(
                name,
                type,
                strategy,
                nullable ? nullRate : 0,
                (int) in.whole("max_length", 0, 1, 1_000_000),
                (int) in.whole("scale", -1, 0, 12));
    }

    /** A column whose type is not known is taken to be of one that suits its strategy, so that nothing else seems wrong. */
    private static DataType type(Fields in, Strategy strategy) {
        String name = in.requiredText("type");
        try {
            return DataType.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            if (!name.isEmpty()) {
                List<String> known = Arrays.stream(DataType.values())
                        .map(t -> t.name().toLowerCase(Locale.ROOT))
                        .toList();
                in.error("type", "is not a column type", Suggestion.among(name, known));
            }
        }
        return switch (strategy) {
            case Strategy.Sequence s -> DataType.INTEGER;
            case Strategy.Distribution s -> DataType.DECIMAL;
            case Strategy.Empirical s -> DataType.DECIMAL;
            case Strategy.Correlated s -> DataType.DECIMAL;
            case Strategy.Formula s -> DataType.DECIMAL;
            case Strategy.OverChildren s -> DataType.DECIMAL;
            case Strategy.Temporal s -> DataType.TIMESTAMP;
            case Strategy.Derived s when s.days() != null -> DataType.TIMESTAMP;
            case Strategy.FirstPerParent s -> DataType.BOOLEAN;
            default -> DataType.STRING;
        };
    }

    private List<Relationship> relationships(Fields in) {
        List<Relationship> relationships = new ArrayList<>();
        int i = 0;
        for (JsonValue item : in.list("relationships")) {
            String path = "relationships[" + i++ + "]";
            if (!(item instanceof JsonObject object)) {
                findings.error(item, path, "must be an object, not " + item.kind(), null);
                continue;
            }
            Fields fields = new Fields(object, path, findings);
            relationships.add(new Relationship(
                    fields.text("name", path),
                    fields.requiredText("parent"),
                    fields.requiredText("child"),
                    fields.texts(fields.firstPresent("parent_columns", "parent_key")),
                    fields.texts(fields.firstPresent("child_columns", "child_key")),
                    fields.text("type", "one_to_many")));
            for (String known : List.of("optional", "cardinality", "description", "parent_key", "child_key")) {
                fields.value(known);
            }
            fields.warnOfUnknown();
        }
        return relationships;
    }

    private Generation generation(Fields in, Map<String, Table> tables) {
        Fields generation = orEmpty(in, "generation");
        generation.value("output");
        Map<String, Map<String, Long>> scales = new LinkedHashMap<>();
        Fields presets = generation.fields("scales");
        if (presets != null) {
            for (String preset : presets.object().members().keySet()) {
                Fields counts = presets.fields(preset);
                if (counts != null) {
                    scales.put(preset, counts(counts, tables));
                }
            }
        }
        Map<String, DerivedCount> derived = new LinkedHashMap<>();
        Fields counts = generation.fields("derived_counts");
        if (counts != null) {
            for (String table : counts.object().members().keySet()) {
                Fields count = counts.fields(table);
                if (count != null) {
                    if (!tables.containsKey(table)) {
                        findings.warning(counts.object(), counts.path() + "." + table, "names no table",
                                Suggestion.among(table, tables.keySet()));
                    }
                    DerivedCount read = derived(count);
                    if (read != null) {
                        derived.put(table, read);
                    }
                    count.warnOfUnknown();
                }
            }
        }
        String first = scales.isEmpty() || scales.containsKey(DEFAULT_SCALE) ? DEFAULT_SCALE : scales.keySet().iterator().next();
        String scale = generation.text("scale", first);
        if (!scales.isEmpty() && !scales.containsKey(scale)) {
            generation.error("scale", "is no preset", Suggestion.among(scale, scales.keySet()));
        }
        generation.warnOfUnknown();
        return new Generation(scale, scales, derived);
    }

    private Map<String, Long> counts(Fields in, Map<String, Table> tables) {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : in.object().members().keySet()) {
            if (!tables.containsKey(table)) {
                findings.warning(in.object().get(table), in.pathOf(table), "names no table and has no effect",
                        Suggestion.among(table, tables.keySet()));
                continue;
            }
            rows.put(table, in.whole(table, 1, 1, 1_000_000_000_000_000L));
        }
        return rows;
    }

    private DerivedCount derived(Fields in) {
        if (in.has("per_parent")) {
            double ratio = in.numberBetween("ratio", 1, 0, 1e9, "0 or more");
            return new DerivedCount.PerParent(in.requiredText("per_parent"), ratio);
        }
        if (in.has("fixed")) {
            return new DerivedCount.Fixed(in.whole("fixed", 1, 1, 1_000_000_000_000L));
        }
        if (in.has("per_year")) {
            return new DerivedCount.PerYear(in.numberBetween("per_year", 1, 1e-6, 1e12, "above 0"));
        }
        findings.error(in.object(), in.path(), "says no count", "{per_parent, ratio}, {fixed} or {per_year}");
        return null;
    }

    /** A day since the epoch, from a date such as {@code 2025-12-31}, with or without a time behind it. */
    static long day(Fields in, String name, long otherwise) {
        String text = in.text(name, null);
        if (text == null) {
            return otherwise;
        }
        try {
            LocalDate date = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
            if (date.getYear() >= 1 && date.getYear() <= 9000) {
                return date.toEpochDay();
            }
        } catch (DateTimeParseException e) {
            // reported below
        }
        in.error(name, "is no date", "a date such as 2025-12-31, from year 1 to 9000");
        return otherwise;
    }
}
