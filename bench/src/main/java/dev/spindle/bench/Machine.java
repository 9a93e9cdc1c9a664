package dev.spindle.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What a figure was measured on: stands beside every figure. */
public final class Machine {

    private Machine() {}

    /** Machine, JDK, flags and command, a line each. */
    public static String describe(String program, String... arguments) {
        Runtime runtime = Runtime.getRuntime();
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return """
                machine   %s, %d cores, %s %s, load %.2f
                jdk       %s %s
                flags     %s
                command   %s %s
                """
                .formatted(
                        processor(),
                        runtime.availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version"),
                        flags.isEmpty() ? "none" : String.join(" ", flags),
                        program,
                        String.join(" ", arguments));
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** The middle one of some figures, with the least and the largest. */
    public static String spread(List<Double> figures, String format) {
        List<Double> sorted = figures.stream().sorted().collect(Collectors.toList());
        return String.format(format, median(figures)) + " (" + String.format(format, sorted.getFirst()) + " to "
                + String.format(format, sorted.getLast()) + ")";
    }

    public static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }
}
