package dev.spindle.bench;

import dev.spindle.engine.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The figures of one run of a benchmark program: under a header that says what they were measured on, and as JSON, one
 * object a line, in the file that the system property {@value #FILE} names, where the suite asks for them.
 */
public final class Report {

    /** The property that names the file. */
    public static final String FILE = "spindle.bench.report";

    private final Path file;

    private Report(Path file) {
        this.file = file;
    }

    /** Prints the header. */
    public static Report begin(String program, String... arguments) {
        System.out.print(Machine.describe(program, arguments));
        String file = System.getProperty(FILE);
        return new Report(file == null ? null : Path.of(file));
    }

    /**
     * Notes one figure, for each round once.
     *
     * @param name what was measured: a row of the table
     * @param measure what of it, with its unit last: a column of the table
     */
    public void figure(String name, String measure, List<Double> rounds) {
        if (file == null) {
            return;
        }
        String line = "{\"name\":%s,\"measure\":%s,\"rounds\":[%s]}%n"
                .formatted(
                        JsonText.quoted(name),
                        JsonText.quoted(measure),
                        rounds.stream().map(value -> Double.toString(value)).collect(Collectors.joining(",")));
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same. */
    public void figure(String name, String measure, double... rounds) {
        figure(name, measure, Arrays.stream(rounds).boxed().toList());
    }
}
