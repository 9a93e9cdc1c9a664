package dev.spindle.engine.publish;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.NanoClock;

/** Hands encoded events to the sink, in batches of what is ready. */
public final class PublishStage implements Stage {

    private final Batch batch;
    private final Sink sink;
    private final DeliveryLedger ledger;
    private final NanoClock clock;
    private final BlockedTime blocked;
    private final EventSample sample;

    /**
     * A stage.
     *
     * @param blocked where the time is noted that the sink takes
     */
    public PublishStage(Outlet outlet, NanoClock clock, BlockedTime blocked) {
        this.batch = outlet.batch();
        this.sink = outlet.sink();
        this.ledger = outlet.ledger();
        this.clock = clock;
        this.blocked = blocked;
        this.sample = outlet.sample();
    }

    @Override
    public Event on(Event event) {
        batch.add(event);
        if (batch.isFull()) {
            write();
        }
        return event;
    }

    @Override
    public void endOfBatch() {
        if (batch.size() > 0) {
            write();
        }
    }

    @Override
    public void endOfStream() {
        endOfBatch();
    }

    private void write() {
        long before = clock.nanoTime();
        try {
            sink.write(batch);
        } catch (SinkException e) {
            ledger.failed(batch.size() - batch.accepted(), e);
            batch.clear();
            throw e;
        }
        long after = clock.nanoTime();
        blocked.add(after - before);
        sample.offer(batch, after);
        batch.clear();
    }
}
