package dev.spindle.engine.json;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.json.JsonValue.Location;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 read into the values that JSON is read into, with the places where they stand. */
final class YamlReader {

    private static final int DEEPEST = 200;

    private YamlReader() {}

    static JsonValue parse(String text, String name) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setMaxAliasesForCollections(50)
                .setAllowDuplicateKeys(false)
                .setSchema(new CoreSchema())
                .build();
        try {
            checkDepth(settings, text, name);
            Optional<Node> node = new Compose(settings).composeReader(new StringReader(text));
            return value(node.orElseThrow(() -> JsonReader.wrong(name, "is empty")), name, 0);
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark().map(m -> name + ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse(name);
            throw JsonReader.wrong(place, "is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw JsonReader.wrong(name, "is not YAML: " + e.getMessage().lines().findFirst().orElse("?"));
        }
    }

    /** The library puts values together by recursion: what is nested too deeply must not come that far. */
    private static void checkDepth(LoadSettings settings, String text, String name) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw tooDeep(name);
            }
        }
    }

    private static ConfigurationException tooDeep(String name) {
        return JsonReader.wrong(name, "is nested more than " + DEEPEST + " levels deep");
    }

    private static JsonValue value(Node node, String name, int depth) {
        if (depth > DEEPEST) {
            throw tooDeep(name); // an alias of itself
        }
        Location at = node.getStartMark().map(YamlReader::location).orElse(Location.NONE);
        return switch (node) {
            case MappingNode mapping -> {
                LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
                for (NodeTuple member : mapping.getValue()) {
                    if (!(member.getKeyNode() instanceof ScalarNode key)) {
                        throw JsonReader.wrong(name + ":" + at.line() + ":" + at.column(), "a key that is no text");
                    }
                    if (members.put(key.getValue(), value(member.getValueNode(), name, depth + 1)) != null) {
                        throw JsonReader.wrong(
                                name + ":" + at.line() + ":" + at.column(), "the key " + key.getValue() + " is given twice");
                    }
                }
                yield new JsonObject(members, at);
            }
            case SequenceNode sequence -> {
                List<JsonValue> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(value(item, name, depth + 1));
                }
                yield new JsonArray(items, at);
            }
            case ScalarNode scalar -> scalar(scalar, at);
            default -> throw JsonReader.wrong(name, "an alias that leads nowhere");
        };
    }

    private static JsonValue scalar(ScalarNode node, Location at) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return new JsonNull(at);
        }
        if (tag.equals(Tag.BOOL)) {
            return new JsonBoolean(Boolean.parseBoolean(text), at);
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            try {
                BigDecimal value = new BigDecimal(text);
                if (Math.abs((long) value.precision() - value.scale()) <= 400 && value.scale() <= 400) {
                    return new JsonNumber(value, at);
                }
            } catch (NumberFormatException e) {
                return new JsonString(text, at); // .inf, .nan, 0x1F: no numbers of JSON
            }
        }
        return new JsonString(text, at);
    }

    private static Location location(Mark mark) {
        return new Location(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
