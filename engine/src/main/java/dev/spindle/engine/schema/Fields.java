package dev.spindle.engine.schema;

import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The members of one JSON object, asked for by name and type; what does not fit is reported with its path and a default
 * is returned, so that reading goes on and finds the rest. Names not asked for are reported as unknown at the end.
 */
final class Fields {

    private final JsonObject object;
    private final String path;
    private final Findings findings;
    private final Map<String, JsonValue> members = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    Fields(JsonObject object, String path, Findings findings) {
        this.object = object;
        this.path = path;
        this.findings = findings;
        object.members().forEach((name, value) -> {
            members.put(name, value);
            paths.put(name, path.isEmpty() ? name : path + "." + name);
        });
    }

    /** Lets the members of a nested object count as members of this one, where this one has none of that name. */
    Fields withNested(String nested) {
        if (members.get(nested) instanceof JsonObject inner) {
            asked.add(nested);
            inner.members().forEach((name, value) -> {
                if (members.putIfAbsent(name, value) == null) {
                    paths.put(name, path + "." + nested + "." + name);
                }
            });
        }
        return this;
    }

    String path() {
        return path;
    }

    JsonObject object() {
        return object;
    }

    Findings findings() {
        return findings;
    }

    String pathOf(String name) {
        return paths.getOrDefault(name, path.isEmpty() ? name : path + "." + name);
    }

    /** The member, or null; JSON null counts as absent. */
    JsonValue value(String name) {
        asked.add(name);
        JsonValue value = members.get(name);
        return value instanceof JsonNull ? null : value;
    }

    /** The member as it stands, JSON null included, or null when there is none. */
    JsonValue given(String name) {
        asked.add(name);
        return members.get(name);
    }

    boolean has(String name) {
        return value(name) != null;
    }

    /** The first of the names that is present, else the first. */
    String firstPresent(String... names) {
        for (String name : names) {
            if (has(name)) {
                return name;
            }
        }
        return names[0];
    }

    void error(String name, String reason, String allowed) {
        JsonValue value = members.get(name);
        findings.error(value == null ? object : value, pathOf(name), reason, allowed);
    }

    String text(String name, String otherwise) {
        JsonValue value = value(name);
        return switch (value) {
            case null -> otherwise;
            case JsonString text -> text.value();
            case JsonNumber number -> number.value().toPlainString();
            case JsonBoolean b -> Boolean.toString(b.value());
            default -> {
                error(name, "must be a text, not " + value.kind(), null);
                yield otherwise;
            }
        };
    }

    /** A text that must be there; empty, after an error, when it is not. */
    String requiredText(String name) {
        if (!has(name)) {
            findings.error(object, pathOf(name), "is missing", "a text");
            return "";
        }
        String text = text(name, "");
        if (text.isBlank() && value(name) instanceof JsonString) {
            error(name, "is empty", "a text");
        }
        return text.isBlank() ? "" : text;
    }

    /** A name that may be left out, but is none when it is empty. */
    String name(String name) {
        return has(name) ? requiredText(name) : null;
    }

    double number(String name, double otherwise) {
        JsonValue value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof JsonNumber number && Double.isFinite(number.value().doubleValue())) {
            return number.value().doubleValue();
        }
        error(name, "must be a number" + (value instanceof JsonNumber ? " in range" : ", not " + value.kind()), null);
        return otherwise;
    }

    double requiredNumber(String name, double otherwise) {
        if (!has(name)) {
            findings.error(object, pathOf(name), "is missing", "a number");
            return otherwise;
        }
        return number(name, otherwise);
    }

    /** A number within bounds; outside them an error and {@code otherwise}. */
    double numberBetween(String name, double otherwise, double least, double most, String allowed) {
        double value = number(name, otherwise);
        if (has(name) && (value < least || value > most)) {
            error(name, "is out of range", allowed);
            return otherwise;
        }
        return value;
    }

    long whole(String name, long otherwise, long least, long most) {
        JsonValue value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof JsonNumber number) {
            try {
                long whole = number.value().longValueExact();
                if (whole >= least && whole <= most) {
                    return whole;
                }
            } catch (ArithmeticException e) {
                // no whole number of 64 bits: reported below like one out of range
            }
        }
        error(name, "must be a whole number", least + " to " + most);
        return otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        JsonValue value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof JsonBoolean flag) {
            return flag.value();
        }
        error(name, "must be true or false, not " + value.kind(), null);
        return otherwise;
    }

    JsonObject object(String name) {
        JsonValue value = value(name);
        if (value == null || value instanceof JsonObject) {
            return (JsonObject) value;
        }
        error(name, "must be an object, not " + value.kind(), null);
        return null;
    }

    /** The fields of a member that is an object, or null. */
    Fields fields(String name) {
        JsonObject inner = object(name);
        return inner == null ? null : new Fields(inner, pathOf(name), findings);
    }

    List<JsonValue> list(String name) {
        JsonValue value = value(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonArray list) {
            return list.items();
        }
        error(name, "must be a list, not " + value.kind(), null);
        return List.of();
    }

    /** A list of texts, or one text. */
    List<String> texts(String name) {
        if (value(name) instanceof JsonString one) {
            return List.of(one.value());
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue item : list(name)) {
            if (item instanceof JsonString text) {
                texts.add(text.value());
            } else {
                error(name, "must be a list of texts", null);
            }
        }
        return texts;
    }

    /** Warns about members that nobody asked for. */
    void warnOfUnknown() {
        members.forEach((name, value) -> {
            if (!asked.contains(name) && !name.startsWith("_") && !name.startsWith("$")) {
                findings.warning(value, pathOf(name), "is not known and has no effect", Suggestion.among(name, asked));
            }
        });
    }
}
