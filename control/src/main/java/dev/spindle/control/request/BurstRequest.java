package dev.spindle.control.request;

import dev.spindle.control.json.Body;
import dev.spindle.control.json.Field;
import dev.spindle.control.json.Shape;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.plan.RunPlan;
import java.util.List;
import java.util.OptionalLong;

/**
 * A request for one more burst window.
 *
 * @param startNanos on the run's clock; empty for now
 */
public record BurstRequest(OptionalLong startNanos, long durationNanos, double multiplier) {

    /** The members that a burst has. */
    public static final List<Field> FIELDS = List.of(
            Field.of(
                            "start_offset_seconds",
                            Shape.either(Shape.real(0, PlanFields.MOST_SECONDS), Shape.oneOf(List.of("now"))),
                            "When it begins on the run's clock, in seconds since the run's origin, or now.")
                    .withDefault("now"),
            Field.of(
                            "duration_seconds",
                            Shape.above(0, PlanFields.MOST_SECONDS),
                            "How long it lasts, in seconds of the run's clock.")
                    .mandatory(),
            Field.of("multiplier", Shape.real(0, RunPlan.MOST_MULTIPLIER), "Factor of the rate; 0 is silence.")
                    .mandatory());

    /** The body of a burst over HTTP. */
    public static final Shape.Members SHAPE = new Shape.Members(FIELDS, true);

    /** Reads a body. @throws dev.spindle.engine.error.ConfigurationException with every problem */
    public static BurstRequest read(JsonValue value) {
        return read(Body.of(value, SHAPE));
    }

    /** Reads a body whose shape has been checked, among other members. */
    public static BurstRequest read(Body body) {
        var start = body.real("start_offset_seconds");
        return new BurstRequest(
                start.isPresent() ? OptionalLong.of(nanos(start.getAsDouble())) : OptionalLong.empty(),
                Math.max(1, nanos(body.real("duration_seconds").orElseThrow())),
                body.real("multiplier").orElseThrow());
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
