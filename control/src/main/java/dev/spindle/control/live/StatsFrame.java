package dev.spindle.control.live;

import dev.spindle.control.json.Field;
import dev.spindle.control.json.JsonOut;
import dev.spindle.control.json.Shape;
import dev.spindle.control.run.Snapshot;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/** A run's figures between two looks, as the message that watchers get. Used by one thread. */
final class StatsFrame {

    private static final Shape COUNT = Shape.whole(0, Long.MAX_VALUE);

    private static final Shape.Members PERCENTILES = Shape.open(
            Field.of("p50", COUNT, "Median, in nanoseconds.").mandatory(),
            Field.of("p90", COUNT, "90 % are at most this, in nanoseconds.").mandatory(),
            Field.of("p99", COUNT, "99 % are at most this, in nanoseconds.").mandatory(),
            Field.of("p999", COUNT, "99.9 % are at most this, in nanoseconds.").mandatory(),
            Field.of("max", COUNT, "The highest, in nanoseconds.").mandatory(),
            Field.of("count", COUNT, "How many there were.").mandatory());

    /** The message. */
    static final Shape.Members SHAPE = Shape.open(
            Field.of("type", Shape.oneOf(List.of("stats")), "stats").mandatory(),
            Field.of("run", Shape.text(200), "The run.").mandatory(),
            Field.of("t", Shape.real(0, 1e12), "The run's clock, in seconds since its origin.").mandatory(),
            Field.of("at_ms", COUNT, "Wall clock, in milliseconds since the epoch.").mandatory(),
            Field.of("state", Shape.text(20), "running, paused, completed, stopped or failed.").mandatory(),
            Field.of("revision", COUNT, "The plan's revision.").mandatory(),
            Field.of("target_rate", Shape.real(0, 1e300), "The rate asked for now, in events per second; 0 when unpaced.").mandatory(),
            Field.of("rate", Shape.real(0, 1e300), "Events sent per second since the last look.").mandatory(),
            Field.of("taken", COUNT, "Events taken so far.").mandatory(),
            Field.of("sent", COUNT, "Events acknowledged so far.").mandatory(),
            Field.of("failed", COUNT, "Events failed so far.").mandatory(),
            Field.of("dropped", COUNT, "Events shed so far.").mandatory(),
            Field.of("in_flight", COUNT, "Events under way.").mandatory(),
            Field.of("duplicates", COUNT, "Second sendings so far.").mandatory(),
            Field.of("anomalies", COUNT, "Events with an anomaly so far.").mandatory(),
            Field.of("out_of_order", COUNT, "Events that left after one with a higher sequence number, so far.").mandatory(),
            Field.of("bytes", COUNT, "Bytes sent so far.").mandatory(),
            Field.of("ring_remaining", Shape.real(0, 1), "Free slots in the fullest ring, as a fraction.").mandatory(),
            Field.of("lag_ns", PERCENTILES, "Lags since the last look.").mandatory(),
            Field.of("latency_ns", PERCENTILES, "Latencies since the last look.").mandatory(),
            Field.of("hdr", Shape.text(1_000_000), "The same latencies: a compressed HdrHistogram (V2) in Base64.").mandatory());

    private ByteBuffer encoded = ByteBuffer.allocate(0);

    /** The message about what happened between two looks. */
    String between(String run, Snapshot before, Snapshot now) {
        Histogram lag = Snapshot.between(before.lag(), now.lag());
        Histogram latency = Snapshot.between(before.latency(), now.latency());
        double seconds = (now.atNanos() - before.atNanos()) / 1e9;
        long sent = now.counts().sent() - before.counts().sent();
        return JsonOut.text(JsonOut.object(
                "type", "stats",
                "run", run,
                "t", Math.max(0, now.runNanos()) / 1e9,
                "at_ms", now.atMillis(),
                "state", now.state().toString(),
                "revision", now.revision(),
                "target_rate", now.counts().targetRatePerSecond(),
                "rate", seconds <= 0 ? 0 : sent / seconds,
                "taken", now.counts().taken(),
                "sent", now.counts().sent(),
                "failed", now.counts().failed(),
                "dropped", now.counts().dropped(),
                "in_flight", now.counts().inFlight(),
                "duplicates", now.counts().duplicates(),
                "anomalies", now.counts().anomalies(),
                "out_of_order", now.counts().outOfOrder(),
                "bytes", now.counts().bytesSent(),
                "ring_remaining", now.ringRemaining(),
                "lag_ns", percentiles(lag),
                "latency_ns", percentiles(latency),
                "hdr", base64(latency)));
    }

    private static Map<String, Object> percentiles(Histogram histogram) {
        boolean some = histogram.getTotalCount() > 0;
        return JsonOut.object(
                "p50", some ? histogram.getValueAtPercentile(50) : 0,
                "p90", some ? histogram.getValueAtPercentile(90) : 0,
                "p99", some ? histogram.getValueAtPercentile(99) : 0,
                "p999", some ? histogram.getValueAtPercentile(99.9) : 0,
                "max", some ? histogram.getMaxValue() : 0,
                "count", histogram.getTotalCount());
    }

    private String base64(Histogram histogram) {
        if (encoded.capacity() < histogram.getNeededByteBufferCapacity()) {
            encoded = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        }
        encoded.clear();
        int length = histogram.encodeIntoCompressedByteBuffer(encoded, Deflater.BEST_SPEED);
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(encoded.array(), length));
    }
}
