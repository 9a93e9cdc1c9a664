package dev.spindle.engine.error;

/** Everything that Spindle throws at its users; the message is one line meant for a person. */
public abstract sealed class SpindleException extends RuntimeException
        permits ConfigurationException, SinkException, EngineException {

    private static final long serialVersionUID = 1L;

    SpindleException(String message, Throwable cause) {
        super(message, cause);
    }
}
