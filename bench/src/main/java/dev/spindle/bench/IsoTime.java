package dev.spindle.bench;

import java.time.LocalDate;

/** Reads {@code 2026-01-31T23:59:59.123456Z}, with or without the fraction. */
final class IsoTime {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int[] PLACES = {100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private static long lastDate = -1;
    private static long lastDays;

    private IsoTime() {}

    /** Nanoseconds since the epoch. For one thread. */
    static long nanos(byte[] text, int at) {
        long date = number(text, at, 4) * 10_000L + number(text, at + 5, 2) * 100L + number(text, at + 8, 2);
        if (date != lastDate) {
            lastDays = LocalDate.of((int) (date / 10_000), (int) (date / 100 % 100), (int) (date % 100)).toEpochDay();
            lastDate = date;
        }
        long seconds = lastDays * 86_400
                + number(text, at + 11, 2) * 3_600L
                + number(text, at + 14, 2) * 60L
                + number(text, at + 17, 2);
        long nanos = 0;
        if (text[at + 19] == '.') {
            for (int i = 0; Character.isDigit(text[at + 20 + i]); i++) {
                nanos += (long) (text[at + 20 + i] - '0') * PLACES[i];
            }
        }
        return seconds * NANOS_PER_SECOND + nanos;
    }

    private static int number(byte[] text, int at, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * 10 + text[at + i] - '0';
        }
        return value;
    }
}
