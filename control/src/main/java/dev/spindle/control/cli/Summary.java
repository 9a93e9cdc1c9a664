package dev.spindle.control.cli;

import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamResult.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said after the last event. */
final class Summary {

    private Summary() {}

    static List<String> lines(StreamResult r) {
        List<String> lines = new ArrayList<>();
        lines.add(r.state() + ": " + Figures.count(r.eventsSent(), "event") + " sent in "
                + Figures.time(Math.round(r.elapsedSeconds() * 1e9)) + ", " + Figures.rate(r.eventsPerSecond()) + "/s, "
                + Figures.bytes(r.bytesSent()));
        lines.add("events: " + Figures.count(r.eventsTaken()) + " taken, " + Figures.count(r.duplicates()) + " duplicates, "
                + Figures.count(r.eventsSent()) + " sent, " + Figures.count(r.eventsFailed()) + " failed, "
                + Figures.count(r.eventsDropped()) + " dropped, " + Figures.count(r.inFlight()) + " in flight");
        if (r.eventsSafe().isPresent()) {
            lines.add("safe in the file: " + Figures.count(r.eventsSafe().getAsLong(), "event"));
        }
        if (r.anomalies() > 0) {
            lines.add("anomalies: " + Figures.count(r.anomalies()) + " ("
                    + r.anomaliesByType().entrySet().stream()
                            .map(e -> e.getKey() + " " + Figures.count(e.getValue()))
                            .collect(Collectors.joining(", "))
                    + ")");
        }
        if (!r.eventsByTable().isEmpty()) {
            lines.add("tables: " + r.eventsByTable().entrySet().stream()
                    .map(e -> e.getKey() + " " + Figures.count(e.getValue()))
                    .collect(Collectors.joining(", ")));
        }
        if (r.outOfOrder() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "out of order: %,d (%.3g %% of all, %,d positions at most)",
                    r.outOfOrder(),
                    100 * r.reordering().ratio(),
                    r.reordering().maxExtent()));
        }
        if (!r.pacing().arrivals().equals("unpaced")) {
            lines.add(pacing(r.pacing()));
        }
        if (r.latencyNanos().count() > 0) {
            lines.add("latency: " + percentiles(r.latencyNanos()));
        }
        r.sinkCounters().forEach((name, value) -> lines.add(name.replace('_', ' ') + ": " + Figures.count(value)));
        return lines;
    }

    private static String pacing(StreamResult.Pacing p) {
        return String.format(Locale.ROOT, "pacing: %s/s offered, rate error %+.3g %%, ", Figures.rate(p.offered()), 100 * p.rateError())
                + p.arrivals() + " arrivals"
                + (p.arrivalsKs().n() == 0
                        ? ""
                        : String.format(Locale.ROOT, " (KS d %.3g, p %.3g)", p.arrivalsKs().d(), p.arrivalsKs().p()))
                + ", lag " + percentiles(p.lagNanos())
                + (p.missed() > 0 ? ", " + Figures.count(p.missed()) + " late by the generator's own fault" : "");
    }

    private static String percentiles(Percentiles p) {
        return "p50 " + Figures.time(p.p50()) + ", p99 " + Figures.time(p.p99()) + ", p99.9 " + Figures.time(p.p999())
                + ", max " + Figures.time(p.max());
    }
}
