package dev.spindle.engine.stamp;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;

/** Writes the metadata and encodes the event: from here on it is bytes. */
public final class StampStage implements Stage {

    private final Encoder[] encoders;
    private final Stage next;
    /** Where the next event is to be written, as far as the next stage says. */
    private byte[] room = {};

    private int roomStart;

    /** A stage with one encoder for each table of the run. */
    public StampStage(Encoder[] encoders, Stage next) {
        this.encoders = encoders.clone();
        this.next = next;
    }

    @Override
    public Event on(Event event) {
        byte[] own = event.encoded;
        event.encoded = room;
        event.encodedStart = roomStart;
        encoders[event.table].encode(event);
        Event back = next.on(event);
        room = back.encoded;
        roomStart = back.encodedStart;
        back.encoded = own;
        back.encodedStart = 0;
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
