package dev.spindle.engine.plan;

import java.util.regex.Pattern;

/** Plain decimal numbers in options. */
final class Numbers {

    private static final Pattern FORM = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?([eE]-?\\d{1,3})?");

    private Numbers() {}

    /** The number, or NaN when {@code text} is none; hexadecimal, {@code NaN} and type suffixes are none. */
    static double parse(String text) {
        String stripped = text.strip();
        return FORM.matcher(stripped).matches() ? Double.parseDouble(stripped) : Double.NaN;
    }
}
