package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.util.List;
import java.util.Optional;

/** Catch-up policies as options write them: {@code bucket}, {@code unlimited}, {@code drop}, {@code drop:5ms}. */
public final class CatchUpText {

    private static final String FORM = "bucket, unlimited, drop or drop:DURATION";

    private CatchUpText() {}

    /** The policy; empty, with a problem added, when {@code text} is none. */
    public static Optional<CatchUp> parse(String path, String text, List<Problem> problems) {
        String name = text.strip();
        if (name.startsWith("drop:")) {
            var tolerance = DurationText.parse(path, name.substring("drop:".length()), problems);
            return tolerance.isPresent() ? Optional.of(new CatchUp.Drop(tolerance.getAsLong())) : Optional.empty();
        }
        return switch (name) {
            case "bucket" -> Optional.of(new CatchUp.Bucket());
            case "unlimited" -> Optional.of(new CatchUp.Unlimited());
            case "drop" -> Optional.of(new CatchUp.Drop(CatchUp.DEFAULT_TOLERANCE_NANOS));
            default -> {
                problems.add(new Problem(path, text, "is no catch-up policy", FORM));
                yield Optional.empty();
            }
        };
    }

    /** The policy as the option writes it. */
    public static String write(CatchUp policy) {
        return switch (policy) {
            case CatchUp.Bucket b -> "bucket";
            case CatchUp.Unlimited u -> "unlimited";
            case CatchUp.Drop d when d.toleranceNanos() == CatchUp.DEFAULT_TOLERANCE_NANOS -> "drop";
            case CatchUp.Drop d -> "drop:" + DurationText.write(d.toleranceNanos());
        };
    }
}
