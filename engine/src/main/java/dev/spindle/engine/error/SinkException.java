package dev.spindle.engine.error;

/** The sink cannot go on: the run ends as failed, with this message as its error. */
public final class SinkException extends SpindleException {

    private static final long serialVersionUID = 1L;

    /** Whether the reader simply went away, as {@code head} does when it has enough: an end, but no failure. */
    private final boolean readerGone;

    public SinkException(String message) {
        this(message, null);
    }

    public SinkException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private SinkException(String message, Throwable cause, boolean readerGone) {
        super(message, cause);
        this.readerGone = readerGone;
    }

    /** The reader at the other end has closed its side. */
    public static SinkException readerGone(Throwable cause) {
        return new SinkException("the reader has gone", cause, true);
    }

    public boolean isReaderGone() {
        return readerGone;
    }
}
