package dev.spindle.control.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * What a command has of the world around it.
 *
 * @param out what was asked for: lists, descriptions, completion scripts
 * @param err everything else that a person reads
 * @param progress whether a line that rewrites itself may be shown on {@code err}
 * @param signals how to hear of SIGINT and SIGTERM
 * @param halt ends the process at once with an exit code
 */
public record Io(PrintStream out, PrintStream err, boolean progress, Signals signals, IntConsumer halt) {

    /** Which of the standard streams are terminals, as the launcher has found out: {@code 1}, {@code 2} or {@code 12}. */
    private static final String TERMINALS = "spindle.terminals";

    /** The process's own. */
    public static Io ofProcess() {
        // Events on a terminal's stdout would tear a progress line to pieces.
        boolean progress = System.getProperty(TERMINALS, "").equals("2");
        return new Io(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                progress,
                new JvmSignals(),
                code -> Runtime.getRuntime().halt(code));
    }

    private static PrintStream utf8(FileDescriptor stream) {
        return new PrintStream(new FileOutputStream(stream), true, StandardCharsets.UTF_8);
    }
}
