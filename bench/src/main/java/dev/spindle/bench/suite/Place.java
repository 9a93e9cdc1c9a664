package dev.spindle.bench.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the suite runs.
 *
 * @param home the source tree
 * @param scratch an empty folder for what the contestants write, on a RAM disk if there is one
 */
record Place(Path home, Path scratch) {

    /** A folder of its own on the RAM disk, or where temporary files go. */
    static Place in(Path home) throws IOException {
        Path ram = Path.of("/dev/shm");
        Path parent = Files.isDirectory(ram) && Files.isWritable(ram) ? ram : Path.of(System.getProperty("java.io.tmpdir"));
        return new Place(home, Files.createTempDirectory(parent, "spindle-bench-"));
    }

    /** What can still be written to the scratch folder. */
    long usableBytes() {
        return scratch.toFile().getUsableSpace();
    }

    /** Deletes what is in the scratch folder. */
    void sweep() {
        delete(false);
    }

    /** Deletes the scratch folder. */
    void remove() {
        delete(true);
    }

    private void delete(boolean itself) {
        try (Stream<Path> all = Files.walk(scratch)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                if (itself || !one.equals(scratch)) {
                    Files.deleteIfExists(one);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A virtual machine like this one, to run a program. */
    List<String> java(List<String> flags, String classPath, String program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, program));
        return command;
    }

    /** A command as a reader of the page would type it in the source tree's folder, DIR being the scratch folder. */
    String readable(List<String> command) {
        int classPath = command.indexOf("-cp");
        List<String> parts = new ArrayList<>();
        if (classPath >= 0 && command.get(classPath + 1).equals(System.getProperty("java.class.path"))) {
            // bench/run has the same virtual machine, flags and class path.
            parts.add("bench/run");
            parts.add(command.get(classPath + 2).replaceFirst("^dev\\.spindle\\.bench\\.", ""));
            parts.addAll(command.subList(classPath + 3, command.size()));
        } else {
            parts.addAll(command);
        }
        return String.join(" ", parts)
                .replace(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "java")
                .replace(scratch.toString(), "DIR")
                .replace(home + "/", parts.getFirst().startsWith(home.toString()) ? "./" : "");
    }
}
