package dev.spindle.engine.error;

/** The engine itself cannot go on: a bound was passed, a thread died. */
public final class EngineException extends SpindleException {

    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message, null);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
