package dev.spindle.sinks.eventhub;

import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The client in use. A link can fall silent for good while its connection lives: when the service keeps its credit, or when
 * the client stumbles over an answer. The client never opens such a link again, so another client takes its place.
 */
final class Clients {

    private final Supplier<EventHubProducerAsyncClient> maker;
    private volatile EventHubProducerAsyncClient current;
    private boolean closed;

    /** Makes the first client at once. */
    Clients(Supplier<EventHubProducerAsyncClient> maker) {
        this.maker = maker;
        this.current = maker.get();
    }

    EventHubProducerAsyncClient current() {
        return current;
    }

    /** Puts another client in the place of {@code silent}, unless that has been done. */
    synchronized void replace(EventHubProducerAsyncClient silent) {
        if (current == silent && !closed) {
            current = maker.get();
            closing(silent);
        }
    }

    /** Closes the client in use; waits no longer than {@code patience} for it. */
    void close(Duration patience) {
        Thread closer;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            closer = closing(current);
        }
        try {
            closer.join(patience.isPositive() ? patience : Duration.ofMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closing a client can wait for answers that never come, so another thread does it. */
    private static Thread closing(EventHubProducerAsyncClient client) {
        return Thread.ofPlatform().daemon().name("spindle-eventhub-close").start(client::close);
    }
}
