package dev.spindle.bench.suite;

import dev.spindle.bench.Report;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Benchmark programs of this module that measure for themselves and report: each is run so many times, in turn with the
 * others.
 *
 * @param calls what is run
 * @param flags of the virtual machine
 */
record Programs(String name, List<Call> calls, int rounds, List<String> flags, Place place, List<View> views)
        implements Part {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** A program and its arguments. */
    record Call(Class<?> program, List<String> arguments) {}

    @Override
    public void measure(Notes notes) throws Exception {
        for (Call call : calls) {
            notes.command(call.program().getSimpleName(), readable(call));
        }
        for (int round = 1; round <= rounds; round++) {
            for (Call call : calls) {
                run(call, notes);
                notes.progress(String.format("  round %d  %s", round, readable(call)));
            }
        }
    }

    private static String readable(Call call) {
        return "bench/run " + call.program().getSimpleName() + " " + String.join(" ", call.arguments());
    }

    private void run(Call call, Notes notes) throws Exception {
        place.sweep();
        Path report = place.scratch().resolve("report.jsonl");
        List<String> more = new ArrayList<>(flags);
        more.add("-D" + Report.FILE + "=" + report);
        List<String> command = place.java(more, System.getProperty("java.class.path"), call.program().getName());
        command.addAll(call.arguments());
        Child.run(place.home(), command, LIMIT);
        for (String line : Files.readAllLines(report)) {
            notes.figure(Results.figure((JsonObject) JsonReader.parse(line, report.toString())));
        }
        place.sweep();
    }
}
