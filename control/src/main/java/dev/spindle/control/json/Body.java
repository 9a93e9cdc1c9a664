package dev.spindle.control.json;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The members of a JSON object whose kinds have been checked. */
public record Body(JsonObject object) {

    /** What problems with the body as a whole are filed under. */
    private static final String WHOLE = "(body)";

    /**
     * Reads UTF-8 text as one JSON value; {@code NaN}, keys given twice, and text after the value are errors.
     *
     * @throws ConfigurationException under the path {@code (body)}
     */
    public static JsonValue parse(byte[] utf8) {
        try {
            return JsonReader.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString(), WHOLE);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(e.problems().stream().map(Body::withPlace).toList());
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(new Problem(WHOLE, null, "is not UTF-8 text"));
        }
    }

    /**
     * The value's members, when it is an object of this shape.
     *
     * @throws ConfigurationException with every problem
     */
    public static Body of(JsonValue value, Shape.Members shape) {
        List<Problem> problems = new ArrayList<>();
        if (value instanceof JsonObject) {
            shape.check("", value, problems);
        } else {
            problems.add(new Problem(WHOLE, value.brief(), "is " + value.kind(), "an object"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Body((JsonObject) value);
    }

    /** The reader writes {@code NAME:LINE:COLUMN} as the path: the body is the field, the rest is the place in it. */
    private static Problem withPlace(Problem p) {
        String place = p.path().startsWith(WHOLE + ":") ? p.path().substring(WHOLE.length() + 1) : null;
        return new Problem(place == null ? p.path() : WHOLE, p.value(), p.reason(), p.allowed(), place);
    }

    public boolean has(String name) {
        return object.get(name) != null;
    }

    /** The member, or null. */
    public JsonValue value(String name) {
        return object.get(name);
    }

    public Optional<String> text(String name) {
        return object.get(name) instanceof JsonString text ? Optional.of(text.value()) : Optional.empty();
    }

    public OptionalDouble real(String name) {
        return object.get(name) instanceof JsonNumber number
                ? OptionalDouble.of(number.value().doubleValue())
                : OptionalDouble.empty();
    }

    public OptionalLong whole(String name) {
        return object.get(name) instanceof JsonNumber number
                ? OptionalLong.of(number.value().longValue())
                : OptionalLong.empty();
    }

    public Optional<Boolean> flag(String name) {
        return object.get(name) instanceof JsonBoolean yes ? Optional.of(yes.value()) : Optional.empty();
    }

    /** Collects the problems of steps that throw them. */
    public static void gather(List<Problem> problems, Runnable step) {
        try {
            step.run();
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
    }

    /** Runs {@code use} on each member of the list called {@code name}. */
    public void each(String name, Consumer<Body> use) {
        if (object.get(name) instanceof JsonValue.JsonArray list) {
            list.items().forEach(item -> use.accept(new Body((JsonObject) item)));
        }
    }
}
