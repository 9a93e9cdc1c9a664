package dev.spindle.engine.anomaly;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;

/** A compiled {@link PointAnomaly}. */
final class PointRule implements RowRule {

    private static final double LEAST_JITTER = 0.8;
    private static final double MOST_JITTER = 1.2;

    private final int column;
    private final double mean;
    private final double low;
    private final double high;
    private final long multiplierKey;
    private final long jitterKey;

    /**
     * @param mean the column's mean of absolute values, times 10^scale as the values are
     * @param low the least multiple of it
     * @param high the greatest
     */
    PointRule(int column, double mean, double low, double high, long key) {
        this.column = column;
        this.mean = mean;
        this.low = low;
        this.high = high;
        this.multiplierKey = Draw.bits(key, 0);
        this.jitterKey = Draw.bits(key, 1);
    }

    @Override
    public boolean isEligible(Event event) {
        return true;
    }

    @Override
    public void apply(Event event, Change change) {
        long sequence = event.sequence;
        double multiplier = low + Draw.unit(multiplierKey, sequence) * (high - low);
        double jitter = LEAST_JITTER + Draw.unit(jitterKey, sequence) * (MOST_JITTER - LEAST_JITTER);
        long value = Math.max(Math.round(mean * multiplier * jitter), -Long.MAX_VALUE);
        long original = event.values[column];
        change.column = column;
        change.original = original;
        event.values[column] = value != original ? value : value < Long.MAX_VALUE ? value + 1 : value - 1;
    }
}
