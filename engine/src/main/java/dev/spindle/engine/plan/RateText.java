package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rates as options write them: {@code 250}, {@code 0.5}, {@code 50k}, {@code 1.5M}; events per second. */
public final class RateText {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?(?:[eE]-?\\d{1,3})?)([kKMG])?");

    private RateText() {}

    /** Events per second; empty, with a problem added, when {@code text} is no rate. */
    public static OptionalDouble parse(String path, String text, List<Problem> problems) {
        Matcher form = FORM.matcher(text.strip());
        if (form.matches() && form.group(1).length() <= 30) {
            // Decimal arithmetic first, so that 1.1k is the double nearest to 1100 and not to 1.1 times 1000.
            double rate = new BigDecimal(form.group(1))
                    .scaleByPowerOfTen(powerOfTen(form.group(2)))
                    .doubleValue();
            if (rate <= RunPlan.MOST_PER_SECOND) {
                return OptionalDouble.of(rate);
            }
        }
        problems.add(new Problem(
                path, text, "is no rate", "0 to 1G events per second, such as 250, 50k or 1.5M"));
        return OptionalDouble.empty();
    }

    private static int powerOfTen(String suffix) {
        return switch (suffix == null ? "" : suffix) {
            case "k", "K" -> 3;
            case "M" -> 6;
            case "G" -> 9;
            default -> 0;
        };
    }
}
