package dev.spindle.engine.row;

/** A time of each row that does not follow the row's number: the moments are dealt out to the rows in a drawn order. */
final class ScatteredTime extends TimeLine {

    private final EventTime times;
    private final Permutation ranks;
    private final long rows;

    /** {@code times} over {@code rows} ranks; row r takes that of its place in a permutation drawn from {@code key}. */
    ScatteredTime(EventTime times, long rows, long key) {
        this.times = times;
        this.rows = rows;
        this.ranks = new Permutation(rows, key);
    }

    /** The row's own time; rows beyond the table's take the same range once more, in another order. */
    long microsOfRow(long row) {
        return times.micros(rankOf(row));
    }

    @Override
    long micros(long rank) {
        return times.micros(rank);
    }

    @Override
    long countBy(long micros) {
        return Math.min(rows, times.countBy(micros));
    }

    @Override
    Calendar calendar() {
        return times.calendar();
    }

    @Override
    long shiftMicros() {
        return 0;
    }

    @Override
    long rowAt(long rank) {
        return ranks.row(rank);
    }

    @Override
    long rankOf(long row) {
        return ranks.structural(row) % rows;
    }
}
