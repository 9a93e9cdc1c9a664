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
            outlet.ledger().failed(batch.size() - batch.accepted(), e);
            batch.clear();
            throw e;
        }
        long after = clock.nanoTime();
        blocked.add(after - before);
        outlet.sample().offer(batch, after);
        batch.clear();
    }
}
