package dev.spindle.bench.kafka;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import dev.spindle.sinks.kafka.KafkaSinkProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The Kafka sink alone, on one thread: rows of a file again and again, each with its own number in the place of the row's
 * sequence number, so that no two records are the same.
 */
public final class KafkaSinkProgram {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final byte[] SEQUENCE = "\"_spindle_seq\":".getBytes(StandardCharsets.UTF_8);

    private KafkaSinkProgram() {}

    public static void main(String[] args) throws IOException {
        Contestant.Task task = Contestant.Task.parse(args);
        Event[] rows = Files.readAllLines(task.payload()).stream()
                .map(KafkaSinkProgram::event)
                .toArray(Event[]::new);
        Context context = new Context(SystemClock.INSTANCE);
        Sink sink = new KafkaSinkProvider()
                .create(SinkSettings.NONE
                        .with("bootstrap-server", task.bootstrap())
                        .with("topic", task.topic())
                        .with("producer-property", task.properties().toArray(String[]::new)));
        sink.open(context);
        Batch batch = new Batch(task.batchEvents(), new String[] {OrderRows.TABLE}, new String[0]);
        context.begin();
        for (long sequence = 0; sequence < task.records(); sequence++) {
            Event row = rows[(int) (sequence % rows.length)];
            number(row, sequence);
            row.intendedNanos = context.runNanos();
            batch.add(row);
            if (batch.isFull()) {
                sink.write(batch);
                batch.clear();
            }
        }
        sink.write(batch);
        sink.flush(TIMEOUT);
        long nanos = context.runNanos();
        sink.close(TIMEOUT);
        if (context.ledger.sent() != task.records()) {
            throw new IllegalStateException(context.ledger.sent() + " sent: " + context.ledger.firstCause());
        }
        System.out.println(sink.counters());
        System.out.printf(
                Locale.ROOT, "%d records sent, %.6f records/sec%n", task.records(), task.records() * 1e9 / nanos);
    }

    /** A row with room for any sequence number: leading blanks, which JSON allows. */
    private static Event event(String line) {
        byte[] json = line.replaceFirst("\"_spindle_seq\":[0-9]+", "\"_spindle_seq\":         0")
                .getBytes(StandardCharsets.UTF_8);
        Event event = new Event(0);
        event.encoded = json;
        event.encodedLength = json.length;
        event.textLength = indexOf(json, SEQUENCE) + SEQUENCE.length;
        return event;
    }

    private static int indexOf(byte[] text, byte[] part) {
        int i = text.length - part.length;
        while (!java.util.Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
            i--;
        }
        return i;
    }

    private static void number(Event row, long sequence) {
        long left = sequence;
        int i = row.textLength + 9;
        do {
            row.encoded[i--] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
    }

    /** The engine's own accounting, so that what it costs is in the figure. */
    private static final class Context implements SinkContext {
        private final NanoClock clock;
        private final DeliveryLedger ledger = new DeliveryLedger(this::runNanos);
        private long originNanos;
        private long originEpochMicros;

        Context(NanoClock clock) {
            this.clock = clock;
        }

        void begin() {
            originNanos = clock.nanoTime();
            originEpochMicros = clock.epochMicros();
        }

        long runNanos() {
            return clock.nanoTime() - originNanos;
        }

        @Override
        public List<String> tables() {
            return List.of(OrderRows.TABLE);
        }

        @Override
        public Deliveries deliveries() {
            return ledger;
        }

        @Override
        public NanoClock clock() {
            return clock;
        }

        @Override
        public long originEpochMicros() {
            return originEpochMicros;
        }

        @Override
        public boolean halted() {
            return false;
        }

        @Override
        public void warn(String line) {
            System.out.println(line);
        }

        @Override
        public void detail(String line) {
            System.out.println(line);
        }
    }
}
