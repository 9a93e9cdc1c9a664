package dev.spindle.engine;

import dev.spindle.engine.StreamResult.Fit;
import dev.spindle.engine.StreamResult.Pacing;
import dev.spindle.engine.StreamResult.Percentiles;
import dev.spindle.engine.StreamResult.Reordering;
import dev.spindle.engine.StreamResult.ThreadUse;
import dev.spindle.engine.anomaly.InjectStage;
import dev.spindle.engine.pace.KsFigure;
import dev.spindle.engine.pace.PaceStats;
import dev.spindle.engine.pipeline.StageKind;
import dev.spindle.engine.reorder.ReorderCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
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
        long sent = run.ledger().sent();
        long failed = run.ledger().failed();
        Map<String, Long> sinkCounters = sinkCounters();
        Long safe = sinkCounters.remove(SAFE);
        InjectStage inject = run.pipeline().inject();
        ReorderCounts reorder = run.pipeline().reorder().counts();
        long duplicates = reorder.duplicates();
        PaceStats pace = run.pipeline().pace().stats();
        long dropped = pace.dropped();
        long taken = pace.taken();
        long nanos = run.runNanos();
        double seconds = nanos / 1e9;
        return new StreamResult(
                run.id(),
                run.schema().domain(),
                String.join(",", run.config().tables()),
                run.seed(),
                run.counts().scale(),
                state,
                taken,
                sent,
                failed,
                dropped,
                Math.max(0, taken + duplicates - sent - failed - dropped),
                duplicates,
                safe == null ? OptionalLong.empty() : OptionalLong.of(safe),
                inject.count(),
                byType(inject),
                byTable(inject),
                reorder.outOfOrder(),
                seconds,
                nanos == 0 ? 0 : sent / seconds,
                run.ledger().bytes(),
                new Reordering(reorder.ratio(), reorder.maxExtent(), reorder.late() + reorder.overdue()),
                pacing(pace),
                percentiles(run.latencyTotal()),
                threads(),
                sinkCounters,
                state == StreamResult.State.FAILED ? error() : null);
    }

    /** A sink that cannot tell its own figures takes none of the others away. */
    private Map<String, Long> sinkCounters() {
        try {
            return new LinkedHashMap<>(run.sink().counters());
        } catch (RuntimeException e) {
            return new LinkedHashMap<>();
        }
    }

    /** Like {@link #read}, counts only. */
    EventCounts eventCounts() {
        long sent = run.ledger().sent();
        long failed = run.ledger().failed();
        ReorderCounts reorder = run.pipeline().reorder().counts();
        long duplicates = reorder.duplicates();
        PaceStats pace = run.pipeline().pace().stats();
        long dropped = pace.dropped();
        return new EventCounts(
                pace.taken(),
                sent,
                failed,
                dropped,
                duplicates,
                run.pipeline().inject().count(),
                reorder.outOfOrder(),
                run.ledger().bytes(),
                run.pipeline().pace().targetRatePerSecond());
    }

    private Map<String, Long> byType(InjectStage inject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        List<String> types = run.anomalies().types();
        for (int i = 0; i < types.size(); i++) {
            long count = inject.count(i);
            if (count > 0) {
                counts.put(types.get(i), count);
            }
        }
        return counts;
    }

    private Map<String, Long> byTable(InjectStage inject) {
        Map<String, Long> counts = new LinkedHashMap<>();
        List<String> tables = run.config().tables();
        for (int i = 0; tables.size() > 1 && i < tables.size(); i++) {
            counts.put(tables.get(i), inject.tableCount(i));
        }
        return counts;
    }

    private Pacing pacing(PaceStats pace) {
        KsFigure fit = pace.arrivalsFit();
        String arrivals = run.plan().paced() ? run.plan().arrivals().name().toLowerCase(Locale.ROOT) : "unpaced";
        return new Pacing(
                run.pipeline().pace().targetRatePerSecond(),
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
        Throwable cause = run.ledger().firstCause();
        if (cause != null) {
            return oneLine(cause);
        }
        long unreported = run.ledger().unreported();
        return unreported > 0
                ? unreported + " events were not acknowledged in time"
                : run.ledger().failed() + " events could not be delivered";
    }

    private static String oneLine(Throwable cause) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
