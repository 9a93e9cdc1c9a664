package dev.spindle.sinks.console;

import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.sinks.stream.LineChannel;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Writes events to standard output, one on a line, or indented for people. */
public final class ConsoleSink implements Sink {

    private final int indent;
    private final byte[] prefix;
    private final LineChannel out;
    private Deliveries deliveries;
    private byte[] dressed = {};

    /**
     * A sink to standard output.
     *
     * @param indent spaces before each column on a line of its own; 0 for whole events on one line
     * @param prefix text before each event; may be empty
     */
    public ConsoleSink(int indent, String prefix) {
        this(indent, prefix, new FileOutputStream(FileDescriptor.out).getChannel());
    }

    ConsoleSink(int indent, String prefix, FileChannel channel) {
        this.indent = indent;
        this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        this.out = new LineChannel(channel, "standard output");
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
        // standard output is the process's, not the run's: it stays open
    }
}
