package dev.spindle.engine.json;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;

/** A JSON value that knows where in its file it stands. YAML files are read into the same values. */
public sealed interface JsonValue {

    /** Where the value begins. */
    Location at();

    /** Line and column, both from 1; 0 where the value comes from no file. */
    record Location(int line, int column) {
        public static final Location NONE = new Location(0, 0);
    }

    record JsonObject(LinkedHashMap<String, JsonValue> members, Location at) implements JsonValue {
        /** The member called {@code key}, or null. */
        public JsonValue get(String key) {
            return members.get(key);
        }
    }

    record JsonArray(List<JsonValue> items, Location at) implements JsonValue {}

    record JsonString(String value, Location at) implements JsonValue {}

    record JsonNumber(BigDecimal value, Location at) implements JsonValue {}

    record JsonBoolean(boolean value, Location at) implements JsonValue {}

    record JsonNull(Location at) implements JsonValue {}

    /** What kind of value this is, in a person's words. */
    default String kind() {
        return switch (this) {
            case JsonObject o -> "an object";
            case JsonArray a -> "a list";
            case JsonString s -> "a text";
            case JsonNumber n -> "a number";
            case JsonBoolean b -> "true or false";
            case JsonNull n -> "null";
        };
    }

    /** The value as one would write it, shortened: for error messages. */
    default String brief() {
        return switch (this) {
            case JsonObject o -> "{…}";
            case JsonArray a -> "[…]";
            case JsonString s -> s.value();
            case JsonNumber n -> n.value().toPlainString();
            case JsonBoolean b -> Boolean.toString(b.value());
            case JsonNull n -> "null";
        };
    }
}
