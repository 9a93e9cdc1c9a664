package dev.spindle.engine.generate;

/**
 * Which events of a stream a stage computes: some that follow one another, then none of the next few, and so on.
 *
 * @param first sequence number of the first one
 * @param events how many there are at most
 * @param row how many follow one another, 1 or more
 * @param skip how many of other lanes come between two rows, 0 or more
 */
public record Slice(long first, long events, long row, long skip) {

    /** All events from {@code first} on. */
    public static Slice whole(long first, long events) {
        return new Slice(first, events, 1, 0);
    }

    /**
     * What is a lane's of a run.
     *
     * @param first sequence number of the run's first event
     * @param events how many the run has; {@link Long#MAX_VALUE} for no end
     * @param row how many that follow one another are of the same lane
     */
    public static Slice ofLane(int lane, int lanes, long first, long events, long row) {
        long round = row * lanes;
        long own = events == Long.MAX_VALUE
                ? events
                : events / round * row + Math.clamp(events % round - lane * row, 0, row);
        return new Slice(first + lane * row, own, row, round - row);
    }

    Slice atMost(long most) {
        return new Slice(first, Math.min(events, most), row, skip);
    }
}
