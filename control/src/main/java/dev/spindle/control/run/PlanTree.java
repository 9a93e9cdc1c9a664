package dev.spindle.control.run;

import dev.spindle.control.json.Field;
import dev.spindle.control.json.JsonOut;
import dev.spindle.control.json.JsonOut.Absent;
import dev.spindle.control.json.Shape;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.CatchUpText;
import dev.spindle.engine.plan.RateStage;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.plan.TimePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run's plan as JSON: what can be retuned, under the names by which it is retuned. */
public final class PlanTree {

    private static final double NANOS = 1e9;
    private static final double MOST_SECONDS = RunPlan.LONGEST_NANOS / NANOS;

    /** A burst window of a run. */
    public static final Shape.Members BURST = Shape.open(
            Field.of("n", Shape.whole(0, Integer.MAX_VALUE), "Its number in the run; it is kept when others go.").mandatory(),
            Field.of("start_offset_seconds", Shape.real(0, MOST_SECONDS), "Start on the run's clock.").mandatory(),
            Field.of("duration_seconds", Shape.above(0, MOST_SECONDS), "Length.").mandatory(),
            Field.of("multiplier", Shape.real(0, RunPlan.MOST_MULTIPLIER), "Factor of the rate.").mandatory());

    private static final Shape.Members STAGE = Shape.open(
            Field.of("duration_seconds", Shape.real(0, MOST_SECONDS), "Length.").mandatory(),
            Field.of("from_rate", Shape.real(0, RunPlan.MOST_PER_SECOND), "Rate at its start.").mandatory(),
            Field.of("to_rate", Shape.real(0, RunPlan.MOST_PER_SECOND), "Rate at its end.").mandatory());

    /** What {@link #of} gives. */
    public static final Shape.Members SHAPE = Shape.open(
            Field.of("revision", Shape.whole(1, Long.MAX_VALUE), "The plan's number: 1 at the start, one more for each change.").mandatory(),
            Field.of("realtime", Shape.flag(), "Whether events wait for their intended times.").mandatory(),
            Field.of("rate", Shape.real(0, RunPlan.MOST_PER_SECOND), "Base rate in events per second.").mandatory(),
            Field.of("arrivals", Shape.oneOf(List.of("poisson", "constant")), "Arrival process.").mandatory(),
            Field.of("bursts", Shape.items(BURST, RunPlan.MOST_PARTS), "Burst windows, past ones too.").mandatory(),
            Field.of("stages", Shape.items(STAGE, RunPlan.MOST_PARTS), "Ramps and steps in place of the rate.").mandatory(),
            Field.of("pattern", Shape.either(new Shape.Nothing(), new Shape.Free("object")), "Multipliers by hour and day, or null.").mandatory(),
            Field.of("catch_up", Shape.text(40), "What happens to overdue events.").mandatory(),
            Field.of("burst_capacity", Shape.whole(0, Long.MAX_VALUE), "Size of the token bucket in events; 0: two seconds of the rate.").mandatory(),
            Field.of("paused", Shape.flag(), "Whether the run's clock stands still.").mandatory(),
            Field.of("out_of_order", Shape.real(0, 1), "Fraction of events delivered late by positions.").mandatory(),
            Field.of("anomaly_fraction", Shape.real(0, 1), "Fraction of rows given the automatic point anomaly.").mandatory());

    private PlanTree() {}

    static Map<String, Object> of(RunPlan plan, List<Integer> burstNumbers) {
        List<Object> bursts = new ArrayList<>();
        for (int i = 0; i < plan.bursts().size(); i++) {
            bursts.add(burst(burstNumbers.get(i), plan.bursts().get(i)));
        }
        return JsonOut.object(
                "revision", plan.revision(),
                "realtime", plan.paced(),
                "rate", plan.ratePerSecond(),
                "arrivals", plan.arrivals().name().toLowerCase(Locale.ROOT),
                "bursts", bursts,
                "stages", plan.stages().stream().map(PlanTree::stage).toList(),
                "pattern", plan.pattern() == null ? null : pattern(plan.pattern()),
                "catch_up", CatchUpText.write(plan.catchUp()),
                "burst_capacity", plan.burstCapacityEvents(),
                "paused", plan.paused(),
                "out_of_order", plan.outOfOrder(),
                "anomaly_fraction", plan.anomalyFraction());
    }

    /** One burst window. */
    public static Map<String, Object> burst(int number, BurstWindow window) {
        return JsonOut.object(
                "n", number < 0 ? Absent.ABSENT : (Object) number,
                "start_offset_seconds", window.startNanos() / NANOS,
                "duration_seconds", window.durationNanos() / NANOS,
                "multiplier", window.multiplier());
    }

    private static Map<String, Object> stage(RateStage stage) {
        return JsonOut.object(
                "duration_seconds", stage.durationNanos() / NANOS,
                "from_rate", stage.fromPerSecond(),
                "to_rate", stage.toPerSecond());
    }

    /** A time pattern in full. */
    public static Map<String, Object> pattern(TimePattern pattern) {
        return JsonOut.object(
                "name", pattern.name(), "zone", pattern.zone().getId(), "hours", pattern.hours(), "days", pattern.days());
    }
}
