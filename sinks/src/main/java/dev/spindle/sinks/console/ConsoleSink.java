package dev.spindle.sinks.console;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.json.IoText;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.sinks.stream.LineChannel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** Writes events to standard output, one on a line, or indented for people. */
public final class ConsoleSink implements Sink {

    private final int indent;
    private final byte[] prefix;
    private final LineChannel out;
    /** What {@link #close} closes; null for standard output, which is the process's, not the run's. */
    private final FileChannel own;
    private Deliveries deliveries;
    private byte[] dressed = {};

    /**
     * A sink to standard output.
     *
     * @param indent spaces before each column on a line of its own; 0 for whole events on one line
     * @param prefix text before each event; may be empty
     */
    public ConsoleSink(int indent, String prefix) {
        this(indent, prefix.getBytes(StandardCharsets.UTF_8), new FileOutputStream(FileDescriptor.out).getChannel(), null);
    }

    ConsoleSink(int indent, String prefix, FileChannel channel) {
        this(indent, prefix.getBytes(StandardCharsets.UTF_8), channel, null);
    }

    private ConsoleSink(int indent, byte[] prefix, FileChannel channel, FileChannel own) {
        this.indent = indent;
        this.prefix = prefix;
        this.out = new LineChannel(channel, "standard output");
        this.own = own;
    }

    @Override
    public void open(SinkContext context) {
        deliveries = context.deliveries();
        out.listen(context);
    }

    @Override
    public void write(Batch batch) {
        boolean plain = indent == 0 && prefix.length == 0;
        int[] ends = plain ? null : new int[batch.size()];
        int length = plain ? batch.endOffset() : dress(batch, ends);
        try {
            out.write(plain ? batch.bytes() : dressed, length);
        } catch (LineChannel.Failed e) {
            int whole = 0;
            while (whole < batch.size() && (plain ? end(batch, whole) : ends[whole]) <= e.written()) {
                whole++;
            }
            deliveries.acknowledged(batch, 0, whole);
            batch.accept(whole);
            throw e.cause();
        }
        deliveries.acknowledged(batch, 0, batch.size());
    }

    @Override
    public Sink rehearsal() {
        try {
            Optional<Path> nowhere = LineChannel.nowhere();
            if (nowhere.isPresent()) {
                FileChannel channel = FileChannel.open(nowhere.get(), StandardOpenOption.WRITE);
                return new ConsoleSink(indent, prefix, channel, channel);
            }
        } catch (IOException e) {
            // then it rehearses without writing
        }
        return Sink.super.rehearsal();
    }

    private static int end(Batch batch, int i) {
        return batch.offset(i) + batch.length(i) + 1;
    }

    /** Puts prefixes and line breaks in; returns the length, and each event's end in {@code ends}. */
    private int dress(Batch batch, int[] ends) {
        int at = 0;
        for (int i = 0; i < batch.size(); i++) {
            int most = prefix.length + batch.length(i) * (indent + 2) + 8;
            if (dressed.length - at < most) {
                dressed = java.util.Arrays.copyOf(dressed, Math.max(dressed.length * 2, at + most));
            }
            System.arraycopy(prefix, 0, dressed, at, prefix.length);
            at = Indented.write(batch.bytes(), batch.offset(i), batch.length(i), indent, dressed, at + prefix.length);
            dressed[at++] = '\n';
            ends[i] = at;
        }
        return at;
    }

    @Override
    public void flush(Duration timeout) {
        // every write has gone to the system
    }

    @Override
    public void close(Duration timeout) {
        try {
            if (own != null) {
                own.close();
            }
        } catch (IOException e) {
            throw new SinkException("cannot close: " + IoText.reason(e), e);
        }
    }
}
