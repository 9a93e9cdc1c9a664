package dev.spindle.bench.kafka;

import dev.spindle.bench.SinkRun;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.kafka.KafkaSinkProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;

/**
 * The Kafka sink alone, on one thread: rows of a file again and again, each with its own number in the place of the row's
 * sequence number, so that no two records are the same.
 */
public final class KafkaSinkProgram {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private KafkaSinkProgram() {}

    public static void main(String[] args) throws IOException {
        Contestant.Task task = Contestant.Task.parse(args);
        Row[] rows = Files.readAllLines(task.payload()).stream().map(Row::of).toArray(Row[]::new);
        SinkRun context = new SinkRun(OrderRows.TABLE);
        Sink sink = new KafkaSinkProvider()
                .create(SinkSettings.NONE
                        .with("bootstrap-server", task.bootstrap())
                        .with("topic", task.topic())
                        .with("producer-property", task.properties().toArray(String[]::new)));
        sink.open(context);
        Batch batch = new Batch(task.batchEvents(), new String[] {OrderRows.TABLE}, new String[0]);
        context.begin();
        for (long sequence = 0; sequence < task.records(); sequence++) {
            Row row = rows[(int) (sequence % rows.length)];
            row.number(sequence);
            row.event.intendedNanos = context.runNanos();
            batch.add(row.event);
            if (batch.isFull()) {
                sink.write(batch);
                batch.clear();
            }
        }
        sink.write(batch);
        sink.flush(TIMEOUT);
        long nanos = context.runNanos();
        sink.close(TIMEOUT);
        if (context.ledger().sent() != task.records()) {
            throw new IllegalStateException(context.ledger().sent() + " sent: " + context.ledger().firstCause());
        }
        System.out.println(sink.counters());
        System.out.printf(
                Locale.ROOT, "%d records sent, %.6f records/sec%n", task.records(), task.records() * 1e9 / nanos);
    }

    /**
     * A row with room for any sequence number: leading blanks, which JSON allows.
     *
     * @param event encoded
     * @param lastDigit where the sequence number ends in the encoded bytes
     */
    private record Row(Event event, int lastDigit) {

        private static final String NAME = "\"_spindle_seq\":";
        private static final String ROOM = "         0";

        static Row of(String line) {
            String roomy = line.replaceFirst(NAME + "[0-9]+", NAME + ROOM);
            Event event = new Event(0);
            event.encoded = roomy.getBytes(StandardCharsets.UTF_8);
            event.encodedLength = event.encoded.length;
            int name = roomy.lastIndexOf(NAME);
            int before = roomy.substring(0, name).getBytes(StandardCharsets.UTF_8).length;
            return new Row(event, before + NAME.length() + ROOM.length() - 1);
        }

        void number(long sequence) {
            long left = sequence;
            int i = lastDigit;
            do {
                event.encoded[i--] = (byte) ('0' + left % 10);
                left /= 10;
            } while (left > 0);
        }
    }
}
