package dev.spindle.engine.reorder;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A last stage that writes down what leaves, and checks that no event is handed on while another holds it. */
final class Recorder implements Stage {

    record Departure(long sequence, long payload, boolean duplicate, int slip, long extent, long intendedNanos, long arrivalNanos) {}

    final List<Departure> departures = new ArrayList<>();
    final Set<Event> seen = new HashSet<>();
    int batches;
    int ends;

    @Override
    public Event on(Event event) {
        departures.add(
                new Departure(event.sequence, event.values[0], event.duplicate, event.slip, event.extent, event.intendedNanos, event.arrivalNanos));
        seen.add(event);
        event.values[0] = -1; // what a later stage does to an event must not reach its second sending
        return event;
    }

    @Override
    public void endOfBatch() {
        batches++;
    }

    @Override
    public void endOfStream() {
        ends++;
    }

    List<Departure> first() {
        return departures.stream().filter(d -> !d.duplicate()).toList();
    }

    List<Long> firstSequences() {
        return first().stream().map(Departure::sequence).toList();
    }
}
