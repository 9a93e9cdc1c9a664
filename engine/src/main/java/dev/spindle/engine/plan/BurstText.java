package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Burst windows as options write them: {@code START:DURATION:MULTIPLIER}, times in seconds or with a unit. */
public final class BurstText {

    private static final String FORM = "START:DURATION:MULTIPLIER in seconds, such as 30:10:5";

    private BurstText() {}

    /** A window; empty, with the problems added, when {@code text} is none. */
    public static Optional<BurstWindow> parse(String path, String text, List<Problem> problems) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 3) {
            problems.add(new Problem(path, text, "is no burst window", FORM));
            return Optional.empty();
        }
        List<Problem> found = new ArrayList<>();
        OptionalLong start = DurationText.parse(path, parts[0], found);
        OptionalLong duration = DurationText.parse(path, parts[1], found);
        double multiplier = Numbers.parse(parts[2]);
        if (Double.isNaN(multiplier)) {
            found.add(new Problem(path, text, "has a multiplier that is no number", FORM));
        }
        if (found.isEmpty()) {
            BurstWindow window = new BurstWindow(start.getAsLong(), duration.getAsLong(), multiplier);
            window.check(path, found);
            if (found.isEmpty()) {
                return Optional.of(window);
            }
        }
        problems.addAll(found);
        return Optional.empty();
    }
}
