package dev.spindle.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.spindle.engine.StreamResult.Percentiles;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A {@link StreamResult} as JSON, and its figures by the paths that they have there. */
public final class ResultJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final StreamResult.Percentiles NO_TIMES = new Percentiles(0, 0, 0, 0, 0, 0);

    private ResultJson() {}

    /** The result on many lines, for people, with a line feed at its end. */
    public static String indented(StreamResult result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
            printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
            out.setPrettyPrinter(printer);
            write(result, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    /** Writes the result as one object; the generator is neither flushed nor closed. */
    public static void write(StreamResult result, JsonGenerator out) throws IOException {
        value(tree(result), out);
    }

    /**
     * Every number in the result by its path, such as {@code latency_ns.p99}, in the order of the JSON. Numbers in lists
     * have no path.
     */
    public static Map<String, Double> figures(StreamResult result) {
        Map<String, Double> figures = new LinkedHashMap<>();
        collect("", tree(result), figures);
        return figures;
    }

    /** The paths of {@link #figures} that every run has, {@code events_safe} among them although only files have it. */
    public static List<String> figurePaths() {
        StreamResult blank = new StreamResult(
                "", "", "", 0, "", StreamResult.State.RUNNING, 0, 0, 0, 0, 0, 0, OptionalLong.of(0), 0, Map.of(), Map.of(), 0, 0, 0, 0,
                new StreamResult.Reordering(0, 0, 0),
                new StreamResult.Pacing(0, 0, 0, NO_TIMES, "", new StreamResult.Fit(0, 0, 0), 0),
                NO_TIMES, List.of(), Map.of(), null);
        return figures(blank).keySet().stream().filter(path -> !path.equals("seed")).toList();
    }

    private static Map<String, Object> tree(StreamResult r) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", r.run());
        tree.put("domain", r.domain());
        tree.put("table", r.table());
        tree.put("seed", r.seed());
        tree.put("scale", r.scale());
        tree.put("state", r.state().toString());
        tree.put("events_taken", r.eventsTaken());
        tree.put("events_sent", r.eventsSent());
        tree.put("events_failed", r.eventsFailed());
        tree.put("events_dropped", r.eventsDropped());
        tree.put("in_flight", r.inFlight());
        tree.put("duplicate_count", r.duplicates());
        r.eventsSafe().ifPresent(safe -> tree.put("events_safe", safe));
        tree.put("anomaly_count", r.anomalies());
        tree.put("anomalies_by_type", r.anomaliesByType());
        if (!r.eventsByTable().isEmpty()) {
            tree.put("events_by_table", r.eventsByTable());
        }
        tree.put("out_of_order_count", r.outOfOrder());
        tree.put("elapsed_seconds", r.elapsedSeconds());
        tree.put("events_per_second_actual", r.eventsPerSecond());
        tree.put("bytes_sent", r.bytesSent());
        tree.put("reordering", reordering(r.reordering()));
        tree.put("pacing", pacing(r.pacing()));
        tree.put("latency_ns", percentiles(r.latencyNanos()));
        tree.put("threads", r.threads().stream().map(ResultJson::thread).toList());
        if (!r.sinkCounters().isEmpty()) {
            tree.put("sink_counters", r.sinkCounters());
        }
        if (r.error() != null) {
            tree.put("error", r.error());
        }
        return tree;
    }

    private static Map<String, Object> reordering(StreamResult.Reordering r) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ratio", r.ratio());
        tree.put("max_extent", r.maxExtent());
        tree.put("late_count", r.lateCount());
        return tree;
    }

    private static Map<String, Object> pacing(StreamResult.Pacing p) {
        Map<String, Object> fit = new LinkedHashMap<>();
        fit.put("d", p.arrivalsKs().d());
        fit.put("p", p.arrivalsKs().p());
        fit.put("n", p.arrivalsKs().n());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("target_rate", p.targetRate());
        tree.put("offered", p.offered());
        tree.put("rate_error", p.rateError());
        tree.put("lag_ns", percentiles(p.lagNanos()));
        tree.put("arrivals", p.arrivals());
        tree.put("arrivals_ks", fit);
        tree.put("missed", p.missed());
        return tree;
    }

    private static Map<String, Object> percentiles(Percentiles p) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("p50", p.p50());
        tree.put("p90", p.p90());
        tree.put("p99", p.p99());
        tree.put("p999", p.p999());
        tree.put("max", p.max());
        return tree;
    }

    private static Map<String, Object> thread(StreamResult.ThreadUse use) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", use.name());
        tree.put("stages", use.stages());
        tree.put("cpu", use.cpu() < 0 ? null : use.cpu());
        return tree;
    }

    private static void value(Object value, JsonGenerator out) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case Map<?, ?> members -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    out.writeFieldName((String) member.getKey());
                    value(member.getValue(), out);
                }
                out.writeEndObject();
            }
            case List<?> items -> {
                out.writeStartArray();
                for (Object item : items) {
                    value(item, out);
                }
                out.writeEndArray();
            }
            case String text -> out.writeString(text);
            case Long number -> out.writeNumber(number);
            case Integer number -> out.writeNumber(number);
            case Double number when Double.isFinite(number) -> out.writeNumber(number);
            case Double nothing -> out.writeNull(); // JSON has no word for what is no finite number
            default -> throw new IllegalArgumentException(value.getClass().getName());
        }
    }

    private static void collect(String path, Object value, Map<String, Double> figures) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((key, inner) -> collect(path.isEmpty() ? (String) key : path + "." + key, inner, figures));
        } else if (value instanceof Number number) {
            figures.put(path, number.doubleValue());
        }
    }
}
