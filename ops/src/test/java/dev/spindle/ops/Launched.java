package dev.spindle.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the built distribution, with its streams in files. */
final class Launched implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    /** What a process left behind. */
    record Ended(int code, String out, String err) {}

    private Launched(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** The folder of the distribution under test. */
    static Path folder() {
        return Path.of(System.getProperty("spindle.folder"));
    }

    /** Starts {@code bin/spindle}. */
    static Launched spindle(Path scratch, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(folder().resolve("bin/spindle").toString()));
        command.addAll(List.of(words));
        return start(scratch, Map.of(), command);
    }

    /** Starts a line of shell, in which {@code $SPINDLE} is the launcher. */
    static Launched shell(Path scratch, String line) throws IOException {
        String launcher = folder().resolve("bin/spindle").toString();
        return start(scratch, Map.of("SPINDLE", launcher), List.of("sh", "-c", line));
    }

    static Launched start(Path scratch, Map<String, String> environment, List<String> command) throws IOException {
        Path out = Files.createTempFile(scratch, "out", null);
        Path err = Files.createTempFile(scratch, "err", null);
        // A build that was started in the background ignores SIGINT, and so would all that it starts.
        List<String> whole = new ArrayList<>(List.of("env", "--default-signal=INT"));
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(scratch.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        // The launcher looks for a JDK by itself; the one that runs these tests is the one to find.
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Launched(builder.start(), out, err);
    }

    /** Waits until this many lines have come out. */
    void awaitLines(int lines) throws IOException, InterruptedException {
        while (process.isAlive() && Files.readString(out).lines().count() < lines) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until the process has written so much, to whatever: Linux counts that in {@code /proc/PID/io}. */
    void awaitBytesWritten(long bytes) throws IOException, InterruptedException {
        Path figures = Path.of("/proc", Long.toString(process.pid()), "io");
        while (process.isAlive()) {
            long written = Files.readAllLines(figures).stream()
                    .filter(line -> line.startsWith("wchar: "))
                    .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
                    .sum();
            if (written >= bytes) {
                return;
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    Ended end() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running: " + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
