package dev.spindle.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.spindle.engine.row.SchemaValidation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long does it take to validate a schema of 200 tables with 5,000 columns: by a whole process of the command line, and
 * within a JVM, the first time and once it is warm?
 *
 * <pre>
 *   ValidateBenchmark [--tables N] [--columns N] [--rounds N] [--launcher FILE]
 * </pre>
 *
 * {@code --columns} is the number of each table's. Without {@code --launcher} no process is started.
 */
public final class ValidateBenchmark {

    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> processorSeconds = new ArrayList<>();

    private ValidateBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        System.out.print(Machine.describe("ValidateBenchmark", arguments));
        int tables = Integer.parseInt(options.getOrDefault("tables", "200"));
        int columns = Integer.parseInt(options.getOrDefault("columns", "25"));
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "7"));
        Path file = Files.writeString(
                Files.createTempDirectory("wide").resolve("wide.spindle.json"), WideSchema.of(tables, columns));
        System.out.printf("%n%d tables, %d columns, %d bytes: %s%n%n", tables, tables * columns, Files.size(file), file);
        System.out.printf("%-40s %-28s %s%n", "", "seconds", "seconds of processor time");

        ValidateBenchmark first = new ValidateBenchmark();
        first.inProcess(file);
        first.print("in a JVM, the first time");
        ValidateBenchmark warm = new ValidateBenchmark();
        for (int round = 0; round < 20 + rounds; round++) {
            if (round == 20) {
                warm.seconds.clear();
                warm.processorSeconds.clear();
            }
            warm.inProcess(file);
        }
        warm.print("in a JVM that is warm");
        if (options.containsKey("launcher")) {
            ValidateBenchmark whole = new ValidateBenchmark();
            for (int round = -1; round < rounds; round++) { // the first one may have to build
                whole.process(options.get("launcher"), file, round >= 0);
            }
            whole.print("a whole process: spindle validate");
        }
    }

    private void inProcess(Path file) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = system.getProcessCpuTime();
        long before = System.nanoTime();
        SchemaValidation.Report report = SchemaValidation.check(file);
        seconds.add((System.nanoTime() - before) / 1e9);
        processorSeconds.add((system.getProcessCpuTime() - processor) / 1e9);
        if (!report.errors().isEmpty() || !report.warnings().isEmpty()) {
            throw new IllegalStateException(report.errors() + " " + report.warnings());
        }
    }

    private void process(String launcher, Path file, boolean counts) throws IOException, InterruptedException {
        double processor = processorSecondsOfChildren();
        long before = System.nanoTime();
        int code = new ProcessBuilder(launcher, "validate", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(launcher + " ended with " + code);
        }
        if (counts) {
            seconds.add((System.nanoTime() - before) / 1e9);
            processorSeconds.add(processorSecondsOfChildren() - processor);
        }
    }

    /** What processes that have ended took: fields 16 and 17 of {@code /proc/self/stat}, in hundredths of a second. */
    private static double processorSecondsOfChildren() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
    }

    private void print(String name) {
        System.out.printf("%-40s %-28s %s%n", name, Machine.spread(seconds, "%.2f"), Machine.spread(processorSeconds, "%.2f"));
    }
}
