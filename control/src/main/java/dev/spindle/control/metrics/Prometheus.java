package dev.spindle.control.metrics;

import dev.spindle.control.run.ControlledRun;
import dev.spindle.control.run.Snapshot;
import dev.spindle.engine.StreamResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The runs' figures in Prometheus' text format, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). Times are histograms in seconds, so that percentiles
 * can be had over any time and any number of runs.
 */
public final class Prometheus {

    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** Upper bounds in nanoseconds: 1, 2.5 and 5 of each power of ten from a microsecond to 50 s. */
    private static final long[] BOUNDS = bounds();

    private record Sample(String labels, StreamResult result, Snapshot snapshot) {}

    private Prometheus() {}

    private static long[] bounds() {
        List<Long> bounds = new ArrayList<>();
        for (long power = 1_000; power <= 10_000_000_000L; power *= 10) {
            bounds.add(power);
            bounds.add(power * 5 / 2);
            bounds.add(power * 5);
        }
        return bounds.stream().mapToLong(Long::longValue).toArray();
    }

    /** The page; reads histograms, so not for an event loop. */
    public static String page(List<ControlledRun> runs) {
        List<Sample> samples = runs.stream()
                .map(run -> new Sample(
                        "run=\"" + escaped(run.id()) + "\",table=\"" + escaped(run.table()) + "\"", run.result(), run.snapshot()))
                .toList();
        StringBuilder out = new StringBuilder(4_096);
        counter(out, samples, "spindle_events_generated_total", "Events taken from the generator.", r -> r.eventsTaken());
        counter(out, samples, "spindle_events_sent_total", "Events acknowledged by the sink.", r -> r.eventsSent());
        counter(out, samples, "spindle_events_failed_total", "Events that will never arrive.", r -> r.eventsFailed());
        counter(out, samples, "spindle_events_dropped_total", "Events shed because they were overdue.", r -> r.eventsDropped());
        counter(out, samples, "spindle_bytes_sent_total", "Bytes of the events sent.", r -> r.bytesSent());
        anomalies(out, samples);
        counter(out, samples, "spindle_out_of_order_total", "Events that left after one with a higher sequence number.", r -> r.outOfOrder());
        head(out, "spindle_target_rate", "gauge", "The rate asked for, in events per second; 0 when unpaced or over.");
        for (Sample s : samples) {
            line(out, "spindle_target_rate", s.labels, s.result.state().isOver() ? 0 : s.result.pacing().targetRate());
        }
        head(out, "spindle_schedule_lag_seconds", "histogram", "Release minus intended time of the events.");
        samples.forEach(s -> histogram(out, "spindle_schedule_lag_seconds", s.labels, s.snapshot.lag()));
        head(out, "spindle_delivery_latency_seconds", "histogram", "Acknowledgement minus intended time of the events.");
        samples.forEach(s -> histogram(out, "spindle_delivery_latency_seconds", s.labels, s.snapshot.latency()));
        head(out, "spindle_ring_remaining", "gauge", "Free slots in the fullest ring, as a fraction of its size.");
        samples.forEach(s -> line(out, "spindle_ring_remaining", s.labels, s.snapshot.ringRemaining()));
        return out.toString();
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void counter(
            StringBuilder out, List<Sample> samples, String name, String help, ToDoubleFunction<StreamResult> value) {
        head(out, name, "counter", help);
        samples.forEach(s -> line(out, name, s.labels, value.applyAsDouble(s.result)));
    }

    private static void anomalies(StringBuilder out, List<Sample> samples) {
        String name = "spindle_anomalies_total";
        head(out, name, "counter", "Events with an anomaly, by its type.");
        for (Sample s : samples) {
            for (Map.Entry<String, Long> type : s.result.anomaliesByType().entrySet()) {
                line(out, name, s.labels + ",type=\"" + escaped(type.getKey()) + "\"", type.getValue());
            }
        }
    }

    /** A value counts under the first bound that is not below the highest value it cannot be told from. */
    private static void histogram(StringBuilder out, String name, String labels, Histogram histogram) {
        long[] counts = new long[BOUNDS.length];
        double sum = 0;
        for (HistogramIterationValue value : histogram.recordedValues()) {
            long nanos = value.getValueIteratedTo();
            sum += histogram.medianEquivalentValue(nanos) * (double) value.getCountAtValueIteratedTo();
            int i = java.util.Arrays.binarySearch(BOUNDS, nanos);
            int bucket = i >= 0 ? i : -i - 1;
            if (bucket < counts.length) {
                counts[bucket] += value.getCountAtValueIteratedTo();
            }
        }
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            line(out, name + "_bucket", labels + ",le=\"" + number(BOUNDS[i] / 1e9) + "\"", below);
        }
        line(out, name + "_bucket", labels + ",le=\"+Inf\"", histogram.getTotalCount());
        line(out, name + "_sum", labels, sum / 1e9);
        line(out, name + "_count", labels, histogram.getTotalCount());
    }

    private static void line(StringBuilder out, String name, String labels, double value) {
        out.append(name).append('{').append(labels).append("} ").append(number(value)).append('\n');
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
