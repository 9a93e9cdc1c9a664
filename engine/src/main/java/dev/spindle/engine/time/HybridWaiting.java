package dev.spindle.engine.time;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits exactly and burns no more than it must: parks while the deadline is far, spins on the clock when it is near.
 *
 * <p>How near is the <em>margin</em>: by how much a park of this thread on this machine comes back late. It is measured
 * at the start by a few dozen short parks, and adapted ever after: each park moves it a little, so that it stays at the
 * quantile of the lateness it is meant to be at (the stochastic approximation of Robbins and Monro, "A Stochastic
 * Approximation Method", 1951). Where spinning is allowed that is the 99th percentile: one park in a hundred ends after
 * its deadline. Where it is not, it is the median: the park itself must end at the deadline, and is as often early (and
 * parks again) as late.
 */
public final class HybridWaiting implements Waiting {

    /** Who else wants the core that the waiting thread runs on. */
    public enum Core {
        /**
         * Nobody: the thread is pinned to it. Waits of up to 15 ms are spun from end to end, since a thread that has
         * slept finds its caches cold and lets the next event go some hundred nanoseconds late; and a park ends a
         * millisecond before its time at least, since a core that has had nothing to do for long may take that long to
         * come back. At 10 events per second that takes less than 3 % of the core.
         */
        OWN(0.99, 15_000_000, 1_000_000),
        /** Others now and then: parks, and spins for the margin only. Waits end within some hundred nanoseconds. */
        SHARED(0.99, 10_000, 5_000),
        /** More threads than there are cores: spins only where a park would take longer. Tens of microseconds. */
        CROWDED(0.5, 3_000, 5_000);

        private final double quantile;
        /** Waits that are no longer than this and the margin are not parked. */
        private final long leastParkNanos;
        /** How long before the deadline a park ends at least. */
        private final long leastMarginNanos;

        Core(double quantile, long leastParkNanos, long leastMarginNanos) {
            this.quantile = quantile;
            this.leastParkNanos = leastParkNanos;
            this.leastMarginNanos = leastMarginNanos;
        }
    }

    private static final int MEASURED_PARKS = 40;
    private static final long MEASURED_NANOS = 50_000;
    private static final int EXERCISES = 5;
    private static final long EXERCISE_NANOS = 60_000;
    /** Of the measured lateness: beyond, the machine was taken away. */
    private static final long MOST_MARGIN_NANOS = 400_000;
    /** So close to the deadline nothing but the clock is looked at: a hint to the processor costs as much as a reading. */
    private static final long CLOSE_NANOS = 1_000;
    /** So long before the deadline things are touched: time for some dozen lines of memory that no cache has. */
    private static final long APPROACH_NANOS = 4_000;

    private static final long LONGEST_PARK_NANOS = 3_600_000_000_000L;

    private final NanoClock clock;
    private final Core core;

    private Runnable touch = () -> {};
    private volatile Thread thread;
    /** Wakes so far, and how many of them have ended a wait. */
    private final AtomicInteger wakes = new AtomicInteger();

    private int answered;
    private double marginNanos = 100_000;
    private long leastParkNanos;

    /** Waits on {@code clock}, which must run by itself. */
    public HybridWaiting(NanoClock clock, Core core) {
        this.clock = clock;
        this.core = core;
        this.leastParkNanos = core.leastParkNanos;
    }

    @Override
    public void start() {
        TimerSlack.reduceForThisThread();
        thread = Thread.currentThread();
        long start = clock.nanoTime();
        long[] late = new long[MEASURED_PARKS];
        for (int i = 0; i < MEASURED_PARKS; i++) {
            long before = clock.nanoTime();
            LockSupport.parkNanos(this, MEASURED_NANOS);
            late[i] = clock.nanoTime() - before - MEASURED_NANOS;
        }
        Arrays.sort(late);
        marginNanos = bounded(late[(int) (core.quantile * (MEASURED_PARKS - 1))]);
        if (clock.nanoTime() > start) { // on a clock that stands still no wait would end
            exercise();
        }
    }

    /**
     * Goes every way through {@link #until} a few times. The JIT compiler leaves out what it has never seen to happen, and
     * when that happens later it throws its code away: the first park, or the first wake, would then cost the events
     * after it some microseconds each for as long as new code takes, which at low rates is long.
     */
    private void exercise() {
        leastParkNanos = 0;
        for (int i = 0; i < EXERCISES; i++) {
            until(clock.nanoTime() + (long) marginNanos + EXERCISE_NANOS);
            answered--;
            until(Long.MAX_VALUE);
        }
        leastParkNanos = core.leastParkNanos;
    }

    @Override
    public long until(long deadlineNanos) {
        long now = clock.nanoTime();
        boolean touched = deadlineNanos - now <= 2 * APPROACH_NANOS;
        while (now < deadlineNanos && wakes.get() == answered) {
            long ahead = deadlineNanos - now;
            if (ahead <= APPROACH_NANOS && !touched) {
                touched = true;
                touch.run();
                now = clock.nanoTime();
                continue;
            }
            long margin = (long) marginNanos;
            if (ahead > margin + leastParkNanos) {
                now = park(now, Math.min(ahead - margin, LONGEST_PARK_NANOS));
            } else if (core == Core.CROWDED && ahead > leastParkNanos) {
                now = park(now, 1);
            } else {
                if (ahead > CLOSE_NANOS) {
                    Thread.onSpinWait();
                }
                now = clock.nanoTime();
            }
        }
        if (wakes.get() != answered) {
            answered++;
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
            marginNanos = bounded(marginNanos + (late > marginNanos ? core.quantile : core.quantile - 1) * step);
        }
        return after;
    }

    private double bounded(double nanos) {
        return Math.max(core.leastMarginNanos, Math.min(nanos, MOST_MARGIN_NANOS));
    }

    @Override
    public void onApproach(Runnable toTouch) {
        touch = toTouch;
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
        LockSupport.unpark(thread);
    }

    /** The margin as it stands, in nanoseconds; written by the waiting thread. */
    public long marginNanos() {
        return (long) marginNanos;
    }
}
