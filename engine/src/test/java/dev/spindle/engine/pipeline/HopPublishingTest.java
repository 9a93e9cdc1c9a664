package dev.spindle.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the thread behind a hop sees an event: with others, or at once as soon as the run is paced. */
class HopPublishingTest {

    private static final int SLOTS = 1_024;

    @Test
    @Timeout(20)
    void shouldFollowTheRunFromUnpacedToPacedAndBack() throws InterruptedException {
        AtomicBoolean paced = new AtomicBoolean();
        LinkedBlockingQueue<Long> seen = new LinkedBlockingQueue<>();
        Hop hop = new Hop(SLOTS, paced::get, false, () -> new Event(1), new Halt(), new BlockedTime(), collecting(seen));
        Thread consumer = Thread.ofPlatform().start(hop::drain);

        send(hop, 0);
        assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).as("kept for the next ones").isNull();
        paced.set(true);
        send(hop, 1);
        assertThat(seen.take()).isZero();
        assertThat(seen.take()).isEqualTo(1);
        send(hop, 2);
        assertThat(seen.take()).isEqualTo(2);
        paced.set(false);
        send(hop, 3);
        assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).as("kept again").isNull();

        hop.endOfStream();
        consumer.join();
        assertThat(seen).containsExactly(3L);
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
