package dev.spindle.sinks.eventhub;

import com.azure.messaging.eventhubs.EventData;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes the client's events: a body of JSON, its content type and, where asked, its key and metadata. */
final class EventFactory {

    static final String CONTENT_TYPE = "application/json";

    /** Name of the annotation as the service reads it; source: the client's own constant for it. */
    private static final String PARTITION_KEY_ANNOTATION = "x-opt-partition-key";

    private final boolean headers;
    private final boolean labelled;

    /**
     * For one run.
     *
     * @param headers whether metadata columns go along as application properties
     * @param labelled whether the two anomaly columns are among them
     */
    EventFactory(boolean headers, boolean labelled) {
        this.headers = headers;
        this.labelled = labelled;
    }

    /** The key of event {@code i}; an empty key is no key, as in the service. */
    static String key(Batch batch, int i) {
        byte[] key = batch.key(i);
        return key == null || key.length == 0 ? null : new String(key, StandardCharsets.UTF_8);
    }

    /** What goes along with event {@code i} as application properties; null when nothing does. */
    Map<String, Object> metadata(Batch batch, int i) {
        if (!headers) {
            return null;
        }
        Map<String, Object> properties = new HashMap<>();
        properties.put("_spindle_table", batch.table(i));
        properties.put("_spindle_seq", batch.sequence(i));
        // A column that is absent or null has no property.
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
        return properties;
    }

    /** Event {@code i} of the crate as the client wants it, out of {@code stock} unless that is null. */
    static EventData event(Crate crate, int i, Stock stock) {
        EventData data = crate.event(i, stock).setContentType(CONTENT_TYPE);
        Map<String, Object> properties = crate.properties(i);
        if (properties != null) {
            data.getProperties().putAll(properties);
        }
        String key = crate.key(i);
        if (key != null) {
            data.getRawAmqpMessage().getMessageAnnotations().put(PARTITION_KEY_ANNOTATION, key);
        }
        return data;
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
