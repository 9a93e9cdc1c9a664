package dev.spindle.sinks.kafka;

/** Reads a chain of exceptions down to what a person wants to know. */
final class Causes {

    private Causes() {}

    /** The innermost exception. */
    static Throwable root(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    /** What the innermost exception with a message says, in one line without a full stop. */
    static String line(Throwable error) {
        String text = null;
        for (Throwable e = error; e != null; e = e.getCause()) {
            if (e.getMessage() != null && !e.getMessage().isBlank()) {
                text = e.getMessage();
            }
        }
        if (text == null) {
            return root(error).getClass().getSimpleName();
        }
        String line = text.strip().lines().findFirst().orElse(text).strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
