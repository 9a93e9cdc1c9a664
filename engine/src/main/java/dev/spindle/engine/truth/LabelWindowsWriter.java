package dev.spindle.engine.truth;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.truth.LabelWindows.Window;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the anomalies as time windows, when it is closed, in the JSON shape and the time format of the label files of
 * the Numenta Anomaly Benchmark (github.com/numenta/NAB, {@code labels/combined_windows.json}): the name of each stream
 * with a list of starts and ends, in order of their starts.
 *
 * <p>Anomalies whose sequence numbers follow each other share a window; each group of a collective anomaly has its own.
 */
public final class LabelWindowsWriter implements AutoCloseable {

    /** Windows held in memory; bounds it to some 250 MB. */
    static final int MOST_WINDOWS = 5_000_000;

    private final Path file;
    private final List<LabelledTable> tables;
    private final int mostWindows;
    private final List<LabelWindows> lanes = new ArrayList<>();
    private final AtomicInteger windows = new AtomicInteger();
    private Writer out;
    private boolean closed;

    /**
     * A writer of a file that is not yet open.
     *
     * @param tables the tables of the run, by {@code Event.table}; each is a stream of its name
     */
    public LabelWindowsWriter(Path file, List<LabelledTable> tables) {
        this(file, tables, MOST_WINDOWS);
    }

    LabelWindowsWriter(Path file, List<LabelledTable> tables, int mostWindows) {
        this.file = file;
        this.tables = List.copyOf(tables);
        this.mostWindows = mostWindows;
    }

    /**
     * Opens the file, replacing what is there. Called before the first event.
     *
     * @throws SinkException when the file cannot be written
     */
    public synchronized LabelWindowsWriter open() {
        try {
            out = Files.newBufferedWriter(file);
            return this;
        } catch (IOException e) {
            throw LabelsWriter.failure(file, e);
        }
    }

    /** A truth for one more inject stage. */
    public synchronized Truth truth() {
        LabelWindows lane = new LabelWindows(this);
        lanes.add(lane);
        return lane;
    }

    LabelledTable table(int index) {
        return tables.get(index);
    }

    void countWindow() {
        if (windows.incrementAndGet() > mostWindows) {
            throw new SinkException("the label windows file " + file + " can have " + mostWindows
                    + " windows at most; --labels has no such bound");
        }
    }

    /**
     * Writes the file, if it was opened. Called when no stage runs any more.
     *
     * @throws SinkException when that cannot be done
     */
    @Override
    public synchronized void close() {
        if (closed || out == null) {
            return;
        }
        closed = true;
        try (Writer json = out) {
            json.write("{");
            for (int table = 0; table < tables.size(); table++) {
                json.write(table == 0 ? "\n  " : ",\n  ");
                json.write(JsonText.quoted(tables.get(table).name()));
                json.write(": [");
                write(merged(table), json);
                json.write("]");
            }
            json.write("\n}\n");
        } catch (IOException e) {
            throw LabelsWriter.failure(file, e);
        }
    }

    private static void write(List<Window> merged, Writer json) throws IOException {
        String separator = "\n    ";
        for (Window window : merged) {
            json.write(separator);
            json.write("[\"" + Moments.benchmark(window.startMicros()) + "\", \""
                    + Moments.benchmark(window.endMicros()) + "\"]");
            separator = ",\n    ";
        }
        json.write(merged.isEmpty() ? "" : "\n  ");
    }

    /** A table's windows of all lanes, those of neighbours made one, in order of their starts. */
    private List<Window> merged(int table) {
        List<Window> all = new ArrayList<>();
        lanes.forEach(lane -> all.addAll(lane.windows(table)));
        all.sort(Comparator.comparingLong(Window::firstSequence));
        List<Window> merged = new ArrayList<>();
        LongSet groups = new LongSet();
        for (Window window : all) {
            Window last = merged.isEmpty() ? null : merged.getLast();
            if (window.isGroup()) {
                if (groups.add(window.id())) {
                    merged.add(window);
                }
            } else if (last != null && !last.isGroup() && last.lastSequence() + 1 == window.firstSequence()) {
                merged.set(merged.size() - 1, join(last, window));
            } else {
                merged.add(window);
            }
        }
        merged.sort(Comparator.comparingLong(Window::startMicros).thenComparingLong(Window::endMicros));
        return merged;
    }

    private static Window join(Window one, Window other) {
        return new Window(
                Math.min(one.startMicros(), other.startMicros()),
                Math.max(one.endMicros(), other.endMicros()),
                one.firstSequence(),
                other.lastSequence(),
                0);
    }
}
