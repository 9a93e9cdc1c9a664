package dev.spindle.engine.stamp;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;

/** Writes the metadata and encodes the event: from here on it is bytes. */
public final class StampStage implements Stage {

    private final Encoder[] encoders;
    private final Stage next;
    /** What the last event was written into, and the next one will be: it is still in the core's cache. */
    private byte[] warm = {};

    /** A stage with one encoder for each table of the run. */
    public StampStage(Encoder[] encoders, Stage next) {
        this.encoders = encoders.clone();
        this.next = next;
    }

    @Override
    public Event on(Event event) {
        byte[] cold = event.encoded;
        event.encoded = warm;
        encoders[event.table].encode(event);
        Event back = next.on(event);
        warm = back.encoded;
        back.encoded = cold;
        return back;
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
