package dev.spindle.engine.schema;

import java.math.BigDecimal;
import java.util.Optional;

/** Numbers written as texts, as in the keys of a weighted enumeration. */
public final class Numbers {

    private Numbers() {}

    public static boolean isNumber(String text) {
        return parse(text).isPresent();
    }

    /** The number, when the text is one and has at most 18 digits either side of the point. */
    public static Optional<BigDecimal> parse(String text) {
        if (text.isEmpty() || text.length() > 30 || !text.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(text));
    }
}
