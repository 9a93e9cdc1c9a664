package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.SinkContext;
import java.time.Duration;

/** The time that opening may take. */
final class Start {

    private final SinkContext context;
    private final Duration timeout;
    private final long beginNanos;

    Start(SinkContext context, Duration timeout) {
        this.context = context;
        this.timeout = timeout;
        this.beginNanos = context.clock().nanoTime();
    }

    Duration timeout() {
        return timeout;
    }

    long elapsedNanos() {
        return context.clock().nanoTime() - beginNanos;
    }

    /** Whether the time is over. */
    boolean isOver() {
        return elapsedNanos() >= timeout.toNanos();
    }

    void throwIfHalted() {
        if (context.halted()) {
            throw new SinkException("The run was stopped before Kafka had answered.");
        }
    }

    /** The time in a person's words: {@code 10 s}, {@code 2500 ms}. */
    String inWords() {
        long millis = timeout.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
