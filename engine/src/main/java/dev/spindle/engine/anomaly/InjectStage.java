package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.stats.Counter;
import dev.spindle.engine.truth.Truth;
import dev.spindle.engine.truth.Truth.Misplacement;

/**
 * Changes the values of some events, labels them, and tells the ground truth what it and the stages before it did.
 *
 * <p>A second sending is changed exactly as the first was, but neither counted nor told as an anomaly again.
 */
public final class InjectStage implements Stage {

    private final AnomalyPlan[] plans;
    private final double[] autoShares;
    private final LiveTime live;
    private final Truth truth;
    private final Stage next;
    private final Counter[] counts;
    /** Events of each table; null for one table, whose events are all that come. */
    private final Counter[] tables;
    private final Change change = new Change();
    private RunPlan plan;

    /**
     * A stage.
     *
     * @param live how event time is set, or null when it is the schema's own
     * @param truth this stage's own; {@link Truth#none} when nobody asks for it
     */
    public InjectStage(AnomalyPlans plans, LiveTime live, Truth truth, Stage next) {
        this.plans = new AnomalyPlan[plans.tables()];
        for (int i = 0; i < this.plans.length; i++) {
            this.plans[i] = plans.plan(i);
        }
        this.autoShares = new double[this.plans.length];
        this.live = live;
        this.truth = truth;
        this.next = next;
        this.counts = new Counter[plans.types().size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new Counter();
        }
        this.tables = this.plans.length == 1 ? null : new Counter[this.plans.length];
        for (int i = 0; tables != null && i < tables.length; i++) {
            tables[i] = new Counter();
        }
    }

    @Override
    public Event on(Event event) {
        if (event.plan != plan) {
            retune(event.plan);
        }
        if (live != null) {
            live.set(event);
        }
        int table = event.table;
        if (tables != null && !event.duplicate) {
            tables[table].increment();
        }
        event.anomaly = plans[table].apply(event, autoShares[table], change);
        if (event.anomaly != 0 || event.duplicate || event.late || event.extent > 0) {
            tell(event);
        }
        return next.on(event);
    }

    private void retune(RunPlan changed) {
        plan = changed;
        for (int i = 0; i < plans.length; i++) {
            autoShares[i] = plans[i].autoShare(changed.anomalyFraction());
        }
    }

    private void tell(Event event) {
        if (event.duplicate) {
            truth.misplaced(event, Misplacement.DUPLICATE);
            return;
        }
        if (event.anomaly != 0) {
            tellAnomaly(event);
        }
        if (event.late) {
            truth.misplaced(event, Misplacement.LATE);
        }
        if (event.slip > 0 && event.extent > 0) {
            truth.misplaced(event, Misplacement.REORDERED);
        }
    }

    private void tellAnomaly(Event event) {
        counts[event.anomaly - 1].increment();
        if (change.isGroup) {
            truth.groupAnomaly(
                    event, change.column, change.original, change.occurrence, change.startMicros, change.endMicros);
        } else {
            truth.rowAnomaly(event, change.column, change.original);
        }
    }

    @Override
    public void endOfBatch() {
        next.endOfBatch();
        truth.endOfBatch();
    }

    @Override
    public void endOfStream() {
        next.endOfStream();
        truth.endOfStream();
    }

    /** How many events of type {@code index} of {@link AnomalyPlans#types} there were, second sendings apart. */
    public long count(int index) {
        return counts[index].get();
    }

    /** How many events of a table there were, second sendings apart. Known for several tables only. */
    public long tableCount(int table) {
        return tables[table].get();
    }

    /** How many anomalies there were of all types, second sendings apart. */
    public long count() {
        long sum = 0;
        for (Counter count : counts) {
            sum += count.get();
        }
        return sum;
    }
}
