package dev.spindle.sinks.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The few of the client's own metrics that say why a run was slow. */
final class ProducerCounters {

    private static final String GROUP = "producer-metrics";

    /** The client's names and this sink's. */
    private static final Map<String, String> NAMES = Map.of(
            "record-retry-total", "kafka_records_retried",
            "bufferpool-wait-time-ns-total", "kafka_buffer_wait_ns",
            "outgoing-byte-total", "kafka_bytes_written",
            "batch-split-total", "kafka_batches_split");

    private final Map<String, Metric> metrics = new LinkedHashMap<>();
    private volatile Map<String, Long> last;

    ProducerCounters(Map<MetricName, ? extends Metric> all) {
        all.forEach((name, metric) -> {
            if (name.group().equals(GROUP) && NAMES.containsKey(name.name())) {
                metrics.put(NAMES.get(name.name()), metric);
            }
        });
    }

    /** The figures as they are now. */
    Map<String, Long> values() {
        Map<String, Long> frozen = last;
        if (frozen != null) {
            return frozen;
        }
        Map<String, Long> now = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> {
            if (metric.metricValue() instanceof Number number) {
                now.put(name, number.longValue());
            }
        });
        return now;
    }

    /** Keeps the figures as they are now. */
    void freeze() {
        last = values();
    }
}
