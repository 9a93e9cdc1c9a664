package dev.spindle.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a figure was measured on: stands beside every figure. */
public final class Machine {

    private Machine() {}

    /** Machine, JDK, flags, date and command, a line each. */
    public static String describe(String program, String... arguments) {
        return """
                machine   %s, load %.2f
                jdk       %s
                flags     %s
                date      %s
                command   %s %s
                """
                .formatted(
                        hardware(),
                        load(),
                        jdk(),
                        flags(),
                        date(),
                        program,
                        String.join(" ", arguments));
    }

    /** Processor, cores and system. */
    public static String hardware() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GiB, %s %s",
                fact("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                fact("/proc/meminfo", "MemTotal").map(kib -> Double.parseDouble(kib.replaceAll("\\D", "")) / (1 << 20)).orElse(0.0),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
    }

    /** Virtual machine and version. */
    public static String jdk() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + " ("
                + System.getProperty("java.vendor.version", System.getProperty("java.vendor")) + ")";
    }

    /** The options that this virtual machine was started with. */
    public static String flags() {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return flags.isEmpty() ? "none" : String.join(" ", flags);
    }

    /** Threads that wanted a core, on average over the last minute. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Now, to the minute, in UTC. */
    public static String date() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
    }

    /** The first line of a file of the system's that begins with a name, without the name. */
    private static Optional<String> fact(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The middle one of some figures, with the least and the largest. */
    public static String spread(List<Double> figures, String format) {
        List<Double> sorted = figures.stream().sorted().toList();
        return String.format(Locale.ROOT, format, median(figures)) + " (" + String.format(Locale.ROOT, format, sorted.getFirst())
                + " to " + String.format(Locale.ROOT, format, sorted.getLast()) + ")";
    }

    public static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }
}
