package dev.spindle.bench.suite;

import dev.spindle.bench.FixedRowLoop;
import java.nio.file.Path;

/**
 * The hand-written loop as a process of its own: into memory, or into one file for each thread.
 *
 * <pre>
 *   LoopProgram ROWS THREADS [FILE]
 * </pre>
 */
public final class LoopProgram {

    private LoopProgram() {}

    public static void main(String[] args) throws InterruptedException {
        Path file = args.length > 2 ? Path.of(args[2]) : null;
        Shares.run(Long.parseLong(args[0]), Integer.parseInt(args[1]), number -> {
            FixedRowLoop loop = new FixedRowLoop();
            Path own = file == null ? null : file.resolveSibling(file.getFileName() + "." + number);
            return (from, to) -> {
                loop.run(to - from, own);
                return loop.bytes();
            };
        });
    }
}
