package dev.spindle.engine.schema;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.json.JsonValue;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the reader what it knows, by what it says to a name that it does not know: its messages list all that it would
 * have taken.
 */
public final class Asked {

    /** No name of the format, and too far from all of them to be taken for a slip of the pen. */
    public static final String UNKNOWN = "~~~~~~~~~~~~~~~~~~~~";

    private static final DataSets DATA = DataSets.beside(Path.of("src/test/resources/schemas/none.spindle.json"));

    private Asked() {}

    static SchemaReader.Reading read(String text) {
        return read(JsonReader.parse(text, "asked.json"));
    }

    static SchemaReader.Reading read(JsonValue file) {
        return SchemaReader.read(file, DATA);
    }

    /** A file with a column {@code c} that has this generator. */
    public static String generator(Map<String, String> members) {
        return column(Map.of("type", "\"decimal\"", "generator", object(members)));
    }

    /** A file with this column {@code c}. */
    static String column(Map<String, String> members) {
        return "{\"tables\":{\"t\":{\"columns\":{\"c\":" + object(members) + "}}}}";
    }

    static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(m -> JsonText.quoted(m.getKey()) + ":" + m.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** The keys that are known where {@code text} has the unknown key. */
    static Set<String> keys(String text) {
        for (Problem warning : read(text).warnings()) {
            if (warning.path().endsWith(UNKNOWN) && warning.reason().contains("is not known")) {
                return listed(warning.allowed());
            }
        }
        throw new AssertionError("no warning of an unknown key in " + text);
    }

    /** The names that are allowed at a path that ends in {@code name}, where {@code text} has the unknown name there. */
    public static Set<String> choices(String text, String name) {
        for (Problem error : read(text).errors()) {
            if (error.path().endsWith("." + name) && UNKNOWN.equals(error.value()) && error.allowed() != null) {
                return listed(error.allowed());
            }
        }
        return Set.of();
    }

    /** What is wrong at paths that end in {@code name}. */
    static List<Problem> errors(String text, String name) {
        return read(text).errors().stream().filter(p -> p.path().endsWith("." + name)).toList();
    }

    private static Set<String> listed(String allowed) {
        String list = allowed.replaceFirst("^did you mean .*\\? ", "").replaceFirst("^one of ", "");
        return new LinkedHashSet<>(List.of(list.split(", ")));
    }
}
