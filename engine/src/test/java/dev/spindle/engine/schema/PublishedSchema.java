package dev.spindle.engine.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The JSON Schema that is published with the project, and what it says of the format. */
public final class PublishedSchema {

    private static final Path FILE = Path.of("..", "docs", "schema", "spindle.schema.json");

    private final JsonObject document;
    private final com.networknt.schema.Schema validator;

    private PublishedSchema(String text) {
        this.document = (JsonObject) JsonReader.parse(text, FILE.toString());
        this.validator = registry().getSchema(text, InputFormat.JSON);
    }

    public static PublishedSchema read() {
        try {
            return new PublishedSchema(Files.readString(FILE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    }

    public JsonObject document() {
        return document;
    }

    /** What is wrong with the published document itself. */
    List<Error> ownErrors() {
        return registry()
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                .validate(node(document));
    }

    /** What it finds wrong with a schema file. */
    public List<Error> errors(JsonValue file) {
        return validator.validate(node(file));
    }

    /** A definition by its name. */
    JsonObject definition(String name) {
        JsonObject found = (JsonObject) ((JsonObject) document.get("$defs")).get(name);
        if (found == null) {
            throw new AssertionError("the JSON Schema has no definition " + name);
        }
        return found;
    }

    /** What {@code $ref} leads to, or the schema itself. */
    JsonObject resolved(JsonObject schema) {
        return schema.get("$ref") instanceof JsonString ref ? resolved(definition(ref.value().substring("#/$defs/".length()))) : schema;
    }

    /** The names of the keys that an object's schema lists, notes aside. */
    public static Set<String> keys(JsonObject schema) {
        Set<String> keys = new LinkedHashSet<>(((JsonObject) schema.get("properties")).members().keySet());
        keys.removeIf(key -> key.startsWith("$"));
        return keys;
    }

    /** The texts that a schema allows: those of {@code enum}, or the {@code const} of its alternatives; empty for any text. */
    public static Set<String> choices(JsonObject schema) {
        Set<String> found = new LinkedHashSet<>();
        if (schema.get("enum") instanceof JsonArray list) {
            list.items().stream().filter(JsonString.class::isInstance).forEach(v -> found.add(v.brief()));
        }
        if (schema.get("const") instanceof JsonString text) {
            found.add(text.value());
        }
        for (String word : List.of("oneOf", "anyOf")) {
            if (schema.get(word) instanceof JsonArray list) {
                list.items().forEach(item -> found.addAll(choices((JsonObject) item)));
            }
        }
        return found;
    }

    static JsonNode node(JsonValue value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (value) {
            case JsonObject object -> {
                ObjectNode node = make.objectNode();
                object.members().forEach((key, member) -> node.set(key, node(member)));
                yield node;
            }
            case JsonArray list -> {
                ArrayNode node = make.arrayNode();
                list.items().forEach(item -> node.add(node(item)));
                yield node;
            }
            case JsonString text -> make.textNode(text.value());
            case JsonNumber number -> make.numberNode(number.value());
            case JsonBoolean truth -> make.booleanNode(truth.value());
            case JsonNull nothing -> make.nullNode();
        };
    }
}
