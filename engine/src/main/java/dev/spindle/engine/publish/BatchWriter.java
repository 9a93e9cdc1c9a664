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

    /** Hands the first {@code count} batches over together and empties them. */
    public void writeAll(Batch[] batches, int count) {
        long before = clock.nanoTime();
        try {
            outlet.sink().writeAll(batches, count);
        } catch (SinkException e) {
            for (int i = 0; i < count; i++) {
                fail(batches[i], e);
            }
            throw e;
        }
        long after = clock.nanoTime();
        blocked.add(after - before);
        for (int i = 0; i < count; i++) {
            settle(batches[i], after);
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
