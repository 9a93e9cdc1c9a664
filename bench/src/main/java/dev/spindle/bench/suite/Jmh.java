package dev.spindle.bench.suite;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * JMH benchmarks: nanoseconds and allocated bytes of one operation, an iteration being a round.
 *
 * @param pattern which, as JMH has it
 * @param options of JMH
 */
record Jmh(String name, String pattern, List<String> options, List<String> flags, Place place, List<View> views)
        implements Part {

    static final String NANOS = "ns";
    static final String BYTES = "bytes allocated";

    private static final Duration LIMIT = Duration.ofMinutes(20);

    @Override
    public void measure(Notes notes) throws Exception {
        place.sweep();
        Path file = place.scratch().resolve("jmh.json");
        List<String> arguments = new ArrayList<>(List.of(pattern));
        arguments.addAll(options);
        notes.command("JMH", "bench/run jmh '" + pattern + "' " + String.join(" ", options));
        arguments.addAll(List.of("-rf", "json", "-rff", file.toString()));
        List<String> command = place.java(flags, System.getProperty("java.class.path"), "org.openjdk.jmh.Main");
        command.addAll(arguments);
        Child.run(place.home(), command, LIMIT);
        for (JsonValue one : ((JsonArray) JsonReader.read(file)).items()) {
            note((JsonObject) one, notes);
        }
        place.sweep();
    }

    private static void note(JsonObject benchmark, Notes notes) {
        String name = name(benchmark);
        JsonObject primary = (JsonObject) benchmark.get("primaryMetric");
        for (JsonValue fork : ((JsonArray) primary.get("rawData")).items()) {
            for (JsonValue value : ((JsonArray) fork).items()) {
                notes.figure(name, NANOS, ((JsonNumber) value).value().doubleValue());
            }
        }
        JsonObject secondary = (JsonObject) benchmark.get("secondaryMetrics");
        if (secondary.get("gc.alloc.rate.norm") instanceof JsonObject allocated
                && allocated.get("score") instanceof JsonNumber score) {
            notes.figure(name, BYTES, score.value().doubleValue());
        }
        notes.progress("  " + name);
    }

    /** Class, method and parameters. */
    private static String name(JsonObject benchmark) {
        String path = ((JsonString) benchmark.get("benchmark")).value();
        String[] parts = path.split("\\.");
        String name = parts[parts.length - 2].replaceFirst("Benchmark$", "") + ", " + spaced(parts[parts.length - 1]);
        if (benchmark.get("params") instanceof JsonObject parameters) {
            name += parameters.members().entrySet().stream()
                    .map(parameter -> spaced(parameter.getKey()) + " " + ((JsonString) parameter.getValue()).value())
                    .collect(Collectors.joining(", ", ": ", ""));
        }
        return name;
    }

    /** {@code generateAndEncode} as words. */
    private static String spaced(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
