package dev.spindle.sinks.eventhub.standin;

/** What the stand-in does to one delivery in place of accepting it. */
public sealed interface Fault {

    /** Condition with which the service asks a sender to slow down. */
    String SERVER_BUSY = "com.microsoft:server-busy";

    /** Answers {@code rejected} with an error condition, or with none where that is null; nothing is kept. */
    record Reject(String condition, String description) implements Fault {}

    /** Answers {@code released}; nothing is kept. */
    record Release() implements Fault {}

    /** Never answers; {@code keep} says whether the events are kept all the same. */
    record Swallow(boolean keep) implements Fault {}

    /** Detaches the link with an error in place of an answer; nothing is kept. */
    record Detach(String condition, String description) implements Fault {}

    /** Cuts the connection in place of an answer; {@code keep} says whether the events are kept all the same. */
    record Drop(boolean keep) implements Fault {}

    static Fault throttle() {
        return new Reject(SERVER_BUSY, "The request was terminated because the entity is being throttled.");
    }
}
