package dev.spindle.engine.pace;

import dev.spindle.engine.time.NanoClock;

/**
 * One pacer's view of the run's clock: nanoseconds since its origin, standing still while the run is paused. The pacer
 * works with its last reading.
 */
final class RunClock {

    private final NanoClock clock;
    private boolean standing = true;
    private long originNanos;
    private long now;

    RunClock(NanoClock clock) {
        this.clock = clock;
    }

    /** Runs, or stands, as it does in an era. */
    void enter(RunTime.Era era) {
        originNanos = era.originNanos();
        standing = era.standing();
        now = era.fromNanos();
        read();
    }

    /** Looks at the machine's clock, unless this one stands still. */
    void read() {
        if (!standing) {
            now = clock.nanoTime() - originNanos;
        }
    }

    /** The last reading; below 0 while the origin lies ahead. */
    long now() {
        return now;
    }

    /** Sets the reading to a moment on the machine's clock. */
    void readAs(long clockNanos) {
        now = clockNanos - originNanos;
    }

    /** A moment of this clock on the machine's; {@link Schedule#NEVER} stays what it is. */
    long onMachine(long nanos) {
        return nanos == Schedule.NEVER ? Long.MAX_VALUE : originNanos + nanos;
    }
}
