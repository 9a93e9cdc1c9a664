package dev.spindle.sinks.stream;

import dev.spindle.engine.error.SinkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes whole batches of lines to a file, a pipe or a terminal, through one buffer outside the heap. */
public final class LineChannel {

    private static final int BUFFER_BYTES = 1 << 18;

    private final FileChannel channel;
    private final String name;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** {@code name} stands for the target in error messages. */
    public LineChannel(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
    }

    /** A write that failed, and how far it got. */
    public static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final long written;

        private Failed(long written, SinkException cause) {
            super(cause);
            this.written = written;
        }

        /** Bytes that had been written when it failed. */
        public long written() {
            return written;
        }

        /** What to throw. */
        public SinkException cause() {
            return (SinkException) getCause();
        }
    }

    /** Writes the first {@code length} bytes of an array. */
    public void write(byte[] bytes, int length) throws Failed {
        int taken = 0;
        long written = 0;
        try {
            while (taken < length) {
                int piece = Math.min(length - taken, BUFFER_BYTES);
                buffer.clear().put(bytes, taken, piece).flip();
                taken += piece;
                while (buffer.hasRemaining()) {
                    written += channel.write(buffer);
                }
            }
        } catch (IOException e) {
            throw new Failed(written, failure(e));
        }
    }

    private SinkException failure(IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return reason.contains("Broken pipe")
                ? SinkException.readerGone(e)
                : new SinkException("cannot write to " + name + ": " + reason, e);
    }
}
