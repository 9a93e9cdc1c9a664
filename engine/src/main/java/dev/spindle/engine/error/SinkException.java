package dev.spindle.engine.error;

/** The sink cannot go on: the run ends as failed, with this message as its error. */
public final class SinkException extends SpindleException {

    private static final long serialVersionUID = 1L;

    public SinkException(String message) {
        super(message, null);
    }

    public SinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
