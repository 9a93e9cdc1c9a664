package dev.spindle.engine;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.generate.GenerateStage;
import dev.spindle.engine.pace.PaceSettings;
import dev.spindle.engine.pace.RunTime;
import dev.spindle.engine.pipeline.PipelineParts;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.EventSample;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.time.NanoClock;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run is made of, compiled from its configuration.
 *
 * @param rows one plan for each lane, all alike
 * @param keyColumn the column whose text is the events' key, -1 for none
 * @param sinks one for each lane, or one for all of them
 */
record RunDesign(
        StreamConfig config,
        Schema schema,
        RowCounts counts,
        long seed,
        List<RowPlan> rows,
        AnomalyPlans anomalies,
        int keyColumn,
        List<Sink> sinks,
        ThreadPlan threads) {

    private static final int RING_SLOTS = 1_024;

    int lanes() {
        return threads.lanes();
    }

    /** Whether several lanes have one sink between them. */
    boolean together() {
        return lanes() > 1 && sinks.size() == 1;
    }

    /** How many events the run has at most; {@link Long#MAX_VALUE} for no bound. */
    static long events(StreamConfig config, long rowsOfTable) {
        if (config.maxEvents().isPresent()) {
            return config.maxEvents().getAsLong();
        }
        return config.plan().paced() || config.duration().isPresent()
                ? Long.MAX_VALUE
                : Math.max(0, rowsOfTable - config.fromSequence());
    }

    /** How many of the run's events are those of a lane. */
    private long events(int lane) {
        long all = events(config, rows.getFirst().rows());
        return all == Long.MAX_VALUE ? all : Math.max(0, all - lane + lanes() - 1) / lanes();
    }

    /** The outlets, as many as there are sinks. */
    List<Outlet> outlets(RunTime time) {
        String[] tables = {rows.getFirst().table()};
        String[] types = anomalies.types().toArray(String[]::new);
        List<Outlet> outlets = new ArrayList<>();
        for (Sink sink : sinks) {
            Batch batch = new Batch(config.batchSize(), tables, types);
            outlets.add(new Outlet(batch, sink, new DeliveryLedger(time::nanos), new EventSample()));
        }
        return outlets;
    }

    /** The parts of every lane's pipeline. */
    List<PipelineParts> lanes(PlanCell plans, RunTime time, GroundTruth truth, List<Outlet> outlets, NanoClock clock) {
        List<PipelineParts> lanes = new ArrayList<>();
        for (int lane = 0; lane < lanes(); lane++) {
            RowPlan own = rows.get(lane);
            int slots = own.slots();
            Encoder encoder = new Encoder(
                    own.table(), anomalies.columns(0), own.timestampColumn(), config.labelled(), anomalies.types(), keyColumn);
            lanes.add(new PipelineParts(
                    new GenerateStage(own, config.fromSequence() + lane, lanes(), events(lane)),
                    plans,
                    time,
                    pacing(lane),
                    liveTime(own),
                    new Disorder(seed, config.maxDelaySlots(), config.duplicates(), lanes()),
                    anomalies,
                    truth.truth(),
                    new Encoder[] {encoder},
                    outlets.get(together() ? 0 : lane),
                    clock,
                    () -> new Event(slots),
                    RING_SLOTS));
        }
        return lanes;
    }

    private PaceSettings pacing(int lane) {
        PaceSettings pacing = PaceSettings.of(seed).withLate(config.late()).withLane(lane, lanes()).withFirst(config.fromSequence());
        return config.duration().isPresent()
                ? pacing.withDuration(config.duration().get().toNanos())
                : pacing;
    }

    private PipelineParts.LiveColumns liveTime(RowPlan own) {
        if (!config.liveEventTime()) {
            return null;
        }
        int column = own.timestampColumn();
        boolean date = column >= 0 && own.columns().get(column).type() == ColumnType.DATE;
        return new PipelineParts.LiveColumns(new int[] {column}, new boolean[] {date});
    }
}
