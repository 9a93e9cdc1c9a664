package dev.spindle.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that is run to its end and looked at from outside. */
final class Child {

    private static final int WATCH_MILLIS = 20;

    private Child() {}

    /**
     * What a process did.
     *
     * @param lines what it printed
     * @param seconds from its start to its end
     * @param cpuSeconds its processor time, to the last look, 20 ms before its end at most
     * @param peakMegabytes the most memory that was resident; 0 where the system does not tell
     */
    record Outcome(List<String> lines, double seconds, double cpuSeconds, double peakMegabytes) {}

    /** A process that ended with another exit code than 0. */
    static final class Failed extends IllegalStateException {
        private final int exitCode;

        private Failed(int exitCode, List<String> command, List<String> lines) {
            super("exit code " + exitCode + ": " + String.join(" ", command) + "\n" + String.join("\n", lines));
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    /** Runs a command in a folder; what it prints is kept, and shown when it fails. */
    static Outcome run(Path folder, List<String> command, Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile("spindle-suite-", ".txt");
        try {
            long before = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            Duration cpu = Duration.ZERO;
            double peak = 0;
            while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                cpu = process.info().totalCpuDuration().orElse(cpu);
                peak = peakMegabytes(process.pid()).orElse(peak);
                if (System.nanoTime() - before > limit.toNanos()) {
                    process.destroyForcibly().waitFor();
                    throw new IllegalStateException("still running after " + limit + ": " + String.join(" ", command));
                }
            }
            double seconds = (System.nanoTime() - before) / 1e9;
            List<String> lines = Files.readAllLines(output);
            if (process.exitValue() != 0) {
                throw new Failed(process.exitValue(), command, lines);
            }
            return new Outcome(lines, seconds, cpu.toNanos() / 1e9, peak);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static Optional<Double> peakMegabytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1_024 / 1e6)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // it has just ended, or the system is another
        }
    }
}
