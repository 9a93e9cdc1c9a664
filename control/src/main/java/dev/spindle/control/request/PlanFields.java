package dev.spindle.control.request;

import dev.spindle.control.json.Body;
import dev.spindle.control.json.Field;
import dev.spindle.control.json.Shape;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.CatchUp;
import dev.spindle.engine.plan.CatchUpText;
import dev.spindle.engine.plan.PatternFile;
import dev.spindle.engine.plan.PatternText;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.plan.TimePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The members of a plan that a request may set, at a run's start and later: their shapes, and how they are read. */
final class PlanFields {

    static final double MOST_SECONDS = RunPlan.LONGEST_NANOS / 1e9;
    private static final long MOST_CAPACITY = 1_000_000_000_000L;

    static final Field RATE = Field.of(
            "rate", Shape.real(0, RunPlan.MOST_PER_SECOND), "Target rate in events per second; it takes the place of stages.");
    static final Field ARRIVALS = Field.of(
            "arrivals",
            Shape.oneOf(List.of("poisson", "constant")),
            "Arrival process: poisson (exponential gaps) or constant (equal gaps).");
    static final Field PATTERN = Field.of(
            "pattern",
            Shape.either(Shape.oneOf(patternNames()), new Shape.Free("object"), new Shape.Nothing()),
            "Multipliers of the rate by hour and day: the name of a built-in pattern, an object with hours, days and zone,"
                    + " or null for none.");
    static final Field CATCH_UP = Field.of(
            "catch_up",
            Shape.text(40),
            "What happens to events that are overdue after a stall: bucket (released through the token bucket), unlimited"
                    + " (all at once), drop or drop:DURATION (shed and counted).");
    static final Field BURST_CAPACITY = Field.of(
            "burst_capacity",
            Shape.whole(0, MOST_CAPACITY),
            "Size of the token bucket in events; 0 stands for two seconds of the rate.");
    static final Field OUT_OF_ORDER = Field.of(
            "out_of_order", Shape.real(0, 1), "Fraction of the events that are delivered late by positions.");
    static final Field ANOMALY_FRACTION = Field.of(
            "anomaly_fraction", Shape.real(0, 1), "Fraction of the rows that get the automatic point anomaly.");

    private PlanFields() {}

    private static List<String> patternNames() {
        return TimePattern.BUILT_IN.stream().map(TimePattern::name).toList();
    }

    /** What a body says of a plan, read: nothing can fail any more but the plan's own checks. */
    record Change(
            Optional<Double> rate,
            Optional<Arrivals> arrivals,
            boolean setsPattern,
            TimePattern pattern,
            Optional<CatchUp> catchUp,
            Optional<Long> burstCapacity,
            Optional<Double> outOfOrder,
            Optional<Double> anomalyFraction) {

        void apply(PlanDraft draft) {
            rate.ifPresent(draft::ratePerSecond);
            arrivals.ifPresent(draft::arrivals);
            if (setsPattern) {
                draft.pattern(pattern);
            }
            catchUp.ifPresent(draft::catchUp);
            burstCapacity.ifPresent(draft::burstCapacityEvents);
            outOfOrder.ifPresent(draft::outOfOrder);
            anomalyFraction.ifPresent(draft::anomalyFraction);
        }
    }

    static Change read(Body body, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        Change change = new Change(
                boxed(body.real("rate")),
                body.text("arrivals").map(name -> Arrivals.valueOf(name.toUpperCase(Locale.ROOT))),
                body.has("pattern"),
                pattern(body.value("pattern"), found),
                body.text("catch_up").flatMap(text -> CatchUpText.parse("catch_up", text, found)),
                body.whole("burst_capacity").isPresent()
                        ? Optional.of(body.whole("burst_capacity").getAsLong())
                        : Optional.empty(),
                boxed(body.real("out_of_order")),
                boxed(body.real("anomaly_fraction")));
        problems.addAll(found);
        return change;
    }

    private static Optional<Double> boxed(java.util.OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    /** Patterns are given by name or in full: a request names no file. */
    private static TimePattern pattern(JsonValue value, List<Problem> problems) {
        return switch (value) {
            case null -> null;
            case JsonNull n -> null;
            case JsonString name ->
                PatternText.named(name.value()).orElseGet(() -> {
                    problems.add(new Problem(
                            "pattern", name.value(), "is no built-in pattern", Suggestion.among(name.value(), patternNames())));
                    return null;
                });
            case JsonValue object -> PatternFile.read("pattern", "custom", object, problems).orElse(null);
        };
    }
}
