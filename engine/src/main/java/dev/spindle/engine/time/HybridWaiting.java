package dev.spindle.engine.time;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits exactly and burns no more than it must: parks while the deadline is far, spins on the clock when it is near.
 *
 * <p>How near is the <em>margin</em>: by how much a park of this thread on this machine comes back late. It is measured
 * at the start by a few dozen short parks, and adapted ever after: each park moves it a little, so that it stays at the
 * quantile of the lateness it is meant to be at (the stochastic approximation of Robbins and Monro, "A Stochastic
 * Approximation Method", 1951). With spinning allowed that is the 99th percentile: one park in a hundred ends after its
 * deadline. Without, it is the median: the park itself must end at the deadline, and is as often early (and parks again)
 * as late.
 */
public final class HybridWaiting implements Waiting {

    /** Whether the waiting thread has its core to itself. */
    public enum Core {
        /** It may spin: waits end within tens of nanoseconds of their deadline. */
        OWN,
        /** Others want it: spins only where parking would take longer. Waits end within tens of microseconds. */
        SHARED
    }

    private static final int MEASURED_PARKS = 40;
    private static final long MEASURED_NANOS = 50_000;
    private static final long LEAST_MARGIN_NANOS = 5_000;
    private static final long MOST_MARGIN_NANOS = 400_000;
    /** So close to the deadline nothing but the clock is looked at: a hint to the processor costs as much as a reading. */
    private static final long CLOSE_NANOS = 1_000;
    private static final long LONGEST_PARK_NANOS = 3_600_000_000_000L;

    private final NanoClock clock;
    private final double quantile;
    /** Shorter waits are spun in any case: a park that is told to take no time takes some microseconds. */
    private final long leastParkNanos;

    private volatile Thread thread;
    private volatile boolean woken;
    private double marginNanos = 100_000;

    /** Waits on {@code clock}, which must run by itself. */
    public HybridWaiting(NanoClock clock, Core core) {
        this.clock = clock;
        this.quantile = core == Core.OWN ? 0.99 : 0.5;
        this.leastParkNanos = core == Core.OWN ? 10_000 : 3_000;
    }

    @Override
    public void start() {
        TimerSlack.reduceForThisThread();
        thread = Thread.currentThread();
        long[] late = new long[MEASURED_PARKS];
        for (int i = 0; i < MEASURED_PARKS; i++) {
            long before = clock.nanoTime();
            LockSupport.parkNanos(this, MEASURED_NANOS);
            late[i] = clock.nanoTime() - before - MEASURED_NANOS;
        }
        Arrays.sort(late);
        marginNanos = bounded(late[(int) (quantile * (MEASURED_PARKS - 1))]);
    }

    @Override
    public long until(long deadlineNanos) {
        long now = clock.nanoTime();
        while (now < deadlineNanos && !woken) {
            long ahead = deadlineNanos - now;
            long margin = (long) marginNanos;
            if (ahead > margin + leastParkNanos) {
                now = park(now, Math.min(ahead - margin, LONGEST_PARK_NANOS));
            } else if (quantile < 0.9 && ahead > leastParkNanos) {
                now = park(now, 1);
            } else {
                if (ahead > CLOSE_NANOS) {
                    Thread.onSpinWait();
                }
                now = clock.nanoTime();
            }
        }
        if (woken) {
            woken = false;
        }
        return now;
    }

    private long park(long now, long nanos) {
        LockSupport.parkNanos(this, nanos);
        long after = clock.nanoTime();
        long late = after - now - nanos;
        if (late >= 0) {
            // A sixteenth of the margin a step: follows a machine that gets busier within some dozen parks.
            double step = marginNanos / 16;
            marginNanos = bounded(marginNanos + (late > marginNanos ? quantile : quantile - 1) * step);
        }
        return after;
    }

    private static double bounded(double nanos) {
        return Math.clamp(nanos, LEAST_MARGIN_NANOS, MOST_MARGIN_NANOS);
    }

    @Override
    public void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** The margin as it stands, in nanoseconds; written by the waiting thread. */
    public long marginNanos() {
        return (long) marginNanos;
    }
}
