package dev.spindle.engine.column;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal numbers as whole multiples of 10^-scale. */
public final class Scaled {

    /** The largest number of fraction digits. */
    public static final int MOST_DIGITS = 12;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    private static final double LIMIT = 4e18;
    /** So that 0.855, which no double holds exactly, rounds up to 0.86 as a person would. */
    private static final double TIE = 1e-9;

    private Scaled() {}

    /** 10^scale. */
    public static double power(int scale) {
        return POWERS[scale];
    }

    /** {@code value} × {@code power}, rounded half up; clamped to what a long holds. */
    public static long round(double value, double power) {
        double scaled = value * power;
        if (scaled >= LIMIT) {
            return (long) LIMIT;
        }
        if (scaled <= -LIMIT) {
            return (long) -LIMIT;
        }
        return (long) Math.floor(scaled + (0.5 + TIE));
    }

    /** A decimal number at a scale, rounded half up; clamped to what a long holds. */
    public static long of(BigDecimal value, int scale) {
        BigDecimal scaled = value.setScale(scale, RoundingMode.HALF_UP);
        if (scaled.abs().compareTo(BigDecimal.valueOf((long) LIMIT, scale)) > 0) {
            return scaled.signum() * (long) LIMIT;
        }
        return scaled.unscaledValue().longValue();
    }

    /** A value of one scale at another, rounded half up. */
    public static long rescale(long value, int from, int to) {
        if (from == to) {
            return value;
        }
        if (to > from) {
            long factor = (long) POWERS[to - from];
            return Math.multiplyHigh(value, factor) == (value * factor >> 63) ? value * factor : (long) (value < 0 ? -LIMIT : LIMIT);
        }
        long divisor = (long) POWERS[from - to];
        return Math.floorDiv(value + divisor / 2, divisor);
    }
}
