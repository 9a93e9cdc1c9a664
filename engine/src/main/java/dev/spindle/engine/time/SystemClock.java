package dev.spindle.engine.time;

import java.time.Clock;
import java.time.Instant;

/** The machine's own clocks. */
public final class SystemClock implements NanoClock {

    public static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochMicros() {
        Instant now = Clock.systemUTC().instant();
        return now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
    }
}
