package dev.spindle.control.live;

import dev.spindle.control.json.Body;
import dev.spindle.control.json.Field;
import dev.spindle.control.json.Shape;
import dev.spindle.control.request.BurstRequest;
import dev.spindle.control.request.RetuneRequest;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of {@code /v1/live}. */
public final class LiveMessages {

    /** The shortest time between two messages of figures. */
    public static final long LEAST_INTERVAL_MILLIS = 50;

    private static final long MOST_INTERVAL_MILLIS = 60_000;
    private static final Shape ID =
            Shape.either(Shape.whole(Long.MIN_VALUE, Long.MAX_VALUE), Shape.text(64));
    private static final Shape TIME = Shape.whole(0, Long.MAX_VALUE);

    private static final Map<String, Shape.Members> FROM_CLIENT = fromClient();

    private LiveMessages() {}

    private static Map<String, Shape.Members> fromClient() {
        Map<String, Shape.Members> shapes = new LinkedHashMap<>();
        shapes.put("auth", message("auth", false, Field.of("token", Shape.text(1_000), "The token.").mandatory().asSecret()));
        shapes.put(
                "subscribe",
                message(
                        "subscribe",
                        true,
                        Field.of(
                                        "interval_ms",
                                        Shape.whole(LEAST_INTERVAL_MILLIS, MOST_INTERVAL_MILLIS),
                                        "Time between two messages of figures, in milliseconds.")
                                .withDefault(1_000)));
        shapes.put("unsubscribe", message("unsubscribe", true));
        shapes.put("retune", message("retune", true, RetuneRequest.FIELDS.toArray(Field[]::new)));
        shapes.put("burst", message("burst", true, BurstRequest.FIELDS.toArray(Field[]::new)));
        for (String verb : List.of("pause", "resume", "stop")) {
            shapes.put(verb, message(verb, true));
        }
        return shapes;
    }

    private static Shape.Members message(String type, boolean ofRun, Field... own) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("type", Shape.oneOf(List.of(type)), "The kind of message.").mandatory());
        if (ofRun) {
            fields.add(Field.of("run", Shape.text(200), "The run.").mandatory());
        }
        fields.add(Field.of("id", ID, "Comes back in the answer."));
        fields.addAll(List.of(own));
        return new Shape.Members(List.copyOf(fields), true);
    }

    /** What clients may send, by type. */
    public static Map<String, Shape.Members> clientShapes() {
        return FROM_CLIENT;
    }

    /** What the server sends, by type; {@code result} is the shape of a run's result. */
    public static Map<String, Shape.Members> serverShapes(Shape.Members result) {
        Map<String, Shape.Members> shapes = new LinkedHashMap<>();
        shapes.put("ack", Shape.open(
                Field.of("type", Shape.oneOf(List.of("ack")), "ack").mandatory(),
                Field.of("id", ID, "That of the message that is answered, when it had one."),
                Field.of("applied_at_ns", TIME, "Since when it holds, on the run's clock."),
                Field.of("effective_seq", TIME, "The first event under the new plan."),
                Field.of("revision", TIME, "The plan's revision."),
                Field.of("n", TIME, "Number of the burst window that was added.")));
        shapes.put("error", Shape.open(
                Field.of("type", Shape.oneOf(List.of("error")), "error").mandatory(),
                Field.of("id", ID, "That of the message that is answered, when it had one."),
                Field.of("problems", Shape.items(ProblemTree.SHAPE, 10_000), "What was wrong.").mandatory()));
        shapes.put("stats", StatsFrame.SHAPE);
        shapes.put("ended", Shape.open(
                Field.of("type", Shape.oneOf(List.of("ended")), "ended").mandatory(),
                Field.of("run", Shape.text(200), "The run.").mandatory(),
                Field.of("result", result, "Its result.").mandatory()));
        return shapes;
    }

    /**
     * A message of one of the types, with its members checked.
     *
     * @throws ConfigurationException with every problem
     */
    static Body read(JsonValue value) {
        if (!(value instanceof JsonObject object)) {
            throw new ConfigurationException(new Problem("(message)", value.brief(), "is " + value.kind(), "an object"));
        }
        if (!(object.get("type") instanceof JsonString type)) {
            throw new ConfigurationException(
                    new Problem("type", null, "is missing or no text", "one of " + String.join(", ", FROM_CLIENT.keySet())));
        }
        Shape.Members shape = FROM_CLIENT.get(type.value());
        if (shape == null) {
            String brief = type.value().length() <= 40 ? type.value() : type.value().substring(0, 40) + "…";
            throw new ConfigurationException(
                    new Problem("type", brief, "is no type of message", Suggestion.among(brief, FROM_CLIENT.keySet())));
        }
        return Body.of(value, shape);
    }

    /** The id of a message, right or wrong otherwise, as it goes back; null when it has none that is valid. */
    static Object id(JsonValue value) {
        if (value instanceof JsonObject object) {
            JsonValue id = object.get("id");
            List<Problem> problems = new ArrayList<>();
            if (id != null) {
                ID.check("id", id, problems);
            }
            return switch (id) {
                case JsonNumber number when problems.isEmpty() -> number.value().longValue();
                case JsonString text when problems.isEmpty() -> text.value();
                case null, default -> null;
            };
        }
        return null;
    }
}
