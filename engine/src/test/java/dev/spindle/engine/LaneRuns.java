package dev.spindle.engine;

import static dev.spindle.engine.testing.Runs.assertAccountedFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.testing.MemorySink;
import dev.spindle.engine.testing.MemorySink.Behaviour;
import dev.spindle.engine.testing.MemorySinkProvider;
import java.util.List;
import java.util.stream.IntStream;

/** Runs with lanes, and what came of them. */
final class LaneRuns {

    private LaneRuns() {}

    static StreamConfig.Builder orders() {
        return StreamConfig.builder().domain("retail").table("order");
    }

    static List<MemorySink> sinks(int lanes) {
        return IntStream.range(0, lanes).mapToObj(i -> new MemorySink(new Behaviour.Keep())).toList();
    }

    /** Streams with one sink; the text that came. */
    static String together(StreamConfig.Builder config, int lanes) {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        assertDelivered(new SpindleStreamer(config.lanes(lanes).sink("memory", MemorySinkProvider.settings(sink)).build()).stream());
        return sink.text();
    }

    /** Streams with a sink for each lane; the lines that came, by lane. */
    static List<List<String>> apart(StreamConfig.Builder config, int lanes) {
        List<MemorySink> sinks = sinks(lanes);
        assertDelivered(new SpindleStreamer(config.lanes(lanes).sink("memory", MemorySinkProvider.apart(sinks)).build()).stream());
        return sinks.stream().map(MemorySink::lines).toList();
    }

    static void assertDelivered(StreamResult result) {
        assertThat(result.error()).isNull();
        assertThat(result.state()).isEqualTo(State.COMPLETED);
        assertThat(result.eventsFailed()).isZero();
        assertAccountedFor(result);
    }

    static List<String> union(List<List<String>> lanes) {
        return lanes.stream().flatMap(List::stream).sorted().toList();
    }

    static List<Long> sequences(List<String> lines) {
        return lines.stream().map(LaneRuns::sequence).toList();
    }

    static long sequence(String line) {
        String name = "\"_spindle_seq\":";
        int start = line.indexOf(name) + name.length();
        return Long.parseLong(line.substring(start, line.indexOf(',', start)));
    }

    static StreamConfig.Builder disturbed() {
        return orders()
                .maxEvents(3_001)
                .plan(RunPlan.draft().paced(false).outOfOrder(0.1).anomalyFraction(0.02).build())
                .duplicates(0.05);
    }
}
