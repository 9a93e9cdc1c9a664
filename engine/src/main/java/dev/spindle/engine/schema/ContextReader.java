package dev.spindle.engine.schema;

import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.schema.Strategy.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the strategies by which a value hangs on other values, on time, or on the other rows of its parent. */
final class ContextReader {

    private static final double NOON_PEAK = 15;
    /** The 19th of July: warmest, in the northern middle latitudes. */
    private static final double SUMMER_PEAK = 200;

    private final StrategyReader reader;
    private final Findings findings;

    ContextReader(StrategyReader reader, Findings findings) {
        this.reader = reader;
        this.findings = findings;
    }

    Strategy read(String name, Fields in) {
        return switch (name) {
            case "switch" -> choice(in);
            case "drift" -> drift(in);
            case "ordinal" -> new Strategy.Ordinal(in.requiredText("parent_column"));
            case "sibling" -> sibling(in);
            default -> markovChain(in);
        };
    }

    private Strategy choice(Fields in) {
        String on = in.requiredText("on");
        int dot = on.indexOf('.');
        String table = dot < 0 ? null : on.substring(0, dot);
        List<Strategy.Case> cases = new ArrayList<>();
        Fields all = in.fields("cases");
        if (all == null || all.object().members().isEmpty()) {
            if (!in.has("cases") || all != null) {
                in.error("cases", "is missing or empty", "an object of values and generators");
            }
        } else {
            for (String values : all.object().members().keySet()) {
                List<String> named = Arrays.stream(values.split("\\|", -1)).map(String::strip).toList();
                cases.add(new Strategy.Case(named, reader.nested(all, values)));
            }
        }
        Strategy otherwise = in.has("default") ? reader.nested(in, "default") : null;
        return new Strategy.Switch(
                table, on.substring(dot + 1), table == null ? in.name("via") : in.requiredText("via"), cases, otherwise);
    }

    private Strategy sibling(Fields in) {
        long offset = in.whole("offset", -1, -1_000, 1_000);
        if (offset == 0) {
            in.error("offset", "must not be 0", "-1 for the row before, 1 for the row after");
            offset = -1;
        }
        Strategy otherwise = in.has("default") ? reader.nested(in, "default") : StrategyReader.NOTHING;
        return new Strategy.Sibling(
                in.requiredText("parent_column"), in.requiredText("column"), (int) offset, otherwise);
    }

    private Strategy markovChain(Fields in) {
        List<Strategy.Choice> start = reader.choices(in, "start");
        Map<String, List<Strategy.Choice>> transitions = new LinkedHashMap<>();
        Fields all = in.fields("transitions");
        if (all == null) {
            if (!in.has("transitions")) {
                in.error("transitions", "is missing", "an object of states, each with the weights of the next");
            }
        } else {
            for (String state : all.object().members().keySet()) {
                transitions.put(state, reader.choices(all, state));
            }
            knownStates(all, start, transitions);
        }
        return new Strategy.MarkovChain(in.requiredText("parent_column"), start, transitions);
    }

    /** A state that is led to but leads nowhere stays for ever: an oversight, unless the file says {@code {state: 1}}. */
    private void knownStates(Fields all, List<Strategy.Choice> start, Map<String, List<Strategy.Choice>> transitions) {
        List<Strategy.Choice> reached = new ArrayList<>(start);
        transitions.values().forEach(reached::addAll);
        reached.stream().map(Strategy.Choice::value).distinct().filter(s -> !transitions.containsKey(s)).forEach(state ->
                findings.error(all.object(), all.path() + "." + state, "is missing: it is led to and must lead on",
                        transitions.isEmpty() ? null : Suggestion.among(state, transitions.keySet())));
    }

    private Strategy drift(Fields in) {
        double wanderDays = in.numberBetween("wander_days", 7, 1e-4, 1e5, "0.0001 to 100,000");
        double least = in.value("min") instanceof JsonString ? Double.NaN : in.number("min", Double.NEGATIVE_INFINITY);
        double most = in.value("max") instanceof JsonString ? Double.NaN : in.number("max", Double.POSITIVE_INFINITY);
        if (least > most) {
            in.error("min", "is above max", "at most " + most);
        }
        if (!in.has("base")) {
            in.error("base", "is missing", "a number, or a column of the table");
        }
        return new Strategy.Drift(
                in.requiredText("entity_column"),
                in.requiredText("time_column"),
                quantity(in, "base", 0),
                notNegative(in, "entity_sigma"),
                quantity(in, "daily_amplitude", 0),
                between(in, "peak_hour", NOON_PEAK, 24),
                quantity(in, "weekend_factor", 1),
                quantity(in, "yearly_amplitude", 0),
                between(in, "peak_day", SUMMER_PEAK, 366),
                notNegative(in, "wander"),
                wanderDays,
                notNegative(in, "noise"),
                quantity(in, "min", Double.NEGATIVE_INFINITY),
                quantity(in, "max", Double.POSITIVE_INFINITY),
                (int) in.whole("round", -1, 0, 12));
    }

    private Quantity quantity(Fields in, String name, double otherwise) {
        if (!(in.value(name) instanceof JsonString text)) {
            return new Quantity.Constant(in.number(name, otherwise));
        }
        return Numbers.parse(text.value())
                .<Quantity>map(number -> new Quantity.Constant(number.doubleValue()))
                .orElseGet(() -> new Quantity.OfColumn(in.requiredText(name)));
    }

    private Quantity notNegative(Fields in, String name) {
        return between(in, name, 0, 1e300);
    }

    private Quantity between(Fields in, String name, double otherwise, double most) {
        Quantity quantity = quantity(in, name, otherwise);
        if (quantity instanceof Quantity.Constant constant && (constant.value() < 0 || constant.value() > most)) {
            in.error(name, "is out of range", most > 1e299 ? "0 or more" : "0 to " + (long) most);
            return new Quantity.Constant(otherwise);
        }
        return quantity;
    }
}
