package dev.spindle.engine.schema;

import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.schema.Schema.ColumnRef;
import dev.spindle.engine.schema.Schema.DateRange;
import dev.spindle.engine.schema.Strategy.Choice;
import dev.spindle.engine.schema.Strategy.Condition;
import dev.spindle.engine.schema.Strategy.PatternPart;
import dev.spindle.engine.schema.Strategy.Quantile;
import dev.spindle.engine.schema.Strategy.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a column's {@code generator}: the strategy and its parameters, which stand beside it or under {@code params}. */
final class StrategyReader {

    static final List<String> NAMES = List.of(
            "sequence", "uuid", "faker", "weighted_enum", "lifecycle", "distribution", "empirical", "temporal",
            "pattern", "foreign_key", "lookup", "reference_data", "record_sample", "record_field",
            "self_referencing", "self_ref_field", "first_per_parent", "formula", "derived", "correlated",
            "conditional", "computed");

    private static final Strategy NOTHING = new Strategy.Fixed(new JsonValue.JsonNull(JsonValue.Location.NONE));
    private static final Strategy UNKNOWN = new Strategy.Fixed(new JsonValue.JsonNull(JsonValue.Location.NONE));
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}:]+)(?::([^{}]*))?}");
    private static final Pattern CONDITION =
            Pattern.compile("\\s*(?:([A-Za-z_]\\w*)\\s+)?(IS\\s+NULL|IS\\s+NOT\\s+NULL|==\\s*(.+?)|!=\\s*(.+?))\\s*",
                    Pattern.CASE_INSENSITIVE);

    private final DateRange modelRange;
    private final Findings findings;

    StrategyReader(DateRange modelRange, Findings findings) {
        this.modelRange = modelRange;
        this.findings = findings;
    }

    Strategy read(JsonObject generator, String path) {
        Fields fields = new Fields(generator, path, findings).withNested("params");
        Strategy strategy = strategy(fields);
        if (strategy != UNKNOWN) { // what it takes is not known either
            fields.warnOfUnknown();
        }
        return strategy;
    }

    private Strategy strategy(Fields in) {
        if (!in.has("strategy") && in.given("fixed") != null) {
            return new Strategy.Fixed(in.given("fixed"));
        }
        String name = in.requiredText("strategy");
        return switch (name) {
            case "" -> NOTHING;
            case "sequence" -> sequence(in);
            case "uuid" -> new Strategy.Uuid();
            case "faker" -> new Strategy.Faker(in.requiredText("provider"));
            case "weighted_enum" -> new Strategy.WeightedEnum(choices(in, "values"));
            case "lifecycle" -> new Strategy.WeightedEnum(choices(in, "phases"));
            case "distribution" ->
                new Strategy.Distribution(law(in), (int) in.whole("round", -1, 0, 12));
            case "empirical" -> empirical(in);
            case "temporal" -> temporal(in);
            case "pattern" -> new Strategy.Pattern(pattern(in));
            case "foreign_key" -> foreignKey(in);
            case "lookup" ->
                new Strategy.Lookup(
                        new ColumnRef(in.requiredText("source_table"), in.requiredText("source_column")),
                        in.requiredText("via"));
            case "reference_data" ->
                new Strategy.ReferenceData(
                        in.requiredText("dataset"), in.name("field"), in.name("weight_field"));
            case "record_sample" ->
                new Strategy.RecordSample(
                        in.requiredText("dataset"),
                        in.name("field"),
                        in.name("weight_field"),
                        in.flag("unique", false));
            case "record_field" -> new Strategy.RecordField(in.requiredText("dataset"), in.requiredText("field"));
            case "self_referencing" ->
                new Strategy.SelfReferencing(
                        in.requiredText("pk_column"),
                        in.whole("root_count", 1, 1, 1_000_000_000),
                        (int) in.whole(in.firstPresent("levels", "max_depth"), 3, 1, 64));
            case "self_ref_field" -> selfRefField(in);
            case "first_per_parent" -> new Strategy.FirstPerParent(in.requiredText("parent_column"), in.flag("default", true));
            case "formula" -> formula(in);
            case "derived" -> derived(in);
            case "correlated" -> correlated(in);
            case "conditional" -> conditional(in);
            case "computed" -> computed(in);
            default -> {
                in.error("strategy", "is not a strategy", Suggestion.among(name, NAMES));
                yield UNKNOWN;
            }
        };
    }

    private Strategy sequence(Fields in) {
        long start = in.whole("start", 1, -(1L << 53), 1L << 53);
        long step = in.whole("step", 1, -1_000_000, 1_000_000);
        if (step == 0) {
            in.error("step", "must not be 0", null);
            step = 1;
        }
        return new Strategy.Sequence(start, step);
    }

    private Strategy selfRefField(Fields in) {
        String field = in.requiredText("field");
        if (!field.isEmpty() && !field.equals("level")) {
            in.error("field", "is no field of a hierarchy", "level");
        }
        return new Strategy.SelfReferenceLevel();
    }

    /** {@code {value: weight}}, or a list of {@code {name, weight}}. */
    private List<Choice> choices(Fields in, String name) {
        List<Choice> choices = new ArrayList<>();
        JsonValue value = in.value(name);
        switch (value) {
            case null -> in.error(name, "is missing", "an object of values and weights");
            case JsonObject object ->
                object.members().forEach((key, weight) -> choices.add(new Choice(key, weight(in, name, key, weight))));
            case JsonArray list -> {
                for (JsonValue item : list.items()) {
                    if (item instanceof JsonObject choice
                            && choice.get("name") instanceof JsonString text
                            && choice.get("weight") != null) {
                        choices.add(new Choice(text.value(), weight(in, name, text.value(), choice.get("weight"))));
                    } else {
                        in.error(name, "has an entry that is no {name, weight}", null);
                    }
                }
            }
            default -> in.error(name, "must be an object of values and weights, not " + value.kind(), null);
        }
        if (value != null && choices.stream().mapToDouble(Choice::weight).sum() <= 0) {
            in.error(name, "has no weight above 0", null);
        }
        return choices;
    }

    private double weight(Fields in, String name, String key, JsonValue weight) {
        if (weight instanceof JsonNumber number
                && number.value().signum() >= 0
                && number.value().doubleValue() < 1e18) {
            return number.value().doubleValue();
        }
        findings.error(weight, in.pathOf(name) + "." + key, "is no weight", "a number of 0 or more");
        return 0;
    }

    private Law law(Fields in) {
        String kind = in.requiredText("distribution");
        double least = in.number("min", Double.NEGATIVE_INFINITY);
        double most = in.number("max", Double.POSITIVE_INFINITY);
        if (least > most) {
            in.error("min", "is above max", "at most " + most);
            most = least;
        }
        return switch (kind) {
            case "" -> new Law.Constant(0);
            case "uniform" -> {
                if (!in.has("min") || !in.has("max")) {
                    in.error(in.has("min") ? "max" : "min", "is missing", "a number");
                    yield new Law.Constant(0);
                }
                yield new Law.Uniform(least, most);
            }
            case "normal" -> new Law.Normal(in.number("mean", 0), sigma(in), least, most);
            case "log_normal", "lognormal" -> new Law.LogNormal(in.number("mean", 0), sigma(in), least, most);
            case "pareto" ->
                new Law.Pareto(
                        in.numberBetween("alpha", 1.16, 0.01, 100, "0.01 to 100"),
                        in.has("min") ? least : 1,
                        most);
            case "zipf" ->
                new Law.Zipf(
                        in.numberBetween("alpha", 1.5, 0.01, 20, "0.01 to 20"),
                        in.has("max") ? (long) Math.max(1, Math.min(most, 1e12)) : 1_000_000);
            case "geometric" ->
                new Law.Geometric(in.numberBetween("p", 0.5, 1e-6, 1, "above 0, at most 1"), Math.max(1, least), most);
            case "poisson" ->
                new Law.Poisson(
                        in.numberBetween(in.firstPresent("lambda", "lam", "mean"), 1, 0, 1e6, "0 to 1,000,000"),
                        Math.max(0, least),
                        most);
            case "bernoulli" ->
                new Law.Bernoulli(in.numberBetween(in.firstPresent("probability", "p"), 0.5, 0, 1, "0 to 1"));
            case "constant", "fixed" -> new Law.Constant(in.number("value", 0));
            default -> {
                in.error(
                        "distribution",
                        "is not a distribution",
                        Suggestion.among(
                                kind,
                                List.of("uniform", "normal", "log_normal", "pareto", "zipf", "geometric", "poisson", "bernoulli")));
                yield new Law.Constant(0);
            }
        };
    }

    private double sigma(Fields in) {
        String name = in.firstPresent("sigma", "std", "std_dev", "stddev");
        return in.numberBetween(name, 1, 0, 1e12, "0 or more");
    }

    private Strategy empirical(Fields in) {
        List<Quantile> quantiles = new ArrayList<>();
        String interpolation = in.text("interpolation", "linear");
        boolean logarithmic = interpolation.equals("log") || interpolation.equals("log_linear");
        if (!logarithmic && !interpolation.equals("linear")) {
            in.error("interpolation", "is not known", "linear, log");
        }
        int round = (int) in.whole("round", -1, 0, 12);
        JsonObject given = in.object("quantiles");
        if (given == null) {
            in.error("quantiles", "is missing", "an object of p1, p5, p10, p25, p50, p75, p90, p95, p99");
            return NOTHING;
        }
        given.members().forEach((key, value) -> {
            if (key.matches("p\\d{1,2}(\\.\\d+)?") && value instanceof JsonNumber number) {
                quantiles.add(new Quantile(
                        Double.parseDouble(key.substring(1)) / 100, number.value().doubleValue()));
            } else {
                findings.error(value, in.pathOf("quantiles") + "." + key, "is no quantile", "p1 to p99 with a number");
            }
        });
        quantiles.sort(Comparator.comparingDouble(Quantile::probability));
        for (int i = 1; i < quantiles.size(); i++) {
            if (quantiles.get(i).value() < quantiles.get(i - 1).value()) {
                in.error("quantiles", "fall from one to the next", "values that rise with their probability");
                break;
            }
        }
        if (quantiles.size() < 2) {
            in.error("quantiles", "are too few", "two or more");
            return NOTHING;
        }
        if (logarithmic && quantiles.getFirst().value() <= 0) {
            in.error("interpolation", "needs values above 0", "linear");
            logarithmic = false;
        }
        return new Strategy.Empirical(quantiles, logarithmic, round);
    }

    private Strategy temporal(Fields in) {
        DateRange range = modelRange;
        Fields inner = in.fields("range");
        if (inner != null) {
            range = dates(inner);
            inner.warnOfUnknown();
        } else if (in.has("start") || in.has("end")) {
            range = dates(in);
        } else {
            String ref = in.text("range_ref", "model.date_range");
            if (!ref.equals("model.date_range")) {
                in.error("range_ref", "is not known", "model.date_range");
            }
        }
        String pattern = in.text("pattern", "uniform");
        Strategy.Season season =
                switch (pattern) {
                    case "uniform" -> SeasonReader.read(in, false);
                    case "seasonal" -> SeasonReader.read(in, true);
                    case "trading_days" -> SeasonReader.tradingDays();
                    default -> {
                        in.error(
                                "pattern",
                                "is not a pattern of time",
                                Suggestion.among(pattern, List.of("uniform", "seasonal", "trading_days")));
                        yield Strategy.Season.NONE;
                    }
                };
        return new Strategy.Temporal(range, season);
    }

    private DateRange dates(Fields in) {
        long start = SchemaReader.day(in, "start", modelRange.startDay());
        long end = SchemaReader.day(in, "end", modelRange.endDay() - 1) + 1;
        if (end <= start) {
            in.error("end", "is before start", null);
            return modelRange;
        }
        return new DateRange(start, end);
    }

    private List<PatternPart> pattern(Fields in) {
        List<PatternPart> parts = new ArrayList<>();
        String format = in.requiredText("format");
        Matcher found = PLACEHOLDER.matcher(format);
        int at = 0;
        while (found.find()) {
            if (found.start() > at) {
                parts.add(new PatternPart.Literal(format.substring(at, found.start())));
            }
            parts.add(placeholder(in, found.group(1).strip(), found.group(2)));
            at = found.end();
        }
        if (at < format.length()) {
            parts.add(new PatternPart.Literal(format.substring(at)));
        }
        return parts;
    }

    private PatternPart placeholder(Fields in, String name, String width) {
        int places = 0;
        if (width != null) {
            if (width.matches("\\d{1,3}")) {
                places = Integer.parseInt(width);
            } else {
                in.error("format", "has {" + name + ":" + width + "}, whose width is no number", "1 to 999");
            }
        }
        return switch (name) {
            case "seq" -> new PatternPart.RowNumber(places);
            case "random" -> new PatternPart.RandomText(places == 0 ? 1 : places);
            default -> new PatternPart.ColumnText(name, places);
        };
    }

    private Strategy foreignKey(Fields in) {
        ColumnRef ref = columnRef(in, "ref");
        String spread = in.text("distribution", "uniform");
        Spread kind =
                switch (spread) {
                    case "uniform" -> Spread.UNIFORM;
                    case "zipf" -> Spread.ZIPF;
                    case "pareto" -> Spread.PARETO;
                    default -> {
                        in.error(
                                "distribution",
                                "is not a distribution over parents",
                                Suggestion.among(spread, List.of("uniform", "zipf", "pareto")));
                        yield Spread.UNIFORM;
                    }
                };
        double alpha = in.numberBetween("alpha", kind == Spread.PARETO ? 1.16 : 1.5, 0.01, 100, "0.01 to 100");
        double most = in.numberBetween("max_per_parent", 0, 1, 1e15, "1 or more");
        double rate = in.numberBetween("sample_rate", 1, 1e-9, 1, "above 0, at most 1");
        return new Strategy.ForeignKey(
                ref, kind, alpha, most, in.name("constrained_by"), rate, filter(in));
    }

    /** {@code {column: value}}, or a condition as a text. */
    private Condition filter(Fields in) {
        JsonValue filter = in.value("filter");
        return switch (filter) {
            case null -> null;
            case JsonObject object when object.members().size() == 1 -> {
                var only = object.members().firstEntry();
                yield new Condition(only.getKey(), Strategy.Test.EQUALS, only.getValue().brief());
            }
            case JsonString text -> condition(in, "filter", null);
            default -> {
                in.error("filter", "is no condition", "{column: value}, or a text such as status == active");
                yield null;
            }
        };
    }

    private Condition condition(Fields in, String name, String ofColumn) {
        String text = in.requiredText(name);
        Matcher found = CONDITION.matcher(text);
        String column = found.matches() && found.group(1) != null ? found.group(1) : ofColumn;
        if (text.isEmpty()) {
            return null;
        }
        if (!found.matches() || column == null) {
            in.error(name, "is no condition", "COLUMN IS NULL, COLUMN IS NOT NULL, COLUMN == value, COLUMN != value");
            return null;
        }
        String test = found.group(2).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (test.equals("IS NULL")) {
            return new Condition(column, Strategy.Test.IS_NULL, null);
        }
        if (test.equals("IS NOT NULL")) {
            return new Condition(column, Strategy.Test.IS_NOT_NULL, null);
        }
        boolean equals = found.group(3) != null;
        String value = (equals ? found.group(3) : found.group(4)).strip().replaceAll("^(['\"])(.*)\\1$", "$2");
        return new Condition(column, equals ? Strategy.Test.EQUALS : Strategy.Test.DIFFERS, value);
    }

    private ColumnRef columnRef(Fields in, String name) {
        String text = in.requiredText(name);
        String[] parts = text.split("\\.", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            if (!text.isEmpty()) {
                in.error(name, "is no table.column", "table.column");
            }
            return new ColumnRef("", "");
        }
        return new ColumnRef(parts[0], parts[1]);
    }

    private Strategy formula(Fields in) {
        String text = in.requiredText("expression");
        if (text.isEmpty()) {
            return NOTHING;
        }
        try {
            return new Strategy.Formula(Expression.parse(text));
        } catch (IllegalArgumentException e) {
            in.error("expression", e.getMessage(), "numbers, columns, + - * / ( )");
            return NOTHING;
        }
    }

    private Strategy derived(Fields in) {
        String source = in.requiredText("source");
        int dot = source.indexOf('.');
        String table = dot < 0 ? null : source.substring(0, dot);
        String column = source.substring(dot + 1);
        String rule = in.text(in.firstPresent("rule", "operation"), in.has("days") ? "add_days" : "copy");
        Law days =
                switch (rule) {
                    case "add_days" -> in.has("distribution") ? law(in) : new Law.Constant(in.requiredNumber("days", 0));
                    case "copy" -> null;
                    default -> {
                        in.error(in.firstPresent("rule", "operation"), "is not known", "add_days, copy");
                        yield null;
                    }
                };
        String via = table == null ? in.name("via") : in.requiredText("via");
        return new Strategy.Derived(table, column, via, days);
    }

    private Strategy correlated(Fields in) {
        String source = in.requiredText("source_column");
        String named = in.firstPresent("rule", "operation");
        String operation = in.text(named, "multiply");
        return switch (operation) {
            case "multiply" -> correlated(in, source, Strategy.Operation.MULTIPLY, "factor", 1);
            case "add" -> correlated(in, source, Strategy.Operation.ADD, "offset", 0);
            case "subtract" -> correlated(in, source, Strategy.Operation.SUBTRACT, "offset", 0);
            default -> {
                in.error(named, "is not an operation", Suggestion.among(operation, List.of("multiply", "add", "subtract")));
                yield NOTHING;
            }
        };
    }

    private Strategy correlated(Fields in, String source, Strategy.Operation operation, String bounds, double otherwise) {
        double least = in.number(bounds + "_min", in.number(bounds, otherwise));
        double most = in.number(bounds + "_max", in.number(bounds, otherwise));
        if (least > most) {
            in.error(bounds + "_min", "is above " + bounds + "_max", "at most " + most);
        }
        return new Strategy.Correlated(source, operation, Math.min(least, most), Math.max(least, most));
    }

    private Strategy conditional(Fields in) {
        Condition condition = condition(in, "condition", in.text(in.firstPresent("source_column", "column"), null));
        Strategy whenTrue = nested(in, "true_generator");
        Strategy whenFalse = nested(in, "false_generator");
        return condition == null ? NOTHING : new Strategy.Conditional(condition, whenTrue, whenFalse);
    }

    private Strategy nested(Fields in, String name) {
        JsonObject generator = in.object(name);
        if (generator == null) {
            in.error(name, "is missing", "a generator, or {\"fixed\": value}");
            return NOTHING;
        }
        return read(generator, in.pathOf(name));
    }

    private Strategy computed(Fields in) {
        String named = in.firstPresent("rule", "operation");
        String rule = in.requiredText(named);
        return switch (rule) {
            case "" -> NOTHING;
            case "sum_children" -> overChildren(in, Strategy.Aggregate.SUM);
            case "count_children" -> overChildren(in, Strategy.Aggregate.COUNT);
            case "avg_children" -> overChildren(in, Strategy.Aggregate.AVERAGE);
            case "min_children" -> overChildren(in, Strategy.Aggregate.MINIMUM);
            case "max_children" -> overChildren(in, Strategy.Aggregate.MAXIMUM);
            case "lookup_parent" ->
                new Strategy.Lookup(
                        new ColumnRef(
                                in.requiredText("parent_table"),
                                in.requiredText(in.firstPresent("parent_column", "source_column", "column"))),
                        in.requiredText("via"));
            default -> {
                in.error(
                        named,
                        "is not a computation",
                        Suggestion.among(
                                rule,
                                List.of("sum_children", "count_children", "avg_children", "min_children", "max_children", "lookup_parent")));
                yield NOTHING;
            }
        };
    }

    private Strategy overChildren(Fields in, Strategy.Aggregate aggregate) {
        String table = in.requiredText("child_table");
        String column =
                aggregate == Strategy.Aggregate.COUNT ? in.name("child_column") : in.requiredText("child_column");
        return new Strategy.OverChildren(aggregate, table, column);
    }

    /** Column names that a pattern's placeholders name; for checks. */
    static Set<String> columnsOf(Strategy.Pattern pattern) {
        Set<String> names = new HashSet<>();
        for (PatternPart part : pattern.parts()) {
            if (part instanceof PatternPart.ColumnText text) {
                names.add(text.column());
            }
        }
        return names;
    }
}
