package dev.spindle.sinks.eventhub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The sink's own figures; written by the client's threads, read from any. */
final class Figures {

    private final LongAdder batches = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder possibleDuplicates = new LongAdder();

    void batchSent() {
        batches.increment();
    }

    /** The service has said that it is busy. */
    void throttled() {
        throttled.increment();
    }

    void retried() {
        retries.increment();
    }

    /** Events that were taken after an earlier try whose answer never came. */
    void possibleDuplicates(int events) {
        possibleDuplicates.add(events);
    }

    Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        counters.put("batches_sent", batches.sum());
        counters.put("throttled", throttled.sum());
        counters.put("retries", retries.sum());
        counters.put("possible_duplicates", possibleDuplicates.sum());
        return counters;
    }
}
