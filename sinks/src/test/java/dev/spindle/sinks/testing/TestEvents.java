package dev.spindle.sinks.testing;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Makes batches of encoded events: what the stages before publish make in a run. */
public final class TestEvents {

    /** Intended times are this far apart, so that each tells its event. */
    public static final long INTERVAL_NANOS = 1_000;

    /** 2025-01-01T00:00:00Z. */
    private static final long FIRST_EVENT_TIME_MICROS = 1_735_689_600_000_000L;

    private final List<String> tables;
    private LongFunction<String> text = TestEvents::json;
    private LongFunction<String> key = sequence -> null;
    private String anomalyType;

    public TestEvents(String... tables) {
        this.tables = List.of(tables);
    }

    /** A row that differs from every other, with a character that takes more than one byte. */
    public static String json(long sequence) {
        return "{\"id\":" + sequence + ",\"note\":\"é-" + Long.toHexString(sequence * 0x9E3779B97F4A7C15L) + "\"}";
    }

    public TestEvents withText(LongFunction<String> textOfSequence) {
        this.text = textOfSequence;
        return this;
    }

    public TestEvents withKey(LongFunction<String> keyOfSequence) {
        this.key = keyOfSequence;
        return this;
    }

    /** Makes every event an anomaly, such as {@code point:extreme}. */
    public TestEvents withAnomaly(String type) {
        this.anomalyType = type;
        return this;
    }

    public List<String> tables() {
        return tables;
    }

    /** The event's time in microseconds since the epoch. */
    public static long eventTimeMicros(long sequence) {
        return FIRST_EVENT_TIME_MICROS + sequence * 1_500_000L;
    }

    /** The texts of the events {@code from} to {@code to - 1}. */
    public List<String> texts(long from, long to) {
        List<String> texts = new ArrayList<>();
        for (long sequence = from; sequence < to; sequence++) {
            texts.add(text.apply(sequence));
        }
        return texts;
    }

    /** An empty batch for these tables. */
    public Batch emptyBatch(int capacity) {
        return new Batch(
                capacity,
                tables.toArray(String[]::new),
                anomalyType == null ? new String[0] : new String[] {anomalyType});
    }

    /** The events {@code from} to {@code to - 1}; tables take turns. */
    public Batch batch(long from, long to) {
        Batch batch = emptyBatch((int) (to - from));
        fill(batch, from, to);
        return batch;
    }

    /** Puts the events {@code from} to {@code to - 1} in place of what the batch has. */
    public void fill(Batch batch, long from, long to) {
        batch.clear();
        for (long sequence = from; sequence < to; sequence++) {
            batch.add(event(sequence));
        }
    }

    private Event event(long sequence) {
        Event event = new Event(0);
        byte[] json = text.apply(sequence).getBytes(StandardCharsets.UTF_8);
        String keyText = key.apply(sequence);
        byte[] keyBytes = keyText == null ? new byte[0] : keyText.getBytes(StandardCharsets.UTF_8);
        event.encoded = new byte[json.length + keyBytes.length];
        System.arraycopy(json, 0, event.encoded, 0, json.length);
        System.arraycopy(keyBytes, 0, event.encoded, json.length, keyBytes.length);
        event.encodedLength = json.length;
        event.keyLength = keyText == null ? -1 : keyBytes.length;
        event.sequence = sequence;
        event.table = (int) (sequence % tables.size());
        event.intendedNanos = sequence * INTERVAL_NANOS;
        event.eventTimeMicros = eventTimeMicros(sequence);
        event.anomaly = anomalyType == null ? 0 : 1;
        return event;
    }
}
