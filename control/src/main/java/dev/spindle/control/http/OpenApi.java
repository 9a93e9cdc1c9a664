package dev.spindle.control.http;

import dev.spindle.control.json.JsonOut;
import dev.spindle.control.json.JsonOut.Absent;
import dev.spindle.control.json.Shape;
import dev.spindle.control.live.LiveMessages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The routes and their shapes as an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0). */
final class OpenApi {

    private OpenApi() {}

    static String document(List<Operation> operations, Map<String, Shape.Members> shapes, boolean token) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Operation operation : operations) {
            @SuppressWarnings("unchecked")
            Map<String, Object> path =
                    (Map<String, Object>) paths.computeIfAbsent(operation.path(), p -> new LinkedHashMap<String, Object>());
            path.put(operation.method().name().toLowerCase(Locale.ROOT), operation(operation));
        }
        paths.put("/v1/live", live());
        Map<String, Object> schemas = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> schemas.put(name, shape.schema()));
        schemas.put("LiveFromClient", union(LiveMessages.clientShapes()));
        schemas.put("LiveFromServer", union(LiveMessages.serverShapes(ResultShape.SHAPE)));
        Map<String, Object> components = JsonOut.object("schemas", schemas);
        if (token) {
            components.put("securitySchemes", JsonOut.object("token", JsonOut.object("type", "http", "scheme", "bearer")));
        }
        return JsonOut.text(JsonOut.object(
                "openapi", "3.1.0",
                "info", JsonOut.object(
                        "title", "Spindle control plane",
                        "description", "Starts, watches, retunes and stops runs.",
                        "version", "1"),
                "security", token ? List.of(JsonOut.object("token", List.of())) : Absent.ABSENT,
                "paths", paths,
                "components", components));
    }

    private static Map<String, Object> operation(Operation operation) {
        List<Object> parameters = new ArrayList<>();
        for (String part : operation.path().split("/")) {
            if (part.startsWith("{")) {
                String name = part.substring(1, part.length() - 1);
                parameters.add(JsonOut.object(
                        "name", name,
                        "in", "path",
                        "required", true,
                        "schema", JsonOut.object("type", name.equals("n") ? "integer" : "string")));
            }
        }
        for (Operation.Query query : operation.query()) {
            parameters.add(JsonOut.object(
                    "name", query.name(),
                    "in", "query",
                    "description", query.help(),
                    "schema", JsonOut.object("type", "string", "enum", query.words(), "default", query.words().getFirst())));
        }
        if (operation.conditional()) {
            parameters.add(JsonOut.object(
                    "name", "If-Match",
                    "in", "header",
                    "description", "The plan's revision, as the ETag says it; when it has moved on, nothing is changed.",
                    "schema", JsonOut.object("type", "string")));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        for (Operation.Reply reply : operation.replies()) {
            @SuppressWarnings("unchecked")
            Map<String, Object> response = (Map<String, Object>) responses.computeIfAbsent(
                    Integer.toString(reply.status()), s -> JsonOut.object("description", reply.help()));
            if (reply.mediaType() != null) {
                @SuppressWarnings("unchecked")
                Map<String, Object> content =
                        (Map<String, Object>) response.computeIfAbsent("content", c -> new LinkedHashMap<String, Object>());
                content.put(reply.mediaType(), JsonOut.object(
                        "schema", reply.schema() == null ? JsonOut.object("type", "string") : reference(reply.schema())));
            }
        }
        return JsonOut.object(
                "operationId", operation.name(),
                "summary", operation.summary(),
                "parameters", parameters.isEmpty() ? Absent.ABSENT : parameters,
                "requestBody", operation.body() == null
                        ? Absent.ABSENT
                        : JsonOut.object(
                                "required", true,
                                "content", JsonOut.object(
                                        Answer.JSON, JsonOut.object("schema", reference(operation.body())))),
                "responses", responses);
    }

    private static Map<String, Object> reference(String schema) {
        return JsonOut.object("$ref", "#/components/schemas/" + schema);
    }

    private static Map<String, Object> union(Map<String, Shape.Members> messages) {
        return JsonOut.object("oneOf", messages.values().stream().map(Shape::schema).toList());
    }

    private static Map<String, Object> live() {
        return JsonOut.object("get", JsonOut.object(
                "operationId", "live",
                "summary", "A WebSocket: JSON text frames, LiveFromClient one way and LiveFromServer the other.",
                "responses", JsonOut.object(
                        "101", JsonOut.object("description", "Switching to the WebSocket protocol."),
                        "426", JsonOut.object("description", "No WebSocket handshake."))));
    }
}
