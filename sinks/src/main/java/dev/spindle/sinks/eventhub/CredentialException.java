package dev.spindle.sinks.eventhub;

/** No token could be had. */
final class CredentialException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    /**
     * @param message one line without anything secret
     * @param isFinal whether asking again would bring the same answer
     */
    CredentialException(String message, boolean isFinal) {
        super(message, null);
        this.isFinal = isFinal;
    }

    boolean isFinal() {
        return isFinal;
    }
}
