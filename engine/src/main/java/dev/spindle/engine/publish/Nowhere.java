package dev.spindle.engine.publish;

import java.time.Duration;

/** Acknowledges every event and keeps none: what the engine can do without a target. */
public final class Nowhere implements Sink {

    private Deliveries deliveries;

    @Override
    public void open(SinkContext context) {
        deliveries = context.deliveries();
    }

    @Override
    public void write(Batch batch) {
        deliveries.acknowledged(batch, 0, batch.size());
    }

    @Override
    public void flush(Duration timeout) {
        // nothing is ever waiting
    }

    @Override
    public void close(Duration timeout) {
        // nothing is ever open
    }
}
