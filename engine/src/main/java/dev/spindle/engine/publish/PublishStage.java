package dev.spindle.engine.publish;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.NanoClock;

/** Hands encoded events to the sink, in batches of what is ready. */
public final class PublishStage implements Stage {

    private final Batch batch;
    private final boolean lends;
    private final BatchWriter writer;

    /**
     * A stage.
     *
     * @param lends whether the stage before, on the same thread, may write events to their places in the batch
     * @param blocked where the time is noted that the sink takes
     */
    public PublishStage(Outlet outlet, boolean lends, NanoClock clock, BlockedTime blocked) {
        this.lends = lends;
        this.batch = outlet.batch();
        this.writer = new BatchWriter(outlet, clock, blocked);
    }

    @Override
    public Event on(Event event) {
        batch.add(event);
        if (batch.isFull()) {
            writer.write(batch);
        }
        if (lends) {
            batch.lend(event);
        }
        return event;
    }

    @Override
    public void endOfBatch() {
        if (batch.size() > 0) {
            writer.write(batch);
        }
    }

    @Override
    public void endOfStream() {
        endOfBatch();
    }
}
