package dev.spindle.sinks.stream;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.json.IoText;
import dev.spindle.engine.publish.SinkContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes whole batches of lines to a file, a pipe or a terminal, through one buffer outside the heap. */
public final class LineChannel {

    private static final Path NOWHERE = Path.of("/dev/null");
    private static final int BUFFER_BYTES = 1 << 17;

    private final FileChannel channel;
    private final String name;
    private final boolean isPipe;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** Bytes since the last flush that the system has. */
    private long written;

    private volatile boolean writing;
    private volatile boolean gaveUp;

    /** {@code name} stands for the target in error messages. */
    public LineChannel(FileChannel channel, String name) {
        this.channel = channel;
        this.name = name;
        this.isPipe = !isSeekable(channel);
    }

    /** Files and most devices have places to go to; pipes, terminals and sockets have not. */
    private static boolean isSeekable(FileChannel channel) {
        try {
            channel.position();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where what is written is thrown away; empty where the system has no such place. */
    public static Optional<Path> nowhere() {
        return Files.isRegularFile(NOWHERE) || !Files.isWritable(NOWHERE) ? Optional.empty() : Optional.of(NOWHERE);
    }

    /** From now on a write that waits for the reader of a pipe ends when the run is halted. */
    public void listen(SinkContext context) {
        if (isPipe) {
            context.onHalt(this::giveUp);
        }
    }

    /** Nothing but its end wakes a thread out of a pipe that is full. One that is not in use stays open. */
    private void giveUp() {
        gaveUp = true;
        if (writing) {
            try {
                channel.close();
            } catch (IOException e) {
                // the write that waits says what there is to say
            }
        }
    }

    /** A write that failed, and how far it got since the last flush. */
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
        append(bytes, length);
        flush();
    }

    /** Takes bytes that the system is to have by the next {@link #flush}. */
    public void append(byte[] bytes, int length) throws Failed {
        int taken = 0;
        while (taken < length) {
            int piece = Math.min(length - taken, buffer.remaining());
            buffer.put(bytes, taken, piece);
            taken += piece;
            if (!buffer.hasRemaining()) {
                drain();
            }
        }
    }

    /** Writes what is still in the buffer. */
    public void flush() throws Failed {
        if (buffer.position() > 0) {
            drain();
        }
        written = 0;
    }

    private void drain() throws Failed {
        writing = true;
        try {
            if (gaveUp) {
                throw new ClosedChannelException();
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
        } catch (IOException e) {
            long all = written;
            written = 0;
            throw new Failed(all, failure(e));
        } finally {
            writing = false;
            buffer.clear();
        }
    }

    /** What a pipe has to say is in the language of the system, and can only be that its reader has gone. */
    private SinkException failure(IOException e) {
        if (gaveUp) {
            return new SinkException("the run was stopped while the reader of " + name + " took no more events", e);
        }
        return isPipe && !(e instanceof ClosedChannelException)
                ? SinkException.readerGone(e)
                : new SinkException("cannot write to " + name + ": " + IoText.reason(e), e);
    }
}
