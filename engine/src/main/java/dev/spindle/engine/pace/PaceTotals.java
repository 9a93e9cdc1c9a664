package dev.spindle.engine.pace;

import java.util.List;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** What the pacers of a run have done together. */
public record PaceTotals(List<PaceStats> lanes) {

    private static final double NANOS_PER_SECOND = 1e9;

    public PaceTotals {
        lanes = List.copyOf(lanes);
    }

    /** Events taken from the generators. */
    public long taken() {
        return sum(PaceStats::taken);
    }

    /** Events shed because they were overdue. */
    public long dropped() {
        return sum(PaceStats::dropped);
    }

    /** Events late by the generator's own fault. */
    public long missed() {
        return sum(PaceStats::missed);
    }

    private long sum(ToLongFunction<PaceStats> figure) {
        return lanes.stream().mapToLong(figure).sum();
    }

    /** The times of a first or last event. */
    private record Moment(long intendedNanos, long releasedNanos) {}

    /**
     * How far off the pace was: (actual − intended release of the last event, from the first) / intended. Positive when
     * slow; 0 for fewer than two events.
     */
    public double rateError() {
        Moment first = first();
        if (first == null) {
            return 0;
        }
        Moment last = last();
        long intended = last.intendedNanos - first.intendedNanos;
        long actual = last.releasedNanos - first.releasedNanos;
        return intended <= 0 ? 0 : (double) (actual - intended) / intended;
    }

    /** Events let go per second of the run's clock, from the first to the last; 0 for fewer than two. */
    public double offeredPerSecond() {
        Moment first = first();
        long nanos = first == null ? 0 : last().releasedNanos - first.releasedNanos;
        return nanos <= 0 ? 0 : (sum(PaceStats::released) - 1) * NANOS_PER_SECOND / nanos;
    }

    private Moment first() {
        Moment first = null;
        for (PaceStats lane : lanes) {
            long intended = lane.firstIntendedNanos();
            if (intended != Long.MIN_VALUE && (first == null || intended < first.intendedNanos)) {
                first = new Moment(intended, lane.firstReleasedNanos());
            }
        }
        return first;
    }

    private Moment last() {
        Moment last = null;
        for (PaceStats lane : lanes) {
            if (lane.firstIntendedNanos() != Long.MIN_VALUE
                    && (last == null || lane.lastIntendedNanos() > last.intendedNanos)) {
                last = new Moment(lane.lastIntendedNanos(), lane.lastReleasedNanos());
            }
        }
        return last;
    }

    /**
     * How well the releases fit the arrival process: of the first lane, whose every gap is the sum of as many of the
     * run's gaps as there are lanes. Gaps of different lanes overlap, so that they are no sample.
     */
    public KsFigure arrivalsFit() {
        return lanes.getFirst().arrivalsFit();
    }

    /** A copy of all lags so far, in nanoseconds. */
    public Histogram lagTotal() {
        Histogram all = lanes.getFirst().lagTotal();
        lanes.stream().skip(1).forEach(lane -> all.add(lane.lagTotal()));
        return all;
    }

    /** A copy of the lags since this method was last called: for the run's one sampler of live figures. */
    public Histogram lagInterval() {
        Histogram all = lanes.getFirst().lagInterval();
        lanes.stream().skip(1).forEach(lane -> all.add(lane.lagInterval()));
        return all;
    }
}
