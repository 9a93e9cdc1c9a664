package dev.spindle.engine;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.generate.GenerateStage;
import dev.spindle.engine.generate.Slice;
import dev.spindle.engine.pace.PaceSettings;
import dev.spindle.engine.pace.RunTime;
import dev.spindle.engine.pipeline.Joining;
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
import dev.spindle.engine.row.StreamRows;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.time.NanoClock;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run is made of, compiled from its configuration.
 *
 * @param rows those of the stream, compiled for each lane
 * @param keyColumns for each table the column whose text is the events' key, -1 for none
 * @param sinks one for each lane, or one for all of them
 */
record RunDesign(
        StreamConfig config,
        Schema schema,
        RowCounts counts,
        long seed,
        List<StreamRows> rows,
        AnomalyPlans anomalies,
        int[] keyColumns,
        List<Sink> sinks,
        ThreadPlan threads) {

    private static final int RING_SLOTS = 1_024;
    private static final int LEAST_BLOCK_EVENTS = 1_000;
    private static final int SLIPS_IN_BLOCK = 8;

    int lanes() {
        return threads.lanes();
    }

    /** How the lanes come to the sink. */
    Joining joining() {
        return Joining.of(lanes(), sinks.size() == 1, config.plan().paced());
    }

    /** How many events in a row are a lane's: where lanes write in turns many more than an event may slip. */
    int turnEvents() {
        if (joining() != Joining.TURNS) {
            return 1;
        }
        return Math.max(LEAST_BLOCK_EVENTS, SLIPS_IN_BLOCK * config.maxDelaySlots());
    }

    /** How many events the run has at most; {@link Long#MAX_VALUE} for no bound. */
    static long events(StreamConfig config, StreamRows rows) {
        long left = Math.max(0, rows.rows() - config.fromSequence());
        if (config.maxEvents().isPresent()) {
            long most = config.maxEvents().getAsLong();
            return rows.goOn() ? most : Math.min(most, left);
        }
        boolean unbounded = config.plan().paced() || config.duration().isPresent();
        return unbounded && rows.goOn() ? Long.MAX_VALUE : left;
    }

    private Slice slice(int lane) {
        return Slice.ofLane(lane, lanes(), config.fromSequence(), events(config, rows.getFirst()), turnEvents());
    }

    /** The outlets, as many as there are sinks. */
    List<Outlet> outlets(RunTime time) {
        String[] tables = config.tables().toArray(String[]::new);
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
            StreamRows own = rows.get(lane);
            int slots = own.slots();
            lanes.add(new PipelineParts(
                    GenerateStage.of(own, slice(lane)),
                    plans,
                    time,
                    pacing(lane),
                    liveTime(own.tables()),
                    new Disorder(seed, config.maxDelaySlots(), config.duplicates(), joining() == Joining.TURNS ? 1 : lanes()),
                    anomalies,
                    truth.truth(),
                    encoders(own.tables()),
                    outlets.get(joining() == Joining.APART ? lane : 0),
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

    private Encoder[] encoders(List<RowPlan> tables) {
        Encoder[] encoders = new Encoder[tables.size()];
        for (int i = 0; i < encoders.length; i++) {
            RowPlan table = tables.get(i);
            encoders[i] = new Encoder(
                    table.table(),
                    anomalies.columns(i),
                    table.timestampColumn(),
                    config.labelled(),
                    anomalies.types(),
                    keyColumns[i]);
        }
        return encoders;
    }

    private PipelineParts.LiveColumns liveTime(List<RowPlan> tables) {
        if (!config.liveEventTime()) {
            return null;
        }
        int[] columns = new int[tables.size()];
        boolean[] dates = new boolean[tables.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = tables.get(i).timestampColumn();
            dates[i] = columns[i] >= 0 && tables.get(i).columns().get(columns[i]).type() == ColumnType.DATE;
        }
        return new PipelineParts.LiveColumns(columns, dates);
    }
}
