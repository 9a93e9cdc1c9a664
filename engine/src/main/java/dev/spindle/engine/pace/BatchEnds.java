package dev.spindle.engine.pace;

import dev.spindle.engine.event.Stage;

/**
 * Tells the next stage before a wait that its batch has ended, when the wait is longer than that is likely to take: learnt
 * from how long it took before.
 */
final class BatchEnds {

    private static final long LEAST_NANOS = 1_000;
    private static final long MOST_NANOS = 20_000;
    /** A batch's end that took long once, its reader asleep, must not put off all others when the waits are short from then on. */
    private static final long WAITS_TO_FORGET = 256;

    private final Stage next;
    private boolean open;
    private long expectedNanos = LEAST_NANOS;

    BatchEnds(Stage next) {
        this.next = next;
    }

    /** The next stage has been given an event. */
    void open() {
        open = true;
    }

    /** The next stage knows already that there is an end. */
    void closed() {
        open = false;
    }

    /** Whether the next stage is to be told, {@code ahead} nanoseconds before the next event. */
    boolean fitsInto(long ahead) {
        if (!open) {
            return false;
        }
        if (ahead > expectedNanos) {
            return true;
        }
        expectedNanos = Math.max(LEAST_NANOS, expectedNanos - expectedNanos / WAITS_TO_FORGET);
        return false;
    }

    /** Tells the next stage, if there is an open batch, and learns how long that takes on {@code run}'s clock. */
    void end(RunClock run) {
        if (!open) {
            return;
        }
        open = false;
        long before = run.now();
        next.endOfBatch();
        run.read();
        expectedNanos = Math.clamp((7 * expectedNanos + (run.now() - before)) / 8, LEAST_NANOS, MOST_NANOS);
    }
}
