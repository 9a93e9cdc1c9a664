package dev.spindle.control.cli;

/** How signals reach the program. */
public interface Signals {

    /** A signal that ends programs. */
    enum Kind {
        HUP(1),
        INT(2),
        TERM(15);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        public int exitCode() {
            return ExitCode.SIGNAL + number;
        }
    }

    /** Calls {@code action} at each such signal from now on, on a thread of its own. */
    void on(Kind kind, Runnable action);

    /** No signal ever comes. */
    static Signals none() {
        return (kind, action) -> {};
    }
}
