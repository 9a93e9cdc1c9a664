package dev.spindle.engine.time;

/** A clock that stands still until it is turned: for tests of everything that waits. */
public final class ManualClock implements NanoClock {

    private volatile long nanos;
    private volatile long epochMicros;

    /** A clock at {@code nanos} and {@code epochMicros}; give two unrelated figures. */
    public ManualClock(long nanos, long epochMicros) {
        this.nanos = nanos;
        this.epochMicros = epochMicros;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMicros() {
        return epochMicros;
    }

    /** Turns both readings on. Called by one thread. */
    public void advanceNanos(long by) {
        if (by < 0) {
            throw new IllegalArgumentException("time goes forward only, not by " + by + " ns");
        }
        long before = nanos;
        nanos = before + by;
        epochMicros += (before + by) / 1_000 - before / 1_000;
    }
}
