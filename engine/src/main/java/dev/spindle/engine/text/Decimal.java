package dev.spindle.engine.text;

/** Whole numbers, 0 or more, as decimal digits. */
final class Decimal {

    private Decimal() {}

    static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** Returns how many digits were written. */
    static int append(long value, byte[] to, int offset) {
        int digits = digits(value);
        long rest = value;
        for (int i = offset + digits - 1; i >= offset; i--) {
            long quotient = rest / 10;
            to[i] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        }
        return digits;
    }
}
