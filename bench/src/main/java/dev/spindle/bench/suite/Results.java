package dev.spindle.bench.suite;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results of all parts, in a JSON file: a part that is measured again replaces what it had. */
final class Results {

    private final Path file;
    private final Map<String, Result> byPart = new LinkedHashMap<>();

    private Results(Path file) {
        this.file = file;
    }

    /** What the file has; nothing when there is none. */
    static Results in(Path file) {
        Results results = new Results(file);
        if (Files.exists(file)) {
            ((JsonObject) JsonReader.read(file))
                    .members()
                    .forEach((part, value) -> results.byPart.put(part, result((JsonObject) value)));
        }
        return results;
    }

    /** A part's result, or null. */
    Result of(String part) {
        return byPart.get(part);
    }

    /** Keeps a part's result and writes the file. */
    void put(String part, Result result) throws IOException {
        byPart.put(part, result);
        String parts = byPart.entrySet().stream()
                .map(entry -> JsonText.quoted(entry.getKey()) + ": " + json(entry.getValue()))
                .collect(Collectors.joining(",\n"));
        Files.writeString(file, "{\n" + parts + "\n}\n");
    }

    /** One object of a line that {@link dev.spindle.bench.Report} has written. */
    static Figure figure(JsonObject value) {
        List<Double> rounds = ((JsonArray) value.get("rounds"))
                .items().stream().map(item -> ((JsonNumber) item).value().doubleValue()).toList();
        return new Figure(text(value, "name"), text(value, "measure"), rounds);
    }

    private static Result result(JsonObject value) {
        Figures figures = new Figures();
        ((JsonArray) value.get("figures")).items().forEach(item -> figures.add(figure((JsonObject) item)));
        Map<String, String> commands = new LinkedHashMap<>();
        ((JsonObject) value.get("commands")).members().forEach((name, command) -> commands.put(name, text(command)));
        return new Result(
                text(value, "date"),
                text(value, "commit"),
                text(value, "command"),
                number(value, "seconds"),
                text(value, "hardware"),
                number(value, "load"),
                text(value, "jdk"),
                text(value, "flags"),
                commands,
                figures);
    }

    private static String text(JsonObject value, String key) {
        return text(value.get(key));
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).value();
    }

    private static double number(JsonObject value, String key) {
        return ((JsonNumber) value.get(key)).value().doubleValue();
    }

    private static String json(Result result) {
        String commands = result.commands().entrySet().stream()
                .map(entry -> "    " + JsonText.quoted(entry.getKey()) + ": " + JsonText.quoted(entry.getValue()))
                .collect(Collectors.joining(",\n"));
        String figures = result.figures().all().stream()
                .map(figure -> "    {\"name\": %s, \"measure\": %s, \"rounds\": %s}"
                        .formatted(JsonText.quoted(figure.name()), JsonText.quoted(figure.measure()), figure.rounds()))
                .collect(Collectors.joining(",\n"));
        return """
                {
                  "date": %s, "commit": %s, "seconds": %.0f, "load": %s,
                  "command": %s,
                  "hardware": %s,
                  "jdk": %s,
                  "flags": %s,
                  "commands": {
                %s
                  },
                  "figures": [
                %s
                  ]
                }"""
                .formatted(
                        JsonText.quoted(result.date()),
                        JsonText.quoted(result.commit()),
                        result.seconds(),
                        result.load(),
                        JsonText.quoted(result.command()),
                        JsonText.quoted(result.hardware()),
                        JsonText.quoted(result.jdk()),
                        JsonText.quoted(result.flags()),
                        commands,
                        figures);
    }
}
