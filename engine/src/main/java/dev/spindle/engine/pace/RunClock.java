package dev.spindle.engine.pace;

import dev.spindle.engine.time.NanoClock;

/**
 * The run's clock: nanoseconds since its origin, standing still while the run is paused. Turned by the pacing thread,
 * which works with its last reading; other threads take readings of their own.
 */
final class RunClock {

    private static final long RUNNING = -1;

    /** What other threads need: where the origin is, or where the clock stands. */
    private record View(long originNanos, long stoodAtNanos) {}

    private final NanoClock clock;
    private volatile View view = new View(0, 0);
    private boolean paused = true;
    private long originNanos;
    private long now;

    RunClock(NanoClock clock) {
        this.clock = clock;
    }

    /** Begins to run, or to stand at 0, with its origin at a moment on the machine's clock. */
    void begin(long originClockNanos, boolean standing) {
        originNanos = originClockNanos;
        paused = standing;
        publish();
    }

    /** Looks at the machine's clock, unless this one stands still. */
    void read() {
        if (!paused) {
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

    /** Stands still from now on, or goes on from where it stands. */
    void pause(boolean standing) {
        if (paused && !standing) {
            originNanos = clock.nanoTime() - now;
        }
        paused = standing;
        publish();
    }

    private void publish() {
        view = new View(originNanos, paused ? Math.max(0, now) : RUNNING);
    }

    /** The time now, from any thread; 0 before the run begins. */
    long anyThreadNanos() {
        View at = view;
        return at.stoodAtNanos() == RUNNING ? Math.max(0, clock.nanoTime() - at.originNanos()) : at.stoodAtNanos();
    }
}
