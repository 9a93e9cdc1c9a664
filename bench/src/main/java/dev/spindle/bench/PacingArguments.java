package dev.spindle.bench;

import dev.spindle.engine.time.HybridWaiting.Core;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@link PacingBenchmark} measures.
 *
 * @param seconds for each rate
 * @param rates in events per second
 * @param seeds how many, where seeds are compared, and how often reactions are measured
 * @param core how the pacer may wait
 * @param cpu the core that the thread is pinned to, or -1
 * @param parts which parts to run
 */
record PacingArguments(double seconds, double[] rates, int seeds, Core core, int cpu, Set<String> parts) {

    private static final Set<String> ALL_PARTS = Set.of("lag", "ks", "burst", "retune", "cpu", "throughput");

    /** Reads {@code name=value} arguments. */
    static PacingArguments parse(String[] args) {
        double seconds = 10;
        double[] rates = {100, 1_000, 10_000, 100_000, 1_000_000};
        int seeds = 20;
        Core core = Core.OWN;
        int cpu = -1;
        Set<String> parts = ALL_PARTS;
        for (String arg : args) {
            String value = arg.substring(arg.indexOf('=') + 1);
            switch (arg.substring(0, Math.max(0, arg.indexOf('=')))) {
                case "seconds" -> seconds = Double.parseDouble(value);
                case "rates" -> rates = Arrays.stream(value.split(","))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                case "seeds" -> seeds = Integer.parseInt(value);
                case "core" -> core = Core.valueOf(value.toUpperCase(Locale.ROOT));
                case "cpu" -> cpu = Integer.parseInt(value);
                case "parts" -> parts = new TreeSet<>(Arrays.asList(value.split(",")));
                default -> throw new IllegalArgumentException(arg + ": is none of seconds, rates, seeds, core, cpu, parts");
            }
        }
        if (!ALL_PARTS.containsAll(parts)) {
            throw new IllegalArgumentException("parts: " + parts + ": are not all among " + ALL_PARTS);
        }
        return new PacingArguments(seconds, rates, seeds, core, cpu, parts);
    }
}
