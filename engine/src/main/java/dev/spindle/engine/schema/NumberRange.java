package dev.spindle.engine.schema;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Numbers from one to another, both included; null at an open end. Written {@code 5..10}, {@code 5..}, {@code ..10}, or
 * as a number alone.
 */
public record NumberRange(BigDecimal least, BigDecimal most) {

    /** The range that a text writes, if it writes one that is not empty. */
    public static Optional<NumberRange> parse(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            return Numbers.parse(text).map(n -> new NumberRange(n, n));
        }
        String low = text.substring(0, dots).strip();
        String high = text.substring(dots + 2).strip();
        BigDecimal least = Numbers.parse(low).orElse(null);
        BigDecimal most = Numbers.parse(high).orElse(null);
        boolean readable = (least != null || low.isEmpty()) && (most != null || high.isEmpty());
        boolean some = least != null || most != null;
        boolean empty = least != null && most != null && least.compareTo(most) > 0;
        return readable && some && !empty ? Optional.of(new NumberRange(least, most)) : Optional.empty();
    }
}
