package dev.spindle.engine.pipeline;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.generate.GenerateStage;
import dev.spindle.engine.pace.PaceSettings;
import dev.spindle.engine.pace.RunTime;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.stamp.Encoder;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.truth.Truth;
import java.util.function.Supplier;

/**
 * What a pipeline is made of: that of one lane.
 *
 * @param generate the first stage
 * @param plans the run's current plan
 * @param time what the pacers of the run share
 * @param paceSettings what of the pacing does not change
 * @param liveTime how live event time is set, or null
 * @param disorder how events are brought out of order
 * @param anomalies what is injected
 * @param truth who is told what was changed; the lane's own
 * @param encoders one for each table
 * @param outlet where events leave; the lanes of a run may have one between them
 * @param clock the time
 * @param events makes events with room for the run's tables
 * @param ringSlots slots of each ring, a power of two
 */
public record PipelineParts(
        GenerateStage generate,
        PlanCell plans,
        RunTime time,
        PaceSettings paceSettings,
        LiveColumns liveTime,
        Disorder disorder,
        AnomalyPlans anomalies,
        Truth truth,
        Encoder[] encoders,
        Outlet outlet,
        NanoClock clock,
        Supplier<Event> events,
        int ringSlots) {

    /** Event-time column of each table, -1 for none, and whether it is a date. */
    public record LiveColumns(int[] columns, boolean[] wholeDays) {}
}
