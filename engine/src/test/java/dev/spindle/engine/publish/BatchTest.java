package dev.spindle.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Event;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A batch is bounded in events and in bytes, and keeps each event's bytes and key apart. */
class BatchTest {

    private static Event event(long sequence, int bytes, int keyBytes) {
        Event event = new Event(0);
        event.sequence = sequence;
        event.encoded = new byte[bytes + Math.max(0, keyBytes)];
        Arrays.fill(event.encoded, (byte) ('a' + sequence % 26));
        event.encodedLength = bytes;
        event.keyLength = keyBytes;
        return event;
    }

    @Test
    void shouldBeFullOfLargeEventsLongBeforeItsArrayCannotGrow() {
        Batch batch = new Batch(100_000, new String[] {"t"}, new String[0]);
        Event large = event(1, 1 << 20, 1 << 10);
        while (!batch.isFull()) {
            batch.add(large);
        }
        assertThat(batch.endOffset()).isLessThanOrEqualTo(Batch.ENOUGH_BYTES + (1 << 20) + 1);
        batch.clear();
        assertThat(batch.isFull()).isFalse();
    }

    @Test
    void shouldKeepEventsAndKeysApart() {
        Batch batch = new Batch(3, new String[] {"t"}, new String[0]);
        batch.add(event(0, 5_000, 0));
        batch.add(event(1, 1, -1));
        batch.add(event(2, 20, 700));
        assertThat(batch.isFull()).isTrue();
        assertThat(batch.length(0)).isEqualTo(5_000);
        assertThat(batch.bytes()[batch.offset(1)]).isEqualTo((byte) 'b');
        assertThat(batch.bytes()[batch.offset(1) + 1]).isEqualTo((byte) '\n');
        assertThat(batch.endOffset()).isEqualTo(5_001 + 2 + 21);
        assertThat(batch.key(0)).isEmpty();
        assertThat(batch.key(1)).isNull();
        assertThat(batch.key(2)).hasSize(700).containsOnly('c');
    }
}
