package dev.spindle.engine.publish;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.NanoClock;

/**
 * Hands batches to the sink and keeps the books on it.
 *
 * @param outlet where they go
 * @param blocked where the time is noted that the sink takes
 */
public record BatchWriter(Outlet outlet, NanoClock clock, BlockedTime blocked) {

    /** A halt is heard between two calls of the sink. */
    private static final int MOST_TOGETHER = 16;

    /** Hands a batch over and empties it. */
    public void write(Batch batch) {
        long before = clock.nanoTime();
        try {
            outlet.sink().write(batch);
        } catch (SinkException e) {
            fail(batch, e);
            throw e;
        }
        long after = clock.nanoTime();
        blocked.add(after - before);
        settle(batch, after);
    }

    /** Hands the first {@code count} batches over, some together, and empties them. */
    public void writeAll(Batch[] batches, int count) {
        for (int from = 0; from < count; from += MOST_TOGETHER) {
            int to = Math.min(count, from + MOST_TOGETHER);
            long before = clock.nanoTime();
            try {
                outlet.sink().writeAll(batches, from, to);
            } catch (SinkException e) {
                for (int i = from; i < count; i++) {
                    fail(batches[i], e);
                }
                throw e;
            }
            long after = clock.nanoTime();
            blocked.add(after - before);
            for (int i = from; i < to; i++) {
                settle(batches[i], after);
            }
        }
    }

    private void fail(Batch batch, SinkException cause) {
        outlet.ledger().failed(batch.size() - batch.accepted(), cause);
        batch.clear();
    }

    private void settle(Batch batch, long nowNanos) {
        outlet.sample().offer(batch, nowNanos);
        batch.clear();
    }
}
