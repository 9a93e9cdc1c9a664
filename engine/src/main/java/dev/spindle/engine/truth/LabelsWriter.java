package dev.spindle.engine.truth;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.time.NanoClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the ground truth as JSON Lines: one for each anomaly, and one for each event out of its place.
 *
 * <p>Shared by all lanes of a run; each lane's inject stage has a truth of its own, which gathers whole lines and hands
 * them on in large pieces, so that only they meet. The lines of one lane are in the order in which its events leave.
 */
public final class LabelsWriter implements AutoCloseable {

    private final Path file;
    private final String[] types;
    private final List<LabelledTable> tables;
    private final NanoClock clock;
    /** {@code ,"table":"NAME"} for each table; nothing where there is but one. */
    private final String[] tableMembers;

    private final List<LabelLines> lanes = new ArrayList<>();
    private FileChannel channel;

    /**
     * A writer of a file that is not yet open.
     *
     * @param types {@code point:NAME} and the like, by {@code Event.anomaly - 1}
     * @param tables the tables of the run, by {@code Event.table}
     */
    public LabelsWriter(Path file, List<String> types, List<LabelledTable> tables, NanoClock clock) {
        this.file = file;
        this.types = types.toArray(String[]::new);
        this.tables = List.copyOf(tables);
        this.clock = clock;
        this.tableMembers = tables.stream()
                .map(table -> tables.size() == 1 ? "" : ",\"table\":" + JsonText.quoted(table.name()))
                .toArray(String[]::new);
    }

    /**
     * Opens the file, replacing what is there. Called before the first event.
     *
     * @throws SinkException when the file cannot be written
     */
    public synchronized LabelsWriter open() {
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            return this;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** A truth for one more inject stage. */
    public synchronized Truth truth() {
        LabelLines lines = new LabelLines(this);
        lanes.add(lines);
        return lines;
    }

    String type(int anomaly) {
        return types[anomaly - 1];
    }

    LabelledTable table(int index) {
        return tables.get(index);
    }

    String tableMember(int index) {
        return tableMembers[index];
    }

    NanoClock clock() {
        return clock;
    }

    /** Writes whole lines. The page cache takes them; the disk is not waited for. */
    synchronized void write(ByteBuffer lines) {
        try {
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * Writes what is left and closes the file, if it was opened. Called when no stage runs any more.
     *
     * @throws SinkException when that cannot be done
     */
    @Override
    public synchronized void close() {
        if (channel == null) {
            return;
        }
        try (FileChannel closing = channel) {
            if (closing.isOpen()) {
                lanes.forEach(LabelLines::endOfStream);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    static SinkException failure(Path file, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        if (cause instanceof java.nio.file.NoSuchFileException) {
            reason = "no such directory";
        } else if (cause instanceof java.nio.file.AccessDeniedException) {
            reason = "access is denied";
        }
        return new SinkException("the labels file " + file + " cannot be written: " + reason, cause);
    }
}
