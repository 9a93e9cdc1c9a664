package dev.spindle.engine.anomaly;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;

/**
 * A compiled {@link CollectiveAnomaly}: a straight line from each period onto a window in it, so that order is kept.
 * Moments closer than the line is steep may become one.
 */
final class GroupRule {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final int column;
    private final boolean wholeDays;
    private final Period period;
    private final long windowMicros;
    private final double ratio;
    private final long key;

    /** @param wholeDays whether the column is of dates; then the window begins at a midnight */
    GroupRule(int column, boolean wholeDays, Period period, long windowMicros, long key) {
        this.column = column;
        this.wholeDays = wholeDays;
        this.period = period;
        this.windowMicros = windowMicros;
        this.ratio = (double) windowMicros / period.lengthMicros();
        this.key = key;
    }

    boolean isEligible(Event event) {
        return event.values[column] != Event.NULL;
    }

    void apply(Event event, long group, Change change) {
        long original = event.values[column];
        long index = period.indexOf(original);
        long periodStart = period.start(index);
        long periodKey = Draw.bits(key, index);
        long room = period.lengthMicros() - windowMicros;
        long start = down(periodStart + (long) (Draw.unit(periodKey, group) * (room + 1.0)));
        long into = Math.min(windowMicros, (long) ((original - periodStart) * ratio));
        event.values[column] = down(start + into);
        change.column = column;
        change.original = original;
        change.isGroup = true;
        change.occurrence = Draw.bits(periodKey, group);
        change.startMicros = start;
        change.endMicros = start + windowMicros;
    }

    private long down(long micros) {
        return wholeDays ? micros - Math.floorMod(micros, DAY_MICROS) : micros;
    }
}
