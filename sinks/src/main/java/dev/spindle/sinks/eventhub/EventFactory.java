package dev.spindle.sinks.eventhub;

import com.azure.messaging.eventhubs.EventData;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** Makes the client's events out of a batch: a body of JSON, its content type and, where asked, the metadata. */
final class EventFactory {

    static final String CONTENT_TYPE = "application/json";

    private final Addressing addressing;
    private final boolean headers;
    private final boolean labelled;

    /**
     * For one run.
     *
     * @param addressing where events go
     * @param headers whether metadata columns go along as application properties
     * @param labelled whether the two anomaly columns are among them
     */
    EventFactory(Addressing addressing, boolean headers, boolean labelled) {
        this.addressing = addressing;
        this.headers = headers;
        this.labelled = labelled;
    }

    /** The key of event {@code i}; an empty key is no key, as in the service. */
    static String key(Batch batch, int i) {
        byte[] key = batch.key(i);
        return key == null || key.length == 0 ? null : new String(key, StandardCharsets.UTF_8);
    }

    /** Event {@code i} of the batch, independent of the batch's bytes. */
    Pending event(Batch batch, int i, String key) {
        int offset = batch.offset(i);
        int length = batch.length(i);
        EventData data = new EventData(Arrays.copyOfRange(batch.bytes(), offset, offset + length));
        data.setContentType(CONTENT_TYPE);
        if (headers) {
            addMetadata(data.getProperties(), batch, i);
        }
        return new Pending(data, addressing.of(key, data), batch.intendedNanos(i), length);
    }

    /** A column that is absent or null has no property. */
    private void addMetadata(Map<String, Object> properties, Batch batch, int i) {
        properties.put("_spindle_table", batch.table(i));
        properties.put("_spindle_seq", batch.sequence(i));
        if (batch.eventTimeMicros(i) != Event.NULL) {
            properties.put("_spindle_event_time", timestamp(batch.eventTimeMicros(i)));
        }
        if (labelled) {
            String anomaly = batch.anomalyType(i);
            properties.put("_spindle_is_anomaly", anomaly != null);
            if (anomaly != null) {
                properties.put("_spindle_anomaly_type", anomaly);
            }
        }
    }

    /** ISO-8601 in UTC, with microseconds when there are any. */
    static String timestamp(long epochMicros) {
        Instant seconds = Instant.ofEpochSecond(Math.floorDiv(epochMicros, 1_000_000L));
        long micros = Math.floorMod(epochMicros, 1_000_000L);
        String text = seconds.toString();
        return micros == 0
                ? text
                : text.substring(0, text.length() - 1) + "." + Long.toString(1_000_000L + micros).substring(1) + "Z";
    }
}
