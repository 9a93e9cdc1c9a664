package dev.spindle.engine.anomaly;

import dev.spindle.engine.anomaly.Draft.Kind;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads definitions from a file's value and notes all that is wrong with them. Used once. */
final class AnomalyReader {

    private static final String LIST = "anomalies";
    private static final Map<Kind, List<String>> KEYS = Map.of(
            Kind.POINT, List.of("type", "name", "column", "multiplier_range", "fraction"),
            Kind.CONTEXTUAL,
                    List.of(
                            "type",
                            "name",
                            "column",
                            "condition_column",
                            "normal_values",
                            "anomalous_values",
                            "fraction"),
            Kind.COLLECTIVE,
                    List.of(
                            "type",
                            "name",
                            "group_column",
                            "timestamp_column",
                            "window_seconds",
                            "period_seconds",
                            "fraction"));
    private static final List<String> TYPES = List.of("point", "contextual", "collective");

    /** More seconds than any window may have, and few enough for a {@link Duration}. */
    private static final BigDecimal MANY_SECONDS = new BigDecimal("1e15");

    private final List<Problem> problems = new ArrayList<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final Map<String, String> pathsByLabel = new HashMap<>();

    AnomalyRegistry read(JsonValue file) {
        switch (file) {
            case JsonArray list -> readAll(list);
            case JsonObject object -> {
                noteUnknown(object, "", List.of(LIST));
                JsonValue list = object.get(LIST);
                switch (list) {
                    case null -> problems.add(new Problem(LIST, null, "is missing", "a list of definitions"));
                    case JsonArray array -> readAll(array);
                    default -> wrongKind(LIST, list, "a list of definitions");
                }
            }
            default -> wrongKind(LIST, file, "an object with a list called anomalies");
        }
        return new AnomalyRegistry(anomalies, drafts, problems);
    }

    private void readAll(JsonArray list) {
        for (int i = 0; i < list.items().size(); i++) {
            String path = LIST + "[" + i + "]";
            if (list.items().get(i) instanceof JsonObject definition) {
                readOne(definition, path);
            } else {
                wrongKind(path, list.items().get(i), "an object");
            }
        }
    }

    private void readOne(JsonObject definition, String path) {
        List<String> noted = new ArrayList<>();
        Kind kind = kind(definition, path);
        String name = text(definition, path, "name", noted);
        if (kind == null) {
            return;
        }
        noteUnknown(definition, path + ".", KEYS.get(kind));
        Draft draft = new Draft(kind, path, name);
        draft.noted.addAll(noted);
        BigDecimal fraction = number(definition, path, "fraction", draft.noted);
        switch (kind) {
            case POINT -> {
                draft.fraction = fraction == null ? PointAnomaly.FRACTION : fraction.doubleValue();
                draft.column = text(definition, path, "column", draft.noted);
                readRange(definition, draft);
            }
            case CONTEXTUAL -> {
                draft.fraction = fraction == null ? ContextualAnomaly.FRACTION : fraction.doubleValue();
                draft.column = text(definition, path, "column", draft.noted);
                draft.conditionColumn = text(definition, path, "condition_column", draft.noted);
                draft.normalValues = values(definition, path, "normal_values", draft.noted);
                draft.anomalousValues = values(definition, path, "anomalous_values", draft.noted);
            }
            case COLLECTIVE -> {
                draft.fraction = fraction == null ? CollectiveAnomaly.FRACTION : fraction.doubleValue();
                draft.groupColumn = text(definition, path, "group_column", draft.noted);
                draft.timestampColumn = text(definition, path, "timestamp_column", draft.noted);
                Duration window = seconds(definition, path, "window_seconds", draft.noted);
                draft.window = window == null ? CollectiveAnomaly.WINDOW : window;
                draft.period = seconds(definition, path, "period_seconds", draft.noted);
            }
        }
        keep(draft);
    }

