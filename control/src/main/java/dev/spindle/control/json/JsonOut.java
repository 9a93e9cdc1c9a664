package dev.spindle.control.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes trees of maps, lists, texts, numbers, booleans and nulls as JSON. */
public final class JsonOut {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonOut() {}

    /** JSON text that is put into a tree as it is. */
    public record Raw(String json) {}

    /** A map that keeps its order, from keys and values in turn; a pair whose value is {@link Absent} is left out. */
    public static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1] != Absent.ABSENT) {
                tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        return tree;
    }

    /** Stands for a member that is not there. */
    public enum Absent {
        ABSENT
    }

    /** {@code value}, or {@link Absent} for null. */
    public static Object present(Object value) {
        return value == null ? Absent.ABSENT : value;
    }

    /** The tree as compact JSON. */
    public static String text(Object tree) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            value(tree, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void value(Object value, JsonGenerator out) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Raw raw -> out.writeRawValue(raw.json());
            case Map<?, ?> members -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    out.writeFieldName((String) member.getKey());
                    value(member.getValue(), out);
                }
                out.writeEndObject();
            }
            case Iterable<?> items -> {
                out.writeStartArray();
                for (Object item : items) {
                    value(item, out);
                }
                out.writeEndArray();
            }
            case String text -> out.writeString(text);
            case Boolean yes -> out.writeBoolean(yes);
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number when !Double.isFinite(number) -> out.writeNull(); // JSON has no word for it
            case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
                out.writeNumber(number.longValue());
            case Double number -> out.writeNumber(number);
            default -> throw new IllegalArgumentException(value.getClass().getName());
        }
    }
}
