package dev.spindle.control.request;

import dev.spindle.control.json.JsonOut;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema that came in a request, as the file that the engine reads; alone in a folder of its own. */
public record InlineSchema(Path file) {

    static InlineSchema write(JsonValue schema) {
        try {
            Path file = Files.createTempDirectory("spindle-schema").resolve("schema.spindle.json");
            Files.writeString(file, JsonOut.text(tree(schema)));
            return new InlineSchema(file);
        } catch (IOException e) {
            throw new EngineException("the schema could not be written to a temporary file", e);
        }
    }

    private static Object tree(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonObject object -> {
                Map<String, Object> members = new LinkedHashMap<>();
                object.members().forEach((key, inner) -> members.put(key, tree(inner)));
                yield members;
            }
            case JsonValue.JsonArray list -> {
                List<Object> items = new ArrayList<>(); // may hold nulls
                list.items().forEach(item -> items.add(tree(item)));
                yield items;
            }
            case JsonValue.JsonString text -> text.value();
            case JsonValue.JsonNumber number -> new JsonOut.Raw(number.value().toString());
            case JsonValue.JsonBoolean yes -> yes.value();
            case JsonValue.JsonNull n -> null;
        };
    }

    void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        } catch (IOException e) {
            file.toFile().deleteOnExit(); // the run has what it needs; an empty folder does no harm
        }
    }
}
