package dev.spindle.engine.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Events as bytes: every type at its limits, texts of any length and content, keys as they are. */
class EncoderTest {

    private static final Dictionary STATES = new Dictionary(List.of("", "in \"transit\"", "zurück"));
    private static final List<Column> COLUMNS = List.of(
            new Column("note\\", ColumnType.TEXT, 0, null, false),
            new Column("state", ColumnType.DICTIONARY, 0, STATES, false),
            new Column("count", ColumnType.INTEGER, 0, null, false),
            new Column("price", ColumnType.DECIMAL, 2, null, false),
            new Column("ratio", ColumnType.FLOAT, 18, null, false),
            new Column("paid", ColumnType.BOOLEAN, 0, null, false),
            new Column("day", ColumnType.DATE, 0, null, false),
            new Column("time", ColumnType.TIMESTAMP, 0, null, false));
    private static final int TIME = 7;

    private static Encoder encoder(int timestampColumn, int keyColumn) {
        return new Encoder("töble \"x\"", COLUMNS, timestampColumn, true, List.of("point:a\"b"), keyColumn);
    }

    private static String text(Event event) {
        return new String(event.encoded, 0, event.encodedLength, StandardCharsets.UTF_8);
    }

    private static String key(Event event) {
        return event.keyLength < 0
                ? null
                : new String(event.encoded, event.encodedLength, event.keyLength, StandardCharsets.UTF_8);
    }

    private static Event event(String note) {
        Event event = new Event(COLUMNS.size());
        byte[] utf8 = note.getBytes(StandardCharsets.UTF_8);
        event.values[0] = event.appendText(utf8, 0, utf8.length);
        return event;
    }

    @Test
    void shouldWriteEachTypeAtItsLimits() {
        Event event = event("");
        event.sequence = (1L << 53) - 1;
        event.values[1] = 1;
        event.values[2] = Long.MIN_VALUE + 1;
        event.values[3] = -Long.MAX_VALUE;
        event.values[4] = Long.MAX_VALUE;
        event.values[5] = 1;
        event.values[6] = -1;
        event.values[7] = 253_402_300_799_999_999L;
        encoder(TIME, 2).encode(event);
        assertThat(text(event))
                .isEqualTo("{\"note\\\\\":\"\",\"state\":\"in \\\"transit\\\"\",\"count\":-9223372036854775807,"
                        + "\"price\":-92233720368547758.07,\"ratio\":9.223372036854775807,\"paid\":true,"
                        + "\"day\":\"1969-12-31\",\"time\":\"9999-12-31T23:59:59.999999Z\","
                        + "\"_spindle_table\":\"töble \\\"x\\\"\",\"_spindle_seq\":9007199254740991,"
                        + "\"_spindle_event_time\":\"9999-12-31T23:59:59.999999Z\","
                        + "\"_spindle_is_anomaly\":false,\"_spindle_anomaly_type\":null}");
        assertThat(key(event)).isEqualTo("-9223372036854775807");
        assertThat(event.eventTimeMicros).isEqualTo(253_402_300_799_999_999L);
    }

    @Test
    void shouldWriteNulls() {
        Event event = new Event(COLUMNS.size());
        java.util.Arrays.fill(event.values, Event.NULL);
        event.anomaly = 1;
        encoder(TIME, 0).encode(event);
        assertThat(text(event))
                .isEqualTo("{\"note\\\\\":null,\"state\":null,\"count\":null,\"price\":null,\"ratio\":null,\"paid\":null,"
                        + "\"day\":null,\"time\":null,\"_spindle_table\":\"töble \\\"x\\\"\",\"_spindle_seq\":0,"
                        + "\"_spindle_event_time\":null,\"_spindle_is_anomaly\":true,"
                        + "\"_spindle_anomaly_type\":\"point:a\\\"b\"}");
        assertThat(key(event)).isNull();
        assertThat(event.eventTimeMicros).isEqualTo(Event.NULL);
    }

    @Test
    void shouldWriteTheTimeOfADateColumnAsAnInstant() {
        Event event = event("x");
        event.values[6] = 86_400_000_000L;
        encoder(6, -1).encode(event);
        assertThat(text(event)).contains("\"day\":\"1970-01-02\"", "\"_spindle_event_time\":\"1970-01-02T00:00:00Z\"");
    }

    @Test
    void shouldWriteTextsOfAnyLengthAndContent() {
        long seed = 7;
        Random random = new Random(seed);
        Encoder encoder = encoder(TIME, 0);
        for (int length : new int[] {0, 1, 15, 16, 17, 255, 256, 257, 5_000, 1_000_000}) {
            StringBuilder note = new StringBuilder();
            for (int i = 0; i < length; i++) {
                note.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x20) : " aé€\uD83D\uDE00\"\\".codePointAt(random.nextInt(5)));
            }
            Event event = event(note.toString());
            event.values[1] = 2;
            encoder.encode(event);
            assertThat(text(event)).as("length %d, seed %d", length, seed)
                    .startsWith("{\"note\\\\\":" + JsonText.quoted(note.toString()) + ",\"state\":\"zurück\",")
                    .endsWith("}");
            assertThat(key(event)).isEqualTo(note.toString());
        }
    }

    @Test
    void shouldWriteTheWorstTextWithinItsBuffer() {
        Event event = event("\u0001".repeat(100_000));
        encoder(TIME, 0).encode(event);
        assertThat(text(event)).contains("\\u0001".repeat(100_000));
        assertThat(event.keyLength).isEqualTo(100_000);
    }
}
