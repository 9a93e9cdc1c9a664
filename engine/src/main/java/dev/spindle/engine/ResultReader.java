package dev.spindle.engine;

import dev.spindle.engine.StreamResult.Fit;
import dev.spindle.engine.StreamResult.Pacing;
import dev.spindle.engine.StreamResult.Percentiles;
import dev.spindle.engine.StreamResult.Reordering;
import dev.spindle.engine.StreamResult.ThreadUse;
import dev.spindle.engine.anomaly.InjectStage;
import dev.spindle.engine.pace.KsFigure;
import dev.spindle.engine.pace.PaceTotals;
import dev.spindle.engine.pipeline.StageKind;
import dev.spindle.engine.reorder.ReorderCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * Reads a run's figures from the side. What is counted last along the stream is read first, so that a figure read while
 * events flow never shows more events sent than taken.
 */
final class ResultReader {

    private static final String SAFE = "events_safe";

    private final StreamRun run;

    ResultReader(StreamRun run) {
        this.run = run;
    }

    StreamResult read() {
        StreamResult.State state = run.state();
        long sent = run.outlets().sent();
        long failed = run.outlets().failed();
        Map<String, Long> sinkCounters = run.outlets().counters();
        Long safe = sinkCounters.remove(SAFE);
        long outOfOrder = reordered(ReorderCounts::outOfOrder);
        long duplicates = reordered(ReorderCounts::duplicates);
        PaceTotals pace = run.pace();
        long dropped = pace.dropped();
        long taken = pace.taken();
        long nanos = run.runNanos();
        double seconds = nanos / 1e9;
        return new StreamResult(
                run.id(),
                run.design().schema().domain(),
                String.join(",", run.config().tables()),
                run.design().seed(),
                run.design().counts().scale(),
                state,
                taken,
                sent,
                failed,
                dropped,
                Math.max(0, taken + duplicates - sent - failed - dropped),
                duplicates,
                safe == null ? OptionalLong.empty() : OptionalLong.of(safe),
                injected(InjectStage::count),
                byType(),
                byTable(),
                outOfOrder,
                seconds,
                nanos == 0 ? 0 : sent / seconds,
                run.outlets().bytes(),
                reordering(outOfOrder),
                pacing(pace),
                percentiles(run.latencyTotal()),
                threads(),
                sinkCounters,
                state == StreamResult.State.FAILED ? error() : null);
    }

    /** Like {@link #read}, counts only. */
    EventCounts eventCounts() {
        long sent = run.outlets().sent();
        long failed = run.outlets().failed();
        long duplicates = reordered(ReorderCounts::duplicates);
        PaceTotals pace = run.pace();
        long dropped = pace.dropped();
        return new EventCounts(
                pace.taken(),
                sent,
                failed,
                dropped,
                duplicates,
                injected(InjectStage::count),
                reordered(ReorderCounts::outOfOrder),
                run.outlets().bytes(),
                run.targetRatePerSecond());
    }

    /** A count of all lanes' reorder stages. */
    private long reordered(ToLongFunction<ReorderCounts> count) {
        return run.pipelines().stream()
                .mapToLong(lane -> count.applyAsLong(lane.reorder().counts()))
                .sum();
    }

    /** A count of all lanes' inject stages. */
    private long injected(ToLongFunction<InjectStage> count) {
        return run.pipelines().stream().mapToLong(lane -> count.applyAsLong(lane.inject())).sum();
    }

    /** Extents are in positions of the lane's own stream. */
    private Reordering reordering(long outOfOrder) {
        long departed = reordered(ReorderCounts::departed);
        long maxExtent = run.pipelines().stream()
                .mapToLong(lane -> lane.reorder().counts().maxExtent())
                .max()
                .orElse(0);
        return new Reordering(
                departed == 0 ? 0 : (double) outOfOrder / departed,
                maxExtent,
                reordered(ReorderCounts::late) + reordered(ReorderCounts::overdue));
    }

    private Map<String, Long> byType() {
        Map<String, Long> counts = new LinkedHashMap<>();
        List<String> types = run.design().anomalies().types();
        for (int i = 0; i < types.size(); i++) {
            int type = i;
            long count = injected(inject -> inject.count(type));
            if (count > 0) {
                counts.put(types.get(i), count);
            }
        }
        return counts;
    }

    private Map<String, Long> byTable() {
        Map<String, Long> counts = new LinkedHashMap<>();
        List<String> tables = run.config().tables();
        for (int i = 0; tables.size() > 1 && i < tables.size(); i++) {
            int table = i;
            counts.put(tables.get(i), injected(inject -> inject.tableCount(table)));
        }
        return counts;
    }

    private Pacing pacing(PaceTotals pace) {
        KsFigure fit = pace.arrivalsFit();
        String arrivals = run.plan().paced() ? run.plan().arrivals().name().toLowerCase(Locale.ROOT) : "unpaced";
        return new Pacing(
                run.targetRatePerSecond(),
                pace.offeredPerSecond(),
                run.plan().paced() ? pace.rateError() : 0,
                percentiles(pace.lagTotal()),
                arrivals,
                new Fit(fit.d(), fit.p(), fit.n()),
                pace.missed());
    }

    static Percentiles percentiles(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return new Percentiles(0, 0, 0, 0, 0, 0);
        }
        return new Percentiles(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue(),
                histogram.getTotalCount());
    }

    private List<ThreadUse> threads() {
        return run.threads().groups().stream()
                .map(g -> new ThreadUse(g.name(), g.stages().stream().map(StageKind::toString).toList(), g.cpu()))
                .toList();
    }

    /** The first cause; of a run that lost events without another one, how many. */
    private String error() {
        if (run.failure().isPresent()) {
            return oneLine(run.failure().get());
        }
        Throwable cause = run.outlets().firstCause();
        if (cause != null) {
            return oneLine(cause);
        }
        long unreported = run.outlets().unreported();
        return unreported > 0
                ? unreported + " events were not acknowledged in time"
                : run.outlets().failed() + " events could not be delivered";
    }

    private static String oneLine(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
