package dev.spindle.sinks.discard;

import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import java.time.Duration;

/** Acknowledges every event and keeps none: what the engine can do without a target. */
public final class NullSink implements Sink {

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
