package dev.spindle.sinks.eventhub.standin;

import java.util.Map;

/**
 * One event as a partition keeps it.
 *
 * @param body the bytes of its data section
 * @param partitionKey the annotation {@code x-opt-partition-key}, or null
 * @param contentType or null
 * @param properties the application properties
 * @param partition where it is kept
 * @param sequence its position in that partition, from 0
 */
public record ReceivedEvent(
        byte[] body,
        String partitionKey,
        String contentType,
        Map<String, Object> properties,
        int partition,
        long sequence) {

    public String text() {
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
}
