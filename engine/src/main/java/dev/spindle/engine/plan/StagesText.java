package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Stages as options write them: {@code 10s:0..50k,5m:50k,10s:50k..0}. */
public final class StagesText {

    private static final String FORM = "DURATION:RATE or DURATION:RATE..RATE, separated by commas";

    private StagesText() {}

    /** The stages; empty, with the problems added, when {@code text} is none. */
    public static List<RateStage> parse(String path, String text, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        List<RateStage> stages = new ArrayList<>();
        for (String part : text.strip().split(",", -1)) {
            parseOne(path, part, stages, found);
        }
        if (found.isEmpty()) {
            RateStage.checkAll(path, stages, found);
            PlanChecks.count(path, stages.size(), found);
        }
        problems.addAll(found);
        return found.isEmpty() ? List.copyOf(stages) : List.of();
    }

    private static void parseOne(String path, String part, List<RateStage> stages, List<Problem> problems) {
        int colon = part.indexOf(':');
        if (colon < 0) {
            problems.add(new Problem(path, part, "is no stage", FORM));
            return;
        }
        OptionalLong duration = DurationText.parse(path, part.substring(0, colon), problems);
        String rates = part.substring(colon + 1);
        int dots = rates.indexOf("..");
        OptionalDouble from = RateText.parse(path, dots < 0 ? rates : rates.substring(0, dots), problems);
        OptionalDouble to = dots < 0 ? from : RateText.parse(path, rates.substring(dots + 2), problems);
        if (duration.isPresent() && from.isPresent() && to.isPresent()) {
            stages.add(new RateStage(duration.getAsLong(), from.getAsDouble(), to.getAsDouble()));
        }
    }
}