    private void keep(Draft draft) {
        int before = problems.size();
        draft.check(problems);
        String other = draft.name == null ? null : pathsByLabel.putIfAbsent(draft.label(), draft.path);
        if (other != null) {
            problems.add(new Problem(draft.path + ".name", draft.name, "is taken by " + other, "another name"));
        }
        drafts.add(draft);
        if (problems.size() == before && draft.noted.isEmpty()) {
            anomalies.add(Definitions.anomaly(draft));
        }
    }

    private Kind kind(JsonObject definition, String path) {
        return switch (definition.get("type")) {
            case null -> {
                problems.add(new Problem(path + ".type", null, "is missing", "one of " + String.join(", ", TYPES)));
                yield null;
            }
            case JsonString(String word, JsonValue.Location at) when TYPES.contains(word) ->
                Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT));
            case JsonValue other -> {
                problems.add(new Problem(path + ".type", other.brief(), "is no type of anomaly", Suggestion.among(other.brief(), TYPES)));
                yield null;
            }
        };
    }

    private void readRange(JsonObject definition, Draft draft) {
        String key = "multiplier_range";
        draft.multiplierLow = PointAnomaly.LOW;
        draft.multiplierHigh = PointAnomaly.HIGH;
        JsonValue given = definition.get(key);
        if (given == null) {
            return;
        }
        if (given instanceof JsonArray(List<JsonValue> items, JsonValue.Location at)
                && items.size() == 2
                && items.get(0) instanceof JsonNumber low
                && items.get(1) instanceof JsonNumber high) {
            draft.multiplierLow = low.value().doubleValue();
            draft.multiplierHigh = high.value().doubleValue();
        } else {
            problems.add(new Problem(
                    draft.path + "." + key, given.brief(), "is no range", "two numbers, the lower one first"));
            draft.noted.add(key);
        }
    }

    private String text(JsonObject definition, String path, String key, List<String> noted) {
        return switch (definition.get(key)) {
            case null -> null;
            case JsonString text -> text.value();
            case JsonValue other -> {
                wrongKind(path + "." + key, other, "a text");
                noted.add(key);
                yield null;
            }
        };
    }

    private BigDecimal number(JsonObject definition, String path, String key, List<String> noted) {
        return switch (definition.get(key)) {
            case null -> null;
            case JsonNumber number -> number.value();
            case JsonValue other -> {
                wrongKind(path + "." + key, other, "a number");
                noted.add(key);
                yield null;
            }
        };
    }

    private Duration seconds(JsonObject definition, String path, String key, List<String> noted) {
        BigDecimal seconds = number(definition, path, key, noted);
        if (seconds == null) {
            return null;
        }
        BigDecimal bounded = seconds.min(MANY_SECONDS).max(MANY_SECONDS.negate());
        long whole = bounded.longValue();
        return Duration.ofSeconds(
                whole, bounded.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }

    private List<?> values(JsonObject definition, String path, String key, List<String> noted) {
        return switch (definition.get(key)) {
            case null -> null;
            case JsonArray list -> {
                List<Object> values = new ArrayList<>();
                for (JsonValue item : list.items()) {
                    values.add(
                            switch (item) {
                                case JsonString text -> text.value();
                                case JsonNumber number -> number.value();
                                case JsonBoolean bool -> bool.value();
                                default -> new Draft.NoValue(item.brief());
                            });
                }
                yield List.copyOf(values);
            }
            case JsonValue other -> {
                wrongKind(path + "." + key, other, "a list of values");
                noted.add(key);
                yield null;
            }
        };
    }

    private void noteUnknown(JsonObject object, String prefix, List<String> known) {
        for (String key : object.members().keySet()) {
            if (!known.contains(key)) {
                problems.add(new Problem(prefix + key, null, "is no key that is known here", Suggestion.among(key, known)));
            }
        }
    }

    private void wrongKind(String path, JsonValue given, String wanted) {
        problems.add(new Problem(path, given.brief(), "is " + given.kind(), wanted));
    }
}
