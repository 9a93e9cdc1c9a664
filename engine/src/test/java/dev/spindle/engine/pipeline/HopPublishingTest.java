package dev.spindle.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the thread behind a hop sees an event: with others, or at once where the run is paced. */
class HopPublishingTest {

    private static final int SLOTS = 1_024;

    @Test
    @Timeout(20)
    void shouldPassEachEventAtOnce() throws InterruptedException {
        LinkedBlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        Hop hop = hop(true, seen);
        Thread consumer = Thread.ofPlatform().start(hop::drain);
        for (long n = 0; n < 3; n++) {
            send(hop, n);
            assertThat(seen.take()).isEqualTo(n);
        }
        hop.endOfStream();
        consumer.join();
    }

    @Test
    @Timeout(20)
    void shouldPassEventsWithOthersOrAtTheEndOfTheirBatch() throws InterruptedException {
        LinkedBlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        Hop hop = hop(false, seen);
        Thread consumer = Thread.ofPlatform().start(hop::drain);
        send(hop, 0);
        assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).as("kept for the next ones").isNull();
        hop.endOfBatch();
        assertThat(seen.take()).isZero();
        send(hop, 1);
        hop.endOfStream();
        consumer.join();
        assertThat(seen).containsExactly(1L);
    }

    private static Hop hop(boolean atOnce, LinkedBlockingQueue<Long> seen) {
        return new Hop(SLOTS, atOnce, false, () -> new Event(1), new Halt(), new BlockedTime(), collecting(seen));
    }

    private static void send(Hop hop, long sequence) {
        Event event = new Event(1);
        event.sequence = sequence;
        hop.on(event);
    }

    private static Stage collecting(LinkedBlockingQueue<Long> seen) {
        return new Stage() {
            @Override
            public Event on(Event event) {
                seen.add(event.sequence);
                return event;
            }

            @Override
            public void endOfBatch() {}

            @Override
            public void endOfStream() {}
        };
    }
}
