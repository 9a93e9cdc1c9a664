package dev.spindle.control.cli;

/** How the process ends. A failure goes before all others. */
public final class ExitCode {

    /** Ended as asked, and everything taken was delivered. */
    public static final int OK = 0;

    /** Failed: the sink refused, events were lost. */
    public static final int FAILED = 1;

    /** The call was wrong; nothing was started. */
    public static final int WRONG_CALL = 2;

    /** It ran, but a {@code --fail-if} held. */
    public static final int CONDITION_HELD = 3;

    /** Ended by a signal, added to the signal's number. */
    public static final int SIGNAL = 128;

    private ExitCode() {}
}
