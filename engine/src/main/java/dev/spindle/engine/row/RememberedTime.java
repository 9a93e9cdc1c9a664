package dev.spindle.engine.row;

/**
 * Times that several ask for, one rank after the other: in an interleaved stream a row's time decides its place, then
 * stands in the row, and then in rows that read it. Remembers the last one.
 */
final class RememberedTime extends DelegatedTime {

    private long lastRank;
    private long lastMicros;

    RememberedTime(TimeLine times) {
        super(times);
        this.lastMicros = times.micros(0);
    }

    @Override
    long micros(long rank) {
        if (rank != lastRank) {
            lastMicros = times.micros(rank);
            lastRank = rank;
        }
        return lastMicros;
    }
}
