package dev.spindle.engine.reorder;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.plan.RunPlan;

/** Drives a reorder stage with a stream of events, as generate and pace would. */
final class Stream {

    final Recorder recorder = new Recorder();
    final ReorderStage stage;
    private Event event = new Event(1);
    private RunPlan plan;

    /** Whether events from here on have been held back for a time. */
    boolean late;

    Stream(Disorder disorder, double outOfOrder) {
        this.stage = new ReorderStage(disorder, () -> new Event(1), recorder);
        this.plan = Plans.of(outOfOrder, 0);
    }

    /** The payload that belongs to a sequence number. */
    static long payload(long sequence) {
        return sequence * 31 + 7;
    }

    Stream retune(double outOfOrder) {
        plan = Plans.of(outOfOrder, 0);
        return this;
    }

    Stream send(long from, long to) {
        for (long n = from; n < to; n++) {
            send(n);
        }
        return this;
    }

    Stream send(long sequence) {
        event.sequence = sequence;
        event.values[0] = payload(sequence);
        event.plan = plan;
        event.late = late;
        event.arrivalNanos = sequence * 1_000;
        event.intendedNanos = sequence * 1_000 + 5;
        event.duplicate = true; // whatever an event was used for before must not matter
        event.slip = 99;
        event.extent = 99;
        event = stage.on(event);
        return this;
    }

    Stream end() {
        stage.endOfStream();
        return this;
    }
}
