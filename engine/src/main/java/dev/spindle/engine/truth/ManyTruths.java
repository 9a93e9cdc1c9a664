package dev.spindle.engine.truth;

import dev.spindle.engine.event.Event;
import java.util.List;

/** Several ground truths told as one. */
final class ManyTruths implements Truth {

    private final Truth[] truths;

    ManyTruths(List<Truth> truths) {
        this.truths = truths.toArray(Truth[]::new);
    }

    @Override
    public void rowAnomaly(Event event, int column, long original) {
        for (Truth truth : truths) {
            truth.rowAnomaly(event, column, original);
        }
    }

    @Override
    public void groupAnomaly(
            Event event, int column, long original, long occurrence, long startMicros, long endMicros) {
        for (Truth truth : truths) {
            truth.groupAnomaly(event, column, original, occurrence, startMicros, endMicros);
        }
    }

    @Override
    public void misplaced(Event event, Misplacement kind) {
        for (Truth truth : truths) {
            truth.misplaced(event, kind);
        }
    }

    @Override
    public void endOfBatch() {
        for (Truth truth : truths) {
            truth.endOfBatch();
        }
    }

    @Override
    public void endOfStream() {
        for (Truth truth : truths) {
            truth.endOfStream();
        }
    }
}
