package dev.spindle.control.http;

import dev.spindle.control.json.Field;
import dev.spindle.control.json.JsonOut;
import dev.spindle.control.json.Shape;
import dev.spindle.control.run.IntervalLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** A run's histograms in the formats that people's tools read. */
final class HistogramText {

    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final Shape NANOS = Shape.whole(0, Long.MAX_VALUE);

    /** The JSON form. */
    static final Shape.Members SHAPE = Shape.open(
            Field.of("run", Shape.text(200), "The run.").mandatory(),
            Field.of("of", Shape.oneOf(List.of("latency", "lag")), "What was measured.").mandatory(),
            Field.of("unit", Shape.oneOf(List.of("ns")), "The unit of all values.").mandatory(),
            Field.of("count", NANOS, "How many values there are.").mandatory(),
            Field.of("min", NANOS, "The lowest.").mandatory(),
            Field.of("max", NANOS, "The highest.").mandatory(),
            Field.of("mean", Shape.real(0, 1e18), "Their mean.").mandatory(),
            Field.of(
                            "percentiles",
                            Shape.items(
                                    Shape.open(
                                            Field.of("percentile", Shape.real(0, 100), "This share of the values, in percent,").mandatory(),
                                            Field.of("value", NANOS, "is at most this.").mandatory(),
                                            Field.of("count", NANOS, "So many values are.").mandatory()),
                                    10_000),
                            "The distribution, finer towards 100 %.")
                    .mandatory());

    private HistogramText() {}

    static String json(String run, String of, Histogram histogram) {
        boolean some = histogram.getTotalCount() > 0;
        List<Object> percentiles = new ArrayList<>();
        if (some) {
            for (HistogramIterationValue step : histogram.percentiles(TICKS_PER_HALF_DISTANCE)) {
                percentiles.add(JsonOut.object(
                        "percentile", step.getPercentileLevelIteratedTo(),
                        "value", step.getValueIteratedTo(),
                        "count", step.getTotalCountToThisValue()));
            }
        }
        return JsonOut.text(JsonOut.object(
                "run", run,
                "of", of,
                "unit", "ns",
                "count", histogram.getTotalCount(),
                "min", some ? histogram.getMinValue() : 0,
                "max", some ? histogram.getMaxValue() : 0,
                "mean", some ? histogram.getMean() : 0.0,
                "percentiles", percentiles));
    }

    /** The percentile distribution as HdrHistogram prints it, in microseconds. */
    static String hgrm(Histogram histogram) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, NANOS_PER_MICRO);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The intervals as HdrHistogram logs them, in nanoseconds. */
    static String hlog(String run, String of, IntervalLog log) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            log.write("[Spindle: " + of + " of run " + run + ", in nanoseconds]", out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
