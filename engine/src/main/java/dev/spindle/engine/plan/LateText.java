package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Held-back events as options write them: {@code F:DELAY}, such as {@code 0.01:30s}. */
public final class LateText {

    private LateText() {}

    /** Fraction and delay; empty, with the problems added, when {@code text} is neither. */
    public static Optional<Late> parse(String path, String text, List<Problem> problems) {
        int colon = text.indexOf(':');
        double fraction = colon < 0 ? Double.NaN : Numbers.parse(text.substring(0, colon));
        if (Double.isNaN(fraction)) {
            problems.add(new Problem(path, text, "is no fraction with a delay", "F:DELAY, such as 0.01:30s"));
            return Optional.empty();
        }
        List<Problem> found = new ArrayList<>();
        OptionalLong delay = DurationText.parse(path, text.substring(colon + 1), found);
        if (delay.isPresent()) {
            Late late = new Late(fraction, delay.getAsLong());
            late.check(path, found);
            if (found.isEmpty()) {
                return Optional.of(late);
            }
        }
        problems.addAll(found);
        return Optional.empty();
    }
}
