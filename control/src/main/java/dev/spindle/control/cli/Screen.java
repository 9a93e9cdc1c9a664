package dev.spindle.control.cli;

import dev.spindle.engine.error.Problem;
import java.io.PrintStream;
import java.util.List;

/** What is said to a person on stderr: lines, and below them one that rewrites itself. From any thread. */
final class Screen {

    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean quiet;
    private final boolean verbose;
    private boolean progressShown;

    Screen(PrintStream err, boolean quiet, boolean verbose) {
        this.err = err;
        this.quiet = quiet;
        this.verbose = verbose;
    }

    /** Something to know, unless {@code --quiet}. */
    void say(String line) {
        if (!quiet) {
            print(line);
        }
    }

    /** Something to know with {@code --verbose} only. */
    void detail(String line) {
        if (verbose) {
            print(line);
        }
    }

    void warn(String line) {
        print("warning: " + line);
    }

    void error(String line) {
        print("error: " + line);
    }

    /** One thing wrong with a call or a file. */
    void problem(String line) {
        print(line);
    }

    void problems(List<Problem> problems) {
        problems.stream().map(Problem::toString).distinct().forEach(this::print);
    }

    /** What made something fail, with {@code --verbose} only. */
    synchronized void trace(Throwable cause) {
        if (verbose) {
            erase();
            cause.printStackTrace(err);
        }
    }

    /** Writes the line that rewrites itself. */
    synchronized void progress(String line) {
        if (!quiet) {
            err.print(ERASE_LINE + line);
            err.flush();
            progressShown = true;
        }
    }

    private synchronized void print(String line) {
        erase();
        err.println(line);
    }

    private void erase() {
        if (progressShown) {
            err.print(ERASE_LINE);
            progressShown = false;
        }
    }
}
