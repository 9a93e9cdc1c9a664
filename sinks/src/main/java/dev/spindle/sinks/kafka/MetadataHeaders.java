package dev.spindle.sinks.kafka;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;

/** An event's metadata columns as record headers: their names, and their values as UTF-8 text. */
final class MetadataHeaders {

    private record Column(String key, byte[] value) implements Header {}

    private static final byte[] TRUE = utf8("true");
    private static final byte[] FALSE = utf8("false");

    private final boolean labelled;
    private final Map<String, byte[]> texts = new HashMap<>();

    /** @param labelled whether the two anomaly columns are among them */
    MetadataHeaders(boolean labelled) {
        this.labelled = labelled;
    }

    /** The headers of event {@code i}; a column that is absent or null has no header. */
    List<Header> of(Batch batch, int i) {
        List<Header> headers = new ArrayList<>(5);
        headers.add(new Column("_spindle_table", text(batch.table(i))));
        headers.add(new Column("_spindle_seq", utf8(Long.toString(batch.sequence(i)))));
        if (batch.eventTimeMicros(i) != Event.NULL) {
            headers.add(new Column("_spindle_event_time", utf8(timestamp(batch.eventTimeMicros(i)))));
        }
        if (labelled) {
            String anomaly = batch.anomalyType(i);
            headers.add(new Column("_spindle_is_anomaly", anomaly == null ? FALSE : TRUE));
            if (anomaly != null) {
                headers.add(new Column("_spindle_anomaly_type", text(anomaly)));
            }
        }
        return headers;
    }

    /** ISO-8601 in UTC, with microseconds when there are any. */
    static String timestamp(long epochMicros) {
        String seconds = Instant.ofEpochSecond(Math.floorDiv(epochMicros, 1_000_000L)).toString();
        long micros = Math.floorMod(epochMicros, 1_000_000L);
        if (micros == 0) {
            return seconds;
        }
        String fraction = Long.toString(1_000_000L + micros).substring(1);
        return seconds.substring(0, seconds.length() - 1) + "." + fraction + "Z";
    }

    /** Tables and anomalies are few and come again and again. */
    private byte[] text(String text) {
        return texts.computeIfAbsent(text, MetadataHeaders::utf8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
