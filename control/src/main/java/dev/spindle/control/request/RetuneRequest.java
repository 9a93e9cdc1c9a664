package dev.spindle.control.request;

import dev.spindle.control.json.Body;
import dev.spindle.control.json.Field;
import dev.spindle.control.json.Shape;
import dev.spindle.control.run.ControlledRun;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.RunPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request to change a run's plan. */
public final class RetuneRequest {

    private static final List<Field> PACING =
            List.of(PlanFields.RATE, PlanFields.ARRIVALS, PlanFields.PATTERN, PlanFields.CATCH_UP, PlanFields.BURST_CAPACITY);

    /** The members that a retune may have. */
    public static final List<Field> FIELDS = List.of(
            PlanFields.RATE,
            PlanFields.ARRIVALS,
            PlanFields.PATTERN,
            PlanFields.CATCH_UP,
            PlanFields.BURST_CAPACITY,
            PlanFields.OUT_OF_ORDER,
            PlanFields.ANOMALY_FRACTION,
            Field.of("paused", Shape.flag(), "Whether the run's clock stands still."));

    /** The body of a retune over HTTP. */
    public static final Shape.Members SHAPE = new Shape.Members(FIELDS, true);

    private final PlanFields.Change change;
    private final Optional<Boolean> paused;
    private final List<String> pacing;
    private final boolean empty;

    private RetuneRequest(PlanFields.Change change, Optional<Boolean> paused, List<String> pacing, boolean empty) {
        this.change = change;
        this.paused = paused;
        this.pacing = pacing;
        this.empty = empty;
    }

    /**
     * Reads a body.
     *
     * @throws ConfigurationException with every problem
     */
    public static RetuneRequest read(JsonValue value) {
        return read(Body.of(value, SHAPE));
    }

    /** Reads a body whose shape has been checked, among other members. */
    public static RetuneRequest read(Body body) {
        List<Problem> problems = new ArrayList<>();
        PlanFields.Change change = PlanFields.read(body, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        List<String> pacing = PACING.stream().map(Field::name).filter(body::has).toList();
        boolean empty = FIELDS.stream().noneMatch(field -> body.has(field.name()));
        return new RetuneRequest(change, body.flag("paused"), pacing, empty);
    }

    /** A request to pause or resume. */
    public static RetuneRequest pause(boolean yes) {
        return new RetuneRequest(
                PlanFields.read(new Body(new JsonValue.JsonObject(new java.util.LinkedHashMap<>(), JsonValue.Location.NONE)), new ArrayList<>()),
                Optional.of(yes),
                List.of(),
                false);
    }

    /** Whether it asks for nothing. */
    public boolean isEmpty() {
        return empty;
    }

    /**
     * The changed plan.
     *
     * @throws ConfigurationException when it is not valid
     */
    public RunPlan apply(RunPlan plan) {
        if (!plan.paced() && !pacing.isEmpty()) {
            throw new ConfigurationException(pacing.stream().map(ControlledRun::unpaced).toList());
        }
        PlanDraft draft = plan.edit();
        change.apply(draft);
        paused.ifPresent(draft::paused);
        return draft.build();
    }
}
