package dev.spindle.engine.host;

/**
 * One property of the host and what it means for precise pacing.
 *
 * @param name what was looked at
 * @param found what it is here, in a person's words
 * @param verdict whether it will do
 * @param advice what to change, in one line; empty when nothing
 */
public record HostCheck(String name, String found, Verdict verdict, String advice) {

    /** Whether a property will do. */
    public enum Verdict {
        /** Nothing to change. */
        OK,
        /** Pacing suffers from it. */
        WARN
    }

    static HostCheck ok(String name, String found) {
        return new HostCheck(name, found, Verdict.OK, "");
    }

    static HostCheck warn(String name, String found, String advice) {
        return new HostCheck(name, found, Verdict.WARN, advice);
    }

    static HostCheck of(String name, String found, boolean good, String advice) {
        return good ? ok(name, found) : warn(name, found, advice);
    }
}
