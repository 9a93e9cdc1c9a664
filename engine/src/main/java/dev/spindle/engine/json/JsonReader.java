package dev.spindle.engine.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.JsonLocation;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.json.JsonValue.Location;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Reads JSON, and YAML by the file's ending, into {@link JsonValue}s; a key given twice is an error. */
public final class JsonReader {

    private static final int DEEPEST = 200;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private JsonReader() {}

    /**
     * The value in a file; {@code .yaml} and {@code .yml} are read as YAML 1.2, all else as JSON.
     *
     * @throws ConfigurationException when the file cannot be read or is no valid text of its format
     */
    public static JsonValue read(Path file) {
        byte[] bytes;
        try {
            if (Files.isDirectory(file)) {
                throw wrong(file.toString(), "is a directory, not a file");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw wrong(file.toString(), "cannot be read: " + IoText.reason(e));
        }
        return parse(text(bytes, file.toString()), file.toString());
    }

    /**
     * The value in a text; {@code name} stands in error messages and its ending decides between JSON and YAML.
     *
     * @throws ConfigurationException when it is no valid text of its format
     */
    public static JsonValue parse(String text, String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return YamlReader.parse(text, name);
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw wrong(name, "is empty");
            }
            JsonValue value = value(parser);
            if (parser.nextToken() != null) {
                JsonLocation at = parser.currentTokenLocation();
                throw wrong(name + ":" + at.getLineNr() + ":" + at.getColumnNr(), "more text after the end of the JSON");
            }
            return value;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? name : name + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw wrong(place, "is not JSON: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw wrong(name, "cannot be read: " + IoText.reason(e));
        }
    }

    private static JsonValue value(JsonParser parser) throws IOException {
        JsonLocation token = parser.currentTokenLocation();
        Location at = new Location(token.getLineNr(), token.getColumnNr());
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, at);
            case START_ARRAY -> array(parser, at);
            case VALUE_STRING -> new JsonString(parser.getText(), at);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(number(parser.getText()), at);
            case VALUE_TRUE -> new JsonBoolean(true, at);
            case VALUE_FALSE -> new JsonBoolean(false, at);
            default -> new JsonNull(at);
        };
    }

    /** A number of at most a few hundred digits when written out, so that {@code 1e999999999} costs nothing. */
    private static BigDecimal number(String text) throws IOException {
        BigDecimal value = new BigDecimal(text);
        if (Math.abs((long) value.precision() - value.scale()) > 400 || value.scale() > 400) {
            throw new IOException("the number " + text + " is out of range");
        }
        return value;
    }

    private static JsonObject object(JsonParser parser, Location at) throws IOException {
        LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            members.put(key, value(parser));
        }
        return new JsonObject(members, at);
    }

    private static JsonArray array(JsonParser parser, Location at) throws IOException {
        List<JsonValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new JsonArray(items, at);
    }

    private static String text(byte[] bytes, String name) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw wrong(name, "is not UTF-8 text");
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    static ConfigurationException wrong(String place, String reason) {
        return new ConfigurationException(new Problem(place, null, reason));
    }
}
