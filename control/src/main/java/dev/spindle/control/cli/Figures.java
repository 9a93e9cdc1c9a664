package dev.spindle.control.cli;

import java.math.BigDecimal;
import java.util.Locale;

/** Figures as a person reads them. */
final class Figures {

    private static final double KILO = 1_000;

    private Figures() {}

    /** A whole number with its thousands apart. */
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** {@code 1 event}, {@code 2 events}. */
    static String count(long n, String one) {
        return count(n) + " " + one + (n == 1 ? "" : "s");
    }

    /** A rate: as many digits as it deserves. */
    static String rate(double perSecond) {
        if (perSecond >= 100 || perSecond == Math.rint(perSecond)) {
            return String.format(Locale.ROOT, "%,.0f", perSecond);
        }
        return String.format(Locale.ROOT, perSecond >= 1 ? "%.2f" : "%.3g", perSecond);
    }

    /** A time in nanoseconds, in the unit that suits it. */
    static String time(long nanos) {
        if (nanos < KILO) {
            return nanos + " ns";
        }
        if (nanos < KILO * KILO) {
            return String.format(Locale.ROOT, "%.1f us", nanos / KILO);
        }
        if (nanos < KILO * KILO * KILO) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / (KILO * KILO));
        }
        return String.format(Locale.ROOT, "%.2f s", nanos / (KILO * KILO * KILO));
    }

    /** A number of bytes. */
    static String bytes(long n) {
        if (n < KILO) {
            return n + " B";
        }
        if (n < KILO * KILO) {
            return String.format(Locale.ROOT, "%.1f kB", n / KILO);
        }
        if (n < KILO * KILO * KILO) {
            return String.format(Locale.ROOT, "%.1f MB", n / (KILO * KILO));
        }
        return String.format(Locale.ROOT, "%.2f GB", n / (KILO * KILO * KILO));
    }

    /** A number without what it does not need: no trailing zeros, and never an exponent. */
    static String plain(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
