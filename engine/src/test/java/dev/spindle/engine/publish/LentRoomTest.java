package dev.spindle.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.stamp.StampStage;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.SystemClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Events that stamp writes to their places in the batch: the same bytes as those that are copied there. */
class LentRoomTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("note", ColumnType.TEXT, 0, null, false), new Column("count", ColumnType.INTEGER, 0, null, false));
    private static final int BATCH_EVENTS = 20;

    /** Keeps texts and keys, and the arrays that batches came in. */
    private static final class Keeping implements Sink {
        private final List<String> lines = new ArrayList<>();
        private int longestArray;
        private int inPlace;

        @Override
        public void open(SinkContext context) {}

        @Override
        public void write(Batch batch) {
            longestArray = Math.max(longestArray, batch.bytes().length);
            for (int i = 0; i < batch.size(); i++) {
                byte[] key = batch.key(i);
                lines.add(batch.sequence(i)
                        + new String(batch.bytes(), batch.offset(i), batch.length(i) + 1, StandardCharsets.UTF_8)
                        + (key == null ? null : new String(key, StandardCharsets.UTF_8)));
            }
        }

        @Override
        public void flush(Duration timeout) {}

        @Override
        public void close(Duration timeout) {}
    }

    private static Keeping sent(boolean lends, int events, int mostTextBytes, Random random) {
        Keeping sink = new Keeping();
        Outlet outlet = new Outlet(
                new Batch(BATCH_EVENTS, new String[] {"a", "b"}, new String[0]), sink, new DeliveryLedger(() -> 0), new EventSample());
        Encoder[] encoders = {
            new Encoder("a", COLUMNS, -1, true, List.of(), 0), new Encoder("b", COLUMNS, -1, false, List.of(), -1)
        };
        Stage publish = new PublishStage(outlet, lends, SystemClock.INSTANCE, new BlockedTime());
        Stage stage = new StampStage(encoders, new Stage() {
            @Override
            public Event on(Event event) {
                Batch batch = outlet.batch();
                sink.inPlace += event.encoded == batch.bytes() && event.encodedStart == batch.endOffset() ? 1 : 0;
                return publish.on(event);
            }

            @Override
            public void endOfBatch() {
                publish.endOfBatch();
            }

            @Override
            public void endOfStream() {
                publish.endOfStream();
            }
        });
        Event event = new Event(COLUMNS.size());
        for (int i = 0; i < events; i++) {
            event.sequence = i;
            event.table = random.nextInt(2);
            event.textLength = 0;
            byte[] text = ("é\"" + "x".repeat(random.nextInt(mostTextBytes))).getBytes(StandardCharsets.UTF_8);
            event.values[0] = event.appendText(text, 0, text.length);
            event.values[1] = random.nextInt();
            event = stage.on(event);
            assertThat(event.encodedStart).isZero();
            if (random.nextInt(7) == 0) {
                stage.endOfBatch();
            }
        }
        stage.endOfStream();
        return sink;
    }

    @Test
    void shouldSendTheSameAsCopies() {
        for (int mostTextBytes : new int[] {1, 40, 3_000}) {
            Keeping lent = sent(true, 2_000, mostTextBytes, new Random(mostTextBytes));
            Keeping copied = sent(false, 2_000, mostTextBytes, new Random(mostTextBytes));
            assertThat(lent.lines).hasSize(2_000).isEqualTo(copied.lines);
            // Not the first events, which say how much room they need, nor those after an end of the batch.
            assertThat(lent.inPlace).isGreaterThan(1_500);
            assertThat(copied.inPlace).isZero();
        }
    }

    @Test
    void shouldNotGrowWithTheNumberOfEvents() {
        Keeping few = sent(true, 2_000, 3_000, new Random(1));
        Keeping many = sent(true, 40_000, 3_000, new Random(1));
        assertThat(many.longestArray).isLessThanOrEqualTo(2 * few.longestArray);
    }

    /** What stands in its place is not copied: the array that the event was written to is the batch's. */
    @Test
    void shouldBeGivenTheBatchsOwnArray() {
        Batch batch = new Batch(BATCH_EVENTS, new String[] {"t"}, new String[0]);
        Event event = new Event(0);
        for (int i = 0; i < BATCH_EVENTS; i++) {
            batch.lend(event);
            assertThat(event.encoded).isSameAs(batch.bytes());
            assertThat(event.encodedStart).isEqualTo(batch.endOffset());
            event.encoded[event.encodedStart] = (byte) ('a' + i);
            event.encodedLength = 1;
            batch.add(event);
        }
        assertThat(new String(batch.bytes(), 0, batch.endOffset(), StandardCharsets.US_ASCII)).startsWith("a\nb\nc\n").endsWith("t\n");
    }
}
