package dev.spindle.engine.truth;

import dev.spindle.engine.column.ValueText;
import java.nio.charset.StandardCharsets;

/** Moments as text, always in UTC. */
final class Moments {

    private static final String NO_MICROS = ".000000";
    private static final int SECONDS_END = 19;

    private Moments() {}

    /** As events have it: {@code 2025-12-31T23:59:59Z}, with six fraction digits when there are any. */
    static String iso(long micros) {
        byte[] text = new byte[ValueText.MOST_BYTES];
        return new String(text, 0, ValueText.writeTimestamp(micros, text, 0), StandardCharsets.US_ASCII);
    }

    /** As the Numenta Anomaly Benchmark's label files have it: {@code 2025-12-31 23:59:59.000000}. */
    static String benchmark(long micros) {
        String iso = iso(micros);
        String seconds = iso.substring(0, SECONDS_END).replace('T', ' ');
        String fraction = iso.substring(SECONDS_END, iso.length() - 1);
        return seconds + (fraction.isEmpty() ? NO_MICROS : fraction);
    }
}
