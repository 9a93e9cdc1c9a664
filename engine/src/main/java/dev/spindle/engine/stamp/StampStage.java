package dev.spindle.engine.stamp;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;

/** Writes the metadata and encodes the event: from here on it is bytes. */
public final class StampStage implements Stage {

    private final Encoder[] encoders;
    private final Stage next;

    /** A stage with one encoder for each table of the run. */
    public StampStage(Encoder[] encoders, Stage next) {
        this.encoders = encoders.clone();
        this.next = next;
    }

    @Override
    public Event on(Event event) {
        encoders[event.table].encode(event);
        return next.on(event);
    }

    @Override
    public void endOfBatch() {
        next.endOfBatch();
    }

    @Override
    public void endOfStream() {
        next.endOfStream();
    }
}
