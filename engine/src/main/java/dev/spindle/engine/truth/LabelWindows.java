package dev.spindle.engine.truth;

import dev.spindle.engine.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One inject stage's windows: 36 bytes for each, and 16 more for each of a group. */
final class LabelWindows implements Truth {

    /** Says that a window is a group's and has no sequence numbers. */
    static final long NO_SEQUENCE = -1;

    /**
     * A time window.
     *
     * @param firstSequence of the anomalies in it, or {@link #NO_SEQUENCE}
     * @param id tells a group's window from all others
     */
    record Window(long startMicros, long endMicros, long firstSequence, long lastSequence, long id) {

        boolean isGroup() {
            return firstSequence == NO_SEQUENCE;
        }
    }

    private final LabelWindowsWriter writer;
    private final LongSet occurrences = new LongSet();
    private long[] starts = new long[64];
    private long[] ends = new long[64];
    private long[] firstSequences = new long[64];
    private long[] lastSequences = new long[64];
    private int[] tables = new int[64];
    private int size;

    LabelWindows(LabelWindowsWriter writer) {
        this.writer = writer;
    }

    /** An anomaly right behind the last one makes its window longer; else it begins one. */
    @Override
    public void rowAnomaly(Event event, int column, long original) {
        long micros = writer.table(event.table).eventTimeMicros(event);
        if (micros == Event.NULL) {
            return;
        }
        int last = size - 1;
        boolean isAdjacent = size > 0 && tables[last] == event.table && lastSequences[last] == event.sequence - 1
                && firstSequences[last] != NO_SEQUENCE;
        if (isAdjacent) {
            starts[last] = Math.min(starts[last], micros);
            ends[last] = Math.max(ends[last], micros);
            lastSequences[last] = event.sequence;
        } else {
            add(event.table, micros, micros, event.sequence, event.sequence);
        }
    }

    @Override
    public void groupAnomaly(
            Event event, int column, long original, long occurrence, long startMicros, long endMicros) {
        if (occurrences.add(occurrence)) {
            add(event.table, startMicros, endMicros, NO_SEQUENCE, occurrence);
        }
    }

    private void add(int table, long start, long end, long firstSequence, long lastSequence) {
        writer.countWindow();
        if (size == starts.length) {
            int larger = size * 2;
            starts = Arrays.copyOf(starts, larger);
            ends = Arrays.copyOf(ends, larger);
            firstSequences = Arrays.copyOf(firstSequences, larger);
            lastSequences = Arrays.copyOf(lastSequences, larger);
            tables = Arrays.copyOf(tables, larger);
        }
        starts[size] = start;
        ends[size] = end;
        firstSequences[size] = firstSequence;
        lastSequences[size] = lastSequence;
        tables[size] = table;
        size++;
    }

    @Override
    public void misplaced(Event event, Misplacement kind) {
        // a place in the stream is no anomaly of the data
    }

    @Override
    public void endOfBatch() {
        // windows are written when the run is over
    }

    @Override
    public void endOfStream() {
        // the writer asks for the windows when it is closed
    }

    /** The windows of a table as they were noted; a group's may be there once more in another lane. */
    List<Window> windows(int table) {
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (tables[i] == table) {
                boolean isGroup = firstSequences[i] == NO_SEQUENCE;
                windows.add(new Window(
                        starts[i],
                        ends[i],
                        firstSequences[i],
                        isGroup ? NO_SEQUENCE : lastSequences[i],
                        isGroup ? lastSequences[i] : 0));
            }
        }
        return windows;
    }
}
