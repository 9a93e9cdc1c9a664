package dev.spindle.engine.stats;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Latencies in nanoseconds, recorded without locks by one thread and under a lock by any others, and read from the side: as a total and as what has come since the last look.
 */
public final class LatencyRecorder {

    /** Longer latencies count as this: one day. */
    private static final long MOST_NANOS = 86_400_000_000_000L;

    private static final int DIGITS = 3;

    private final SingleWriterRecorder own = new SingleWriterRecorder(1, MOST_NANOS, DIGITS);
    /** Written by any thread that holds its monitor. */
    private final SingleWriterRecorder others = new SingleWriterRecorder(1, MOST_NANOS, DIGITS);

    private final Histogram total = new Histogram(1, MOST_NANOS, DIGITS);
    private Histogram ownSpare;
    private Histogram othersSpare;
    private Histogram interval = new Histogram(1, MOST_NANOS, DIGITS);

    /** Records {@code count} equal latencies; called by the one thread that owns this recorder. */
    public void record(long nanos, long count) {
        own.recordValueWithCount(bounded(nanos), count);
    }

    /** Records one latency; called by any thread. */
    public void recordFromAnyThread(long nanos) {
        synchronized (others) {
            others.recordValue(bounded(nanos));
        }
    }

    /** Records {@code nowNanos} less each of the first {@code count} moments; called by any thread. */
    public void recordFromAnyThread(long nowNanos, long[] sinceNanos, int count) {
        synchronized (others) {
            int i = 0;
            while (i < count) { // events of one moment are recorded at once
                long since = sinceNanos[i];
                int first = i;
                do {
                    i++;
                } while (i < count && sinceNanos[i] == since);
                others.recordValueWithCount(bounded(nowNanos - since), i - first);
            }
        }
    }

    private static long bounded(long nanos) {
        return Math.max(0, Math.min(nanos, MOST_NANOS));
    }

    /** A copy of everything recorded so far. */
    public synchronized Histogram total() {
        drain();
        return total.copy();
    }

    /** A copy of what has been recorded since this was last called: for the run's one sampler of live figures. */
    public synchronized Histogram interval() {
        drain();
        Histogram since = interval;
        interval = new Histogram(1, MOST_NANOS, DIGITS);
        return since;
    }

    private void drain() {
        ownSpare = own.getIntervalHistogram(ownSpare);
        othersSpare = others.getIntervalHistogram(othersSpare);
        total.add(ownSpare);
        total.add(othersSpare);
        interval.add(ownSpare);
        interval.add(othersSpare);
    }
}
