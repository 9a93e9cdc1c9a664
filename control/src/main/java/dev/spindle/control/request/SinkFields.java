package dev.spindle.control.request;

import dev.spindle.control.json.Body;
import dev.spindle.control.json.Field;
import dev.spindle.control.json.Shape;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkOption.Type;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.publish.Sinks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options of the sinks on the class path as members of a body. */
final class SinkFields {

    private static final int LONGEST = 4_096;
    private static final int MOST_PROPERTIES = 200;

    private SinkFields() {}

    /** One member for each option; an option that several sinks share means the same and stands once. */
    static List<Field> all() {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (SinkProvider sink : Sinks.all()) {
            for (SinkOption option : sink.options()) {
                String name = name(option);
                Field before = fields.get(name);
                fields.put(name, before == null ? field(option).in("sink:" + sink.name()) : before.in(before.group() + "," + sink.name()));
            }
        }
        return List.copyOf(fields.values());
    }

    private static String name(SinkOption option) {
        return option.name().replace('-', '_');
    }

    private static Field field(SinkOption option) {
        String help = option.allowed() == null ? option.help() : option.help() + " (" + option.allowed() + ")";
        Field field = Field.of(name(option), shape(option.type()), help);
        if (option.defaultValue() != null) {
            field = field.withDefault(switch (option.type()) {
                case INTEGER -> Long.valueOf(option.defaultValue());
                case FLAG -> Boolean.valueOf(option.defaultValue());
                default -> option.defaultValue();
            });
        }
        return option.secret() ? field.asSecret() : field;
    }

    private static Shape shape(Type type) {
        return switch (type) {
            case INTEGER -> Shape.whole(Long.MIN_VALUE, Long.MAX_VALUE);
            case FLAG -> Shape.flag();
            case PROPERTIES -> new Shape.Lookup(Shape.text(LONGEST), MOST_PROPERTIES);
            case TEXT, PATH, COLUMN -> Shape.text(LONGEST);
        };
    }

    /** What a body says to the sink called {@code sinkName}; options of other sinks are problems. */
    static SinkSettings read(Body body, String sinkName, OutputFolder folder, List<Problem> problems) {
        SinkProvider sink = Sinks.named(sinkName);
        Map<String, SinkOption> own = new LinkedHashMap<>();
        sink.options().forEach(option -> own.put(name(option), option));
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (Field field : all()) {
            JsonValue value = body.value(field.name());
            SinkOption option = own.get(field.name());
            if (value != null && option == null) {
                problems.add(new Problem(
                        field.name(), null, "is no option of the sink " + sinkName, own.isEmpty() ? "it has none" : Suggestion.among(field.name(), own.keySet())));
            } else if (value != null) {
                values.put(option.name(), texts(field.name(), option, value, folder, problems));
            }
        }
        return new SinkSettings(values);
    }

    private static List<String> texts(
            String field, SinkOption option, JsonValue value, OutputFolder folder, List<Problem> problems) {
        return switch (value) {
            case JsonString text when option.type() == Type.PATH ->
                folder.resolve(field, text.value(), problems).map(path -> List.of(path.toString())).orElse(List.of());
            case JsonString text -> List.of(text.value());
            case JsonNumber number -> List.of(number.value().toBigInteger().toString());
            case JsonBoolean yes -> List.of(Boolean.toString(yes.value()));
            case JsonObject properties -> {
                List<String> pairs = new ArrayList<>();
                properties.members().forEach((key, text) -> pairs.add(key + "=" + ((JsonString) text).value()));
                yield pairs;
            }
            default -> throw new IllegalStateException("the shape of " + field + " was not checked");
        };
    }
}
