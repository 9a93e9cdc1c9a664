package dev.spindle.sinks.file;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.json.IoText;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.sinks.stream.LineChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes events to a file, one on a line (JSON Lines). An event is acknowledged when the system has taken its whole line,
 * with {@code fsync} when the disk has it. When a write fails the file is cut back to its last whole line. The file may be
 * a named pipe: then each event goes to who reads it, and the run ends without failing when the reader goes.
 */
public final class FileSink implements Sink {

    private final Path file;
    private final boolean append;
    private final boolean fsync;
    private Deliveries deliveries;
    private FileChannel channel;
    private LineChannel out;
    private final Batch[] one = new Batch[1];
    private long endOfLines;
    /** Written by one thread at a time. */
    private volatile long safe;

    /**
     * A sink.
     *
     * @param append whether what is there stays
     * @param fsync whether each write waits for the disk
     */
    public FileSink(Path file, boolean append, boolean fsync) {
        this.file = file;
        this.append = append;
        this.fsync = fsync;
    }

    @Override
    public void open(SinkContext context) {
        deliveries = context.deliveries();
        try {
            channel = FileChannel.open(file, options());
            if (Files.isRegularFile(file)) {
                endOfLines = channel.size();
                channel.position(endOfLines);
            }
            out = new LineChannel(channel, file.toString());
            out.listen(context);
            if (append && endOfLines > 0 && !endsWithLine()) {
                context.warn(file + " ends within a line: the first event goes on a line of its own");
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
                endOfLines++;
            }
        } catch (IOException e) {
            throw new SinkException("cannot write to " + file + ": " + IoText.reason(e), e);
        }
    }

    private Set<OpenOption> options() {
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE));
        if (!append) {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        } else if (Files.isRegularFile(file)) {
            options.add(StandardOpenOption.READ);
        }
        return options;
    }

    private boolean endsWithLine() throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        channel.read(last, endOfLines - 1);
        return last.get(0) == '\n';
    }

    @Override
    public void write(Batch batch) {
        one[0] = batch;
        writeAll(one, 0, 1);
    }

    /** All go through one buffer, so that there are fewer calls to the system than batches. */
    @Override
    public void writeAll(Batch[] batches, int from, int to) {
        try {
            for (int i = from; i < to; i++) {
                out.append(batches[i].bytes(), batches[i].endOffset());
            }
            out.flush();
            if (fsync) {
                channel.force(false);
            }
        } catch (LineChannel.Failed e) {
            keepWholeLines(batches, from, to, e.written());
            throw e.cause();
        } catch (IOException e) {
            throw new SinkException("cannot sync " + file + ": " + IoText.reason(e), e);
        }
        for (int i = from; i < to; i++) {
            keep(batches[i], batches[i].size());
        }
    }

    /** After a write that failed: counts the lines that are whole and takes the rest of the last one away. */
    private void keepWholeLines(Batch[] batches, int from, int to, long written) {
        long left = written;
        for (int i = from; i < to; i++) {
            Batch batch = batches[i];
            int whole = 0;
            while (whole < batch.size() && end(batch, whole + 1) <= left) {
                whole++;
            }
            left -= end(batch, whole);
            keep(batch, whole);
            batch.accept(whole);
            if (whole < batch.size()) {
                break;
            }
        }
        try {
            if (Files.isRegularFile(file)) {
                channel.truncate(endOfLines);
            }
        } catch (IOException e) {
            // the first failure says it all; a torn last line is left
        }
    }

    private void keep(Batch batch, int lines) {
        endOfLines += end(batch, lines);
        safe = safe + lines;
        deliveries.acknowledged(batch, 0, lines);
    }

    /** Bytes of the first so many lines. */
    private static int end(Batch batch, int lines) {
        return lines == 0 ? 0 : batch.offset(lines - 1) + batch.length(lines - 1) + 1;
    }

    @Override
    public void flush(Duration timeout) {
        // every write has gone to the system
    }

    @Override
    public void close(Duration timeout) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new SinkException("cannot close " + file + ": " + IoText.reason(e), e);
        }
    }

    /** A file that keeps nothing and has no disk to wait for. */
    @Override
    public Sink rehearsal() {
        Optional<Path> nowhere = LineChannel.nowhere();
        return nowhere.isPresent() ? new FileSink(nowhere.get(), false, false) : Sink.super.rehearsal();
    }

    @Override
    public Map<String, Long> counters() {
        return Map.of("events_safe", safe);
    }
}
