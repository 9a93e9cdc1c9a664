package dev.spindle.control.http;

import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A validator for the JSON Schema words that the document uses, written apart from what makes them; others are errors. */
final class JsonSchema {

    private static final List<String> NOTES = List.of("description", "default", "writeOnly", "x-group");

    private final JsonObject document;
    private final List<String> errors = new ArrayList<>();

    private JsonSchema(JsonObject document) {
        this.document = document;
    }

    /** What is wrong with a value by the schema; empty when nothing is. */
    static List<String> errors(JsonObject document, JsonObject schema, JsonValue value) {
        JsonSchema check = new JsonSchema(document);
        check.check("$", schema, value);
        return check.errors;
    }

    private void check(String at, JsonObject schema, JsonValue value) {
        for (Map.Entry<String, JsonValue> word : schema.members().entrySet()) {
            word(at, schema, word.getKey(), word.getValue(), value);
        }
    }

    private void word(String at, JsonObject schema, String word, JsonValue of, JsonValue value) {
        switch (word) {
            case "$ref" -> check(at, resolve(((JsonString) of).value()), value);
            case "type" -> require(at, isType(((JsonString) of).value(), value), "is no " + ((JsonString) of).value());
            case "minimum" -> require(at, !(value instanceof JsonNumber n) || n.value().compareTo(number(of)) >= 0, "is below");
            case "exclusiveMinimum" -> require(at, !(value instanceof JsonNumber n) || n.value().compareTo(number(of)) > 0, "is not above");
            case "maximum" -> require(at, !(value instanceof JsonNumber n) || n.value().compareTo(number(of)) <= 0, "is above");
            case "maxLength" -> require(at, !(value instanceof JsonString s) || s.value().codePointCount(0, s.value().length()) <= number(of).intValue(), "is too long");
            case "enum" -> require(at, ((JsonArray) of).items().stream().anyMatch(item -> same(item, value)), "is none of " + of.brief());
            case "items" -> {
                if (value instanceof JsonArray list) {
                    for (int i = 0; i < list.items().size(); i++) {
                        check(at + "[" + i + "]", (JsonObject) of, list.items().get(i));
                    }
                }
            }
            case "maxItems" -> require(at, !(value instanceof JsonArray a) || a.items().size() <= number(of).intValue(), "is too long");
            case "maxProperties" -> require(at, !(value instanceof JsonObject o) || o.members().size() <= number(of).intValue(), "is too large");
            case "properties" -> {
                if (value instanceof JsonObject object) {
                    ((JsonObject) of).members().forEach((name, inner) -> {
                        if (object.get(name) != null) {
                            check(at + "." + name, (JsonObject) inner, object.get(name));
                        }
                    });
                }
            }
            case "required" -> {
                if (value instanceof JsonObject object) {
                    for (JsonValue name : ((JsonArray) of).items()) {
                        require(at, object.get(((JsonString) name).value()) != null, "lacks " + name.brief());
                    }
                }
            }
            case "additionalProperties" -> additional(at, schema, of, value);
            case "anyOf" -> require(
                    at,
                    ((JsonArray) of).items().stream().anyMatch(option -> errors(document, (JsonObject) option, value).isEmpty()),
                    "fits no alternative");
            case "oneOf" -> require(
                    at,
                    ((JsonArray) of).items().stream().filter(option -> errors(document, (JsonObject) option, value).isEmpty()).count() == 1,
                    "does not fit exactly one alternative");
            default -> require(at, NOTES.contains(word), "meets the unknown word " + word);
        }
    }

    private void additional(String at, JsonObject schema, JsonValue of, JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            return;
        }
        JsonObject known = (JsonObject) schema.get("properties");
        object.members().forEach((name, inner) -> {
            if (known != null && known.get(name) != null) {
                return;
            }
            if (of instanceof JsonObject shape) {
                check(at + "." + name, shape, inner);
            } else {
                require(at, ((JsonBoolean) of).value(), "has the unknown member " + name);
            }
        });
    }

    private JsonObject resolve(String reference) {
        JsonValue found = document;
        for (String step : reference.substring(2).split("/")) {
            found = ((JsonObject) found).get(step);
        }
        return (JsonObject) found;
    }

    private static BigDecimal number(JsonValue of) {
        return ((JsonNumber) of).value();
    }

    private static boolean same(JsonValue a, JsonValue b) {
        return a instanceof JsonString s && b instanceof JsonString t && s.value().equals(t.value());
    }

    private static boolean isType(String type, JsonValue value) {
        return switch (type) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof JsonArray;
            case "string" -> value instanceof JsonString;
            case "number" -> value instanceof JsonNumber;
            case "integer" -> value instanceof JsonNumber n && n.value().stripTrailingZeros().scale() <= 0;
            case "boolean" -> value instanceof JsonBoolean;
            case "null" -> value instanceof JsonNull;
            default -> throw new AssertionError("unknown type " + type);
        };
    }

    private void require(String at, boolean holds, String otherwise) {
        if (!holds) {
            errors.add(at + " " + otherwise);
        }
    }
}
