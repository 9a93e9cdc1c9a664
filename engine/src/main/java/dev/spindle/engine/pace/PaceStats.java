package dev.spindle.engine.pace;

import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.stats.Counter;
import dev.spindle.engine.stats.Gauge;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What a pacer has done, and how well: written by its thread without allocating, readable from any thread at any time.
 *
 * <p><b>Lag</b> is release minus intended time on the run's clock, in nanoseconds; for a late event ({@code --late}),
 * release minus its own due time. Unpaced events have none.
 *
 * <p><b>Missed</b> counts the events that were more than {@link #MISSED_NANOS} late, or dropped as overdue, by the
 * generator's own fault. Its own part of an event's lag is the lag less the time that the thread has spent blocked by what comes
 * after it ({@link dev.spindle.engine.stats.BlockedTime}) since the pacer was last ahead of its schedule. So a sink that
 * stalls for three seconds makes events late but none missed, while a stage that computes too slowly, a thread that wakes
 * too late, or a host that takes the core away does.
 */
public final class PaceStats {

    /** How late an event may be by the generator's own fault without counting as missed: 1 ms. */
    public static final long MISSED_NANOS = 1_000_000;

    private static final long HIGHEST_LAG_NANOS = 86_400_000_000_000L;
    private static final int LAG_DIGITS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Counter taken = new Counter();
    private final Counter released = new Counter();
    private final Counter dropped = new Counter();
    private final Counter missed = new Counter();
    private final Gauge firstIntended = new Gauge(Long.MIN_VALUE);
    private final Gauge firstReleased = new Gauge(0);
    private final Gauge lastIntended = new Gauge(0);
    private final Gauge lastReleased = new Gauge(0);
    private final GapSample gaps = new GapSample();
    private final long highestLagNanos;
    private final SingleWriterRecorder lag;

    /** Of the writer: lag of the event before, and whether the next release is that of the next arrival. */
    private long lagBefore;

    private boolean consecutive;

    /** Of the readers, under this object's monitor. */
    private Histogram recent;

    private final Histogram interval;
    private final Histogram total;

    /** Nothing has been taken. */
    public PaceStats() {
        this(HIGHEST_LAG_NANOS);
    }

    private PaceStats(long highestLagNanos) {
        this.highestLagNanos = highestLagNanos;
        this.lag = new SingleWriterRecorder(1, highestLagNanos, LAG_DIGITS);
        this.interval = new Histogram(highestLagNanos, LAG_DIGITS);
        this.total = new Histogram(highestLagNanos, LAG_DIGITS);
    }

    /** Figures that nobody will read, in little memory. */
    static PaceStats unread() {
        return new PaceStats(2);
    }

    /** An event has been taken from the generator: it will be released or dropped. */
    void onTaken() {
        taken.increment();
    }

    /** An event is let go at its turn. */
    void onReleased(long intendedNanos, long releasedNanos, double unit, double ratePerSecond, long ownLagNanos) {
        long late = releasedNanos - intendedNanos;
        if (consecutive) {
            gaps.add(unit + ratePerSecond * (late - lagBefore) / NANOS_PER_SECOND);
        }
        consecutive = true;
        lagBefore = late;
        onReleasedUnpaced(intendedNanos, releasedNanos);
        recordLag(late, ownLagNanos);
    }

    /** An event is let go that was not waited for. */
    void onReleasedUnpaced(long intendedNanos, long releasedNanos) {
        released.increment();
        if (firstIntended.get() == Long.MIN_VALUE) {
            firstReleased.set(releasedNanos);
            firstIntended.set(intendedNanos);
        }
        lastIntended.set(intendedNanos);
        lastReleased.set(releasedNanos);
    }

    /** An event that was held back is let go at its due time. */
    void onReleasedHeld(long lagNanos, long ownLagNanos) {
        released.increment();
        recordLag(lagNanos, ownLagNanos);
    }

    /** An event that was held back is let go before its time, because the run is stopped. */
    void onFlushed() {
        released.increment();
    }

    /** An event is shed. */
    void onDropped(long ownLagNanos) {
        dropped.increment();
        countMissed(ownLagNanos);
    }

    /** The next release is not that of the next arrival. */
    void onGap() {
        consecutive = false;
    }

    /** From now on gaps are those of this arrival process, of which every {@code lanes}-th arrival comes here. */
    void onArrivals(Arrivals arrivals, int lanes) {
        gaps.reset(arrivals, lanes);
        consecutive = false;
    }

    private void recordLag(long nanos, long ownNanos) {
        lag.recordValue(Math.clamp(nanos, 0, highestLagNanos));
        countMissed(ownNanos);
    }

    private void countMissed(long ownNanos) {
        if (ownNanos > MISSED_NANOS) {
            missed.increment();
        }
    }

    /** Events taken from the generator. */
    public long taken() {
        return taken.get();
    }

    /** Events let go; the rest of those taken were dropped or are being held back. */
    public long released() {
        return released.get();
    }

    /** Events shed because they were overdue. */
    public long dropped() {
        return dropped.get();
    }

    /** Events late by the generator's own fault. */
    public long missed() {
        return missed.get();
    }

    /** {@link PaceTotals#rateError} of this pacer alone. */
    public double rateError() {
        return new PaceTotals(List.of(this)).rateError();
    }

    /** {@link PaceTotals#offeredPerSecond} of this pacer alone. */
    public double offeredPerSecond() {
        return new PaceTotals(List.of(this)).offeredPerSecond();
    }

    /** Intended time of the first event let go, {@link Long#MIN_VALUE} before it. */
    long firstIntendedNanos() {
        return firstIntended.get();
    }

    long firstReleasedNanos() {
        return firstReleased.get();
    }

    /** Intended time of the last event let go at its turn. */
    long lastIntendedNanos() {
        return lastIntended.get();
    }

    long lastReleasedNanos() {
        return lastReleased.get();
    }

    /**
     * How well the releases fit the arrival process, over a sample of all gaps since it was last changed. Of one lane of
     * several the gaps are those between its own releases, and the process that of every N-th arrival.
     */
    public KsFigure arrivalsFit() {
        return gaps.figure();
    }

    /** A copy of all lags so far, in nanoseconds. */
    public synchronized Histogram lagTotal() {
        drain();
        return total.copy();
    }

    /** A copy of the lags since this method was last called: for the run's one sampler of live figures. */
    public synchronized Histogram lagInterval() {
        drain();
        Histogram copy = interval.copy();
        interval.reset();
        return copy;
    }

    private void drain() {
        recent = lag.getIntervalHistogram(recent);
        total.add(recent);
        interval.add(recent);
    }
}
