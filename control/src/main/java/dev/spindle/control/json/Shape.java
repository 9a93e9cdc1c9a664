package dev.spindle.control.json;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a JSON value may be. {@link #check} says what is wrong with a value, {@link #schema} says the same in advance, as
 * a JSON Schema (2020-12, which OpenAPI 3.1 uses); neither can drift from the other.
 */
public sealed interface Shape {

    /** A number from {@code least} to {@code most}; {@code aboveLeast}: but not {@code least} itself. */
    record Real(double least, double most, boolean aboveLeast) implements Shape {}

    /** A number without a fraction. */
    record Whole(long least, long most) implements Shape {}

    /** A text of at most {@code longest} characters; one of {@code choices} unless they are empty. */
    record Text(int longest, List<String> choices) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** Null. */
    record Nothing() implements Shape {}

    /** A list of at most {@code most} items. */
    record Items(Shape item, int most) implements Shape {}

    /** An object with these members; {@code closed}: and no others. */
    record Members(List<Field> fields, boolean closed) implements Shape {}

    /** An object with any keys. */
    record Lookup(Shape value, int most) implements Shape {}

    /** Whichever of these has the value's kind. */
    record Either(List<Shape> shapes) implements Shape {}

    /** An object or a list that is checked by what reads it. */
    record Free(String kind) implements Shape {}

    static Shape real(double least, double most) {
        return new Real(least, most, false);
    }

    static Shape above(double least, double most) {
        return new Real(least, most, true);
    }

    static Shape whole(long least, long most) {
        return new Whole(least, most);
    }

    static Shape text(int longest) {
        return new Text(longest, List.of());
    }

    static Shape oneOf(List<String> words) {
        return new Text(Integer.MAX_VALUE, List.copyOf(words));
    }

    static Shape flag() {
        return new Flag();
    }

    static Shape items(Shape item, int most) {
        return new Items(item, most);
    }

    /** A request's object: unknown members are errors. */
    static Members closed(Field... fields) {
        return new Members(List.of(fields), true);
    }

    /** An answer's object: later versions may add members. */
    static Members open(Field... fields) {
        return new Members(List.of(fields), false);
    }

    static Shape either(Shape... shapes) {
        return new Either(List.of(shapes));
    }

    /** Adds one problem for each wrong value to {@code problems}, under {@code path}. */
    default void check(String path, JsonValue value, List<Problem> problems) {
        switch (this) {
            case Either e -> checkOne(path, value, problems);
            case Shape any when !takes(value) ->
                problems.add(new Problem(path, value.brief(), "is " + value.kind(), allowed()));
            case Real r -> range(path, ((JsonNumber) value).value(), problems);
            case Whole w -> range(path, ((JsonNumber) value).value(), problems);
            case Text t -> chosen(path, ((JsonString) value).value(), problems);
            case Items i -> all(path, ((JsonArray) value).items(), problems);
            case Members m -> all(path, (JsonObject) value, problems);
            case Lookup l -> all(path, ((JsonObject) value).members(), problems);
            case Flag f -> {}
            case Nothing n -> {}
            case Free f -> {}
        }
    }

    /** Whether the value is of the right kind, whatever it says. */
    private boolean takes(JsonValue value) {
        return switch (this) {
            case Real r -> value instanceof JsonNumber;
            case Whole w -> value instanceof JsonNumber;
            case Text t -> value instanceof JsonString;
            case Flag f -> value instanceof JsonBoolean;
            case Nothing n -> value instanceof JsonNull;
            case Items i -> value instanceof JsonArray;
            case Members m -> value instanceof JsonObject;
            case Lookup l -> value instanceof JsonObject;
            case Free f when f.kind.equals("array") -> value instanceof JsonArray;
            case Free f -> value instanceof JsonObject;
            case Either e -> e.shapes.stream().anyMatch(s -> s.takes(value));
        };
    }

    /** What is allowed, in a person's words. */
    default String allowed() {
        return switch (this) {
            case Real r when r.aboveLeast -> "a number above " + plain(r.least) + ", at most " + plain(r.most);
            case Real r -> "a number from " + plain(r.least) + " to " + plain(r.most);
            case Whole w -> "a whole number from " + w.least + " to " + w.most;
            case Text t when t.choices.isEmpty() -> "a text of at most " + t.longest + " characters";
            case Text t -> "one of " + String.join(", ", t.choices);
            case Flag f -> "true or false";
            case Nothing n -> "null";
            case Items i -> "a list of " + i.most + " at most";
            case Members m ->
                "an object with " + m.fields.stream().map(Field::name).collect(Collectors.joining(", "));
            case Lookup l -> "an object";
            case Free f -> f.kind.equals("array") ? "a list" : "an object";
            case Either e -> e.shapes.stream().map(Shape::allowed).collect(Collectors.joining(", or "));
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** The shape as a JSON Schema. */
    default Map<String, Object> schema() {
        return switch (this) {
            case Real r ->
                JsonOut.object("type", "number", r.aboveLeast ? "exclusiveMinimum" : "minimum", r.least, "maximum", r.most);
            case Whole w -> JsonOut.object("type", "integer", "minimum", w.least, "maximum", w.most);
            case Text t when t.choices.isEmpty() -> JsonOut.object("type", "string", "maxLength", t.longest);
            case Text t -> JsonOut.object("type", "string", "enum", t.choices);
            case Flag f -> JsonOut.object("type", "boolean");
            case Nothing n -> JsonOut.object("type", "null");
            case Items i -> JsonOut.object("type", "array", "items", i.item.schema(), "maxItems", i.most);
            case Members m -> describe();
            case Lookup l ->
                JsonOut.object("type", "object", "additionalProperties", l.value.schema(), "maxProperties", l.most);
            case Free f -> JsonOut.object("type", f.kind);
            case Either e -> JsonOut.object("anyOf", e.shapes.stream().map(Shape::schema).toList());
        };
    }

    private void range(String path, BigDecimal given, List<Problem> problems) {
        double value = given.doubleValue();
        boolean inside = switch (this) {
            case Real(double least, double most, boolean above) ->
                value <= most && (above ? value > least : value >= least);
            case Whole(long least, long most) ->
                given.stripTrailingZeros().scale() <= 0
                        && given.compareTo(BigDecimal.valueOf(least)) >= 0
                        && given.compareTo(BigDecimal.valueOf(most)) <= 0;
            default -> throw new IllegalStateException();
        };
        if (!inside) {
            problems.add(new Problem(path, brief(given), "is out of range", allowed()));
        }
    }

    private static String brief(BigDecimal number) {
        String plain = number.toPlainString();
        return plain.length() <= 30 ? plain : number.round(new java.math.MathContext(6)).toString();
    }

    private void chosen(String path, String given, List<Problem> problems) {
        Text text = (Text) this;
        if (!text.choices.isEmpty() && !text.choices.contains(given)) {
            problems.add(new Problem(path, shortened(given), "is not known here", Suggestion.among(shortened(given), text.choices)));
        } else if (given.codePointCount(0, given.length()) > text.longest) {
            problems.add(new Problem(path, shortened(given), "is too long", allowed()));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "…";
    }

    private void all(String path, List<JsonValue> items, List<Problem> problems) {
        Items list = (Items) this;
        if (items.size() > list.most) {
            problems.add(new Problem(path, Integer.toString(items.size()), "are too many", allowed()));
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            list.item.check(path + "[" + i + "]", items.get(i), problems);
        }
    }

    private void all(String path, Map<String, JsonValue> members, List<Problem> problems) {
        Lookup lookup = (Lookup) this;
        if (members.size() > lookup.most) {
            problems.add(new Problem(path, Integer.toString(members.size()), "are too many", lookup.most + " at most"));
            return;
        }
        members.forEach((key, value) -> lookup.value.check(inside(path, key), value, problems));
    }

    private void all(String path, JsonObject object, List<Problem> problems) {
        Members members = (Members) this;
        List<String> names = members.fields.stream().map(Field::name).toList();
        for (String key : object.members().keySet()) {
            if (members.closed && !names.contains(key)) {
                problems.add(new Problem(
                        inside(path, shortened(key)), null, "is not known here", Suggestion.among(shortened(key), names)));
            }
        }
        for (Field field : members.fields) {
            String at = inside(path, field.name());
            JsonValue value = object.get(field.name());
            if (value == null && field.required()) {
                problems.add(new Problem(at, null, "is missing", field.shape().allowed()));
            } else if (value != null && field.secret()) {
                List<Problem> found = new ArrayList<>();
                field.shape().check(at, value, found);
                found.forEach(p -> problems.add(new Problem(p.path(), null, p.reason(), p.allowed())));
            } else if (value != null) {
                field.shape().check(at, value, problems);
            }
        }
    }

    private static String inside(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void checkOne(String path, JsonValue value, List<Problem> problems) {
        Either either = (Either) this;
        List<Problem> last = null;
        for (Shape shape : either.shapes) {
            if (shape.takes(value)) {
                last = new ArrayList<>();
                shape.check(path, value, last);
                if (last.isEmpty()) {
                    return;
                }
            }
        }
        if (last == null) {
            problems.add(new Problem(path, value.brief(), "is " + value.kind(), allowed()));
        } else {
            problems.addAll(last);
        }
    }

    private Map<String, Object> describe() {
        Members members = (Members) this;
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field field : members.fields) {
            Map<String, Object> schema = new LinkedHashMap<>(field.shape().schema());
            schema.put("description", field.help());
            if (field.defaultValue() != null) {
                schema.put("default", field.defaultValue());
            }
            if (field.secret()) {
                schema.put("writeOnly", true);
            }
            if (field.group() != null) {
                schema.put("x-group", field.group());
            }
            properties.put(field.name(), schema);
            if (field.required()) {
                required.add(field.name());
            }
        }
        Map<String, Object> schema = JsonOut.object("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (members.closed) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }
}
