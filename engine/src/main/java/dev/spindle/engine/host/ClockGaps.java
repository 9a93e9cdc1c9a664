package dev.spindle.engine.host;

import dev.spindle.engine.time.NanoClock;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * A bare spin on the clock: what a thread that does nothing else but look at it sees of the machine. Every gap between
 * two readings that is longer than reading takes is time that was taken from the thread.
 *
 * @param seconds how long was measured
 * @param p50Nanos median gap: what a clock reading costs
 * @param p99Nanos 99th percentile of the gaps
 * @param p9999Nanos 99.99th percentile
 * @param maxNanos longest gap
 * @param stolenShare part of the time that was lost in gaps of more than {@link #STOLEN_NANOS}
 * @param overMilli gaps of more than a millisecond
 */
public record ClockGaps(
        double seconds,
        long p50Nanos,
        long p99Nanos,
        long p9999Nanos,
        long maxNanos,
        double stolenShare,
        long overMilli) {

    /** A gap longer than this is an interruption, in nanoseconds. */
    public static final long STOLEN_NANOS = 1_000;

    private static final long MILLI = 1_000_000;
    private static final long LONGEST_GAP_NANOS = 100_000_000_000L;

    /** Spins on {@code clock} on this thread. */
    public static ClockGaps measure(NanoClock clock, Duration howLong) {
        Histogram gaps = new Histogram(LONGEST_GAP_NANOS, 3);
        long start = clock.nanoTime();
        long end = start + howLong.toNanos();
        long stolen = 0;
        long overMilli = 0;
        long before = start;
        while (before < end) {
            long now = clock.nanoTime();
            long gap = now - before;
            before = now;
            gaps.recordValue(Math.clamp(gap, 0, LONGEST_GAP_NANOS));
            if (gap > STOLEN_NANOS) {
                stolen += gap;
                overMilli += gap > MILLI ? 1 : 0;
            }
        }
        return new ClockGaps(
                (before - start) / 1e9,
                gaps.getValueAtPercentile(50),
                gaps.getValueAtPercentile(99),
                gaps.getValueAtPercentile(99.99),
                gaps.getMaxValue(),
                (double) stolen / Math.max(1, before - start),
                overMilli);
    }
}
