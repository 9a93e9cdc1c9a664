package dev.spindle.engine.pipeline;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.generate.GenerateStage;
import dev.spindle.engine.pace.PaceSettings;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.EventSample;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.truth.Truth;
import java.util.function.Supplier;

/**
 * What a pipeline is made of.
 *
 * @param generate the first stage
 * @param plans the run's current plan
 * @param paceSettings what of the pacing does not change
 * @param liveTime how live event time is set, or null
 * @param disorder how events are brought out of order
 * @param anomalies what is injected
 * @param truth who is told what was changed
 * @param encoders one for each table
 * @param batch as large as a batch may be
 * @param sink open
 * @param ledger where deliveries are counted
 * @param sample the last events, for people
 * @param clock the time
 * @param events makes events with room for the run's tables
 * @param ringSlots slots of each ring, a power of two
 */
public record PipelineParts(
        GenerateStage generate,
        PlanCell plans,
        PaceSettings paceSettings,
        LiveColumns liveTime,
        Disorder disorder,
        AnomalyPlans anomalies,
        Truth truth,
        Encoder[] encoders,
        Batch batch,
        Sink sink,
        DeliveryLedger ledger,
        EventSample sample,
        NanoClock clock,
        Supplier<Event> events,
        int ringSlots) {

    /** Event-time column of each table, -1 for none, and whether it is a date. */
    public record LiveColumns(int[] columns, boolean[] wholeDays) {}
}
