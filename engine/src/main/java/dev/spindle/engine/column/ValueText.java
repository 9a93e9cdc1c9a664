package dev.spindle.engine.column;

import dev.spindle.engine.event.Event;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Writes numbers, dates and instants as ASCII text, without allocating. */
public final class ValueText {

    /** Bytes that a number, a date or an instant takes at most. */
    public static final int MOST_BYTES = 40;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final short[] PAIRS = new short[100];
    private static final long[] TENS = new long[19];

    private static final long EIGHT_ZEROS = 0x3030_3030_3030_3030L;
    private static final long HUNDRED_MILLION = 100_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final long MINUTE_MICROS = 60_000_000L;
    /** What makes two digits at the second and third byte {@code :ss.}. */
    private static final int SECONDS = ':' | '0' << 8 | '0' << 16 | '.' << 24;
    /** What makes {@code yyyy0mm0} {@code yyyy-mm-}; a dash comes before the zero. */
    private static final long CALENDAR = EIGHT_ZEROS - ((long) ('0' - '-') << 32) - ((long) ('0' - '-') << 56);

    /** Days from 1 March of the year 0 to 1 January 1970. */
    private static final long DAYS_FROM_MARCH_0 = 719_468;

    private static final long FIRST_DAY = LocalDate.of(0, 3, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9_999, 12, 31).toEpochDay();

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
        }
        long ten = 1;
        for (int i = 0; i < TENS.length; i++) {
            TENS[i] = ten;
            ten *= 10;
        }
    }

    private ValueText() {}

    /**
     * Writes a value that is not null and of a type other than text; INTEGER, DECIMAL, FLOAT and BOOLEAN as JSON has them,
     * DATE and TIMESTAMP without quotes.
     *
     * @param to has room for {@link #MOST_BYTES} from {@code at} on
     * @return where the text ends
     */
    public static int write(ColumnType type, int scale, long value, byte[] to, int at) {
        return switch (type) {
            case INTEGER -> writeLong(value, to, at);
            case DECIMAL -> writeDecimal(value, scale, to, at);
            case FLOAT -> writeFloat(value, scale, to, at);
            case BOOLEAN -> writeBoolean(value, to, at);
            case DATE -> writeDate(value, to, at);
            case TIMESTAMP -> writeTimestamp(value, to, at);
            case DICTIONARY, TEXT -> throw new IllegalArgumentException(type + " is text already");
        };
    }

    /** The text of any value of a column, as a person or a Kafka key has it; {@code null} when it is null. For rare use. */
    public static String text(Column column, long value, Event event) {
        if (value == Event.NULL) {
            return null;
        }
        return switch (column.type()) {
            case DICTIONARY -> column.dictionary().text((int) value);
            case TEXT ->
                new String(event.text, Event.textOffset(value), Event.textLength(value), StandardCharsets.UTF_8);
            default -> {
                byte[] to = new byte[MOST_BYTES];
                yield new String(to, 0, write(column.type(), column.scale(), value, to, 0), StandardCharsets.US_ASCII);
            }
        };
    }

    /** How many digits a number of 0 or more has. */
    public static int digits(long value) {
        int digits = 1;
        while (digits < 19 && value >= TENS[digits]) {
            digits++;
        }
        return digits;
    }

    /** A whole number; a few bytes behind its end are overwritten. */
    public static int writeLong(long value, byte[] to, int at) {
        if (value < 0) {
            to[at++] = '-';
            value = -value;
        }
        if (value < HUNDRED_MILLION) {
            return writeUpToEight(value, to, at);
        }
        long high = value / HUNDRED_MILLION;
        if (high < HUNDRED_MILLION) {
            at = writeUpToEight(high, to, at);
        } else {
            long highest = high / HUNDRED_MILLION;
            at = writeUpToEight(highest, to, at);
            LONG.set(to, at, eightDigits(high - highest * HUNDRED_MILLION) + EIGHT_ZEROS);
            at += 8;
        }
        LONG.set(to, at, eightDigits(value - high * HUNDRED_MILLION) + EIGHT_ZEROS);
        return at + 8;
    }

    /** A number below 10^8, whatever its length without a branch: lengths vary, and a wrong guess costs more than all else. */
    private static int writeUpToEight(long value, byte[] to, int at) {
        long digits = eightDigits(value);
        int zeros = Long.numberOfTrailingZeros(digits | 1L << 56) & ~7;
        LONG.set(to, at, digits + EIGHT_ZEROS >>> zeros);
        return at + 8 - (zeros >>> 3);
    }

    /**
     * The digits of a number below 10^8, the first in the lowest byte: halved three times, all parts at once, each division a
     * multiplication that is exact for numbers so small.
     */
    private static long eightDigits(long value) {
        long high = value * 3_518_437_209L >>> 45; // by 10^4
        long fours = high | (value - high * 10_000) << 32;
        long hundreds = fours * 10_486 >>> 20 & 0x7F_0000_007FL;
        long pairs = hundreds | (fours - hundreds * 100) << 16;
        long tens = pairs * 103 >>> 10 & 0x000F_000F_000F_000FL;
        return tens | (pairs - tens * 10) << 8;
    }

    private static int writeDecimal(long value, int scale, byte[] to, int at) {
        if (scale == 0) {
            return writeLong(value, to, at);
        }
        if (value < 0) {
            to[at++] = '-';
            value = -value;
        }
        long power = TENS[scale];
        long whole = scale == 2 ? value / 100 : value / power;
        long fraction = value - whole * power;
        at = writeLong(whole, to, at);
        to[at++] = '.';
        if (scale == 2) {
            SHORT.set(to, at, PAIRS[(int) fraction]);
            return at + 2;
        }
        for (int i = scale - 1; i >= 0; i--) {
            to[at + i] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        return at + scale;
    }

    private static int writeFloat(long value, int scale, byte[] to, int at) {
        int end = writeDecimal(value, scale, to, at);
        if (scale == 0) {
            to[end++] = '.';
            to[end++] = '0';
            return end;
        }
        while (to[end - 1] == '0' && to[end - 2] != '.') {
            end--;
        }
        return end;
    }

    private static int writeBoolean(long value, byte[] to, int at) {
        if (value != 0) {
            INT.set(to, at, 't' | 'r' << 8 | 'u' << 16 | 'e' << 24);
            return at + 4;
        }
        INT.set(to, at, 'f' | 'a' << 8 | 'l' << 16 | 's' << 24);
        to[at + 4] = 'e';
        return at + 5;
    }

    /** {@code 2025-12-31}: the day of an instant. */
    public static int writeDate(long micros, byte[] to, int at) {
        return writeDay(Math.floorDiv(micros, DAY_MICROS), to, at);
    }

    /**
     * Year, month and day of a day since 1970; what is not within March 0000 and December 9999 is
     * moved there. Civil date C. Neri and L. Schneider, "Euclidean affine functions and their application to
     * calendar algorithms" (2022).
     */
    private static int writeDay(long epochDay, byte[] to, int at) {
        long shifted = Math.max(FIRST_DAY, Math.min(LAST_DAY, epochDay)) + DAYS_FROM_MARCH_0;
        long four = 4 * shifted + 3;
        long century = four / 146_097;
        long ofCentury = 4 * (four - century * 146_097 >> 2) + 3;
        long product = 2_939_745 * ofCentury;
        long ofYear = (product & 0xFFFF_FFFFL) / 2_939_745 >> 2;
        long year = 100 * century + (product >>> 32);
        long months = 2_141 * ofYear + 197_913;
        long month = months >>> 16;
        int day = (int) ((months & 0xFFFF) / 2_141);
        long january = ofYear >= 306 ? 1 : 0;
        long text = eightDigits((year + january) * 10_000 + (month - 12 * january) * 10);
        LONG.set(to, at, text + CALENDAR);
        SHORT.set(to, at + 8, PAIRS[day + 1]);
        return at + 10;
    }

    /** {@code 2025-12-31T23:59:59Z}, with six fraction digits when there are any. */
    public static int writeTimestamp(long micros, byte[] to, int at) {
        long day = Math.floorDiv(micros, DAY_MICROS);
        int minute = (int) ((micros - day * DAY_MICROS) / MINUTE_MICROS);
        writeDay(day, to, at);
        writeMinute(minute, to, at + 10);
        return writeSeconds(micros - day * DAY_MICROS - minute * MINUTE_MICROS, to, at + 16);
    }

    /** {@code T23:59} of a minute of a day. */
    private static void writeMinute(int minute, byte[] to, int at) {
        int hours = minute / 60;
        to[at] = 'T';
        SHORT.set(to, at + 1, PAIRS[hours]);
        to[at + 3] = ':';
        SHORT.set(to, at + 4, PAIRS[minute - hours * 60]);
    }

    /** {@code :59Z} or {@code :59.999999Z}: what is left of an instant beside its minute, in microseconds. */
    private static int writeSeconds(long micros, byte[] to, int at) {
        long digits = eightDigits(micros);
        long fraction = digits >>> 16;
        INT.set(to, at, (int) (digits << 8 & 0x0F0F00 | SECONDS));
        LONG.set(to, at + 4, fraction + EIGHT_ZEROS);
        int end = at + 3 + 7 * (int) (-fraction >>> 63); // seven bytes more unless the fraction is 0
        to[end] = 'Z';
        return end + 1;
    }

    /** Instants that come in order mostly: the minute's text is kept from one to the next. For one thread. */
    public static final class InOrder {
        private static final int MINUTE_BYTES = 16;

        private final byte[] text = new byte[MINUTE_BYTES];
        private long dayMicros = Long.MIN_VALUE;
        private long minuteMicros = Long.MIN_VALUE;
        private long day;
        private long minute;

        /** As {@link #writeTimestamp} does. */
        public int write(long micros, byte[] to, int at) {
            long ofMinute = micros - minuteMicros;
            if (ofMinute < 0 || ofMinute >= MINUTE_MICROS) {
                begin(micros);
                ofMinute = micros - minuteMicros;
            }
            LONG.set(to, at, day);
            LONG.set(to, at + 8, minute);
            return writeSeconds(ofMinute, to, at + MINUTE_BYTES);
        }

        private void begin(long micros) {
            long ofDay = micros - dayMicros;
            if (ofDay < 0 || ofDay >= DAY_MICROS) {
                long epochDay = Math.floorDiv(micros, DAY_MICROS);
                writeDay(epochDay, text, 0);
                dayMicros = epochDay * DAY_MICROS;
                ofDay = micros - dayMicros;
            }
            int minuteOfDay = (int) (ofDay / MINUTE_MICROS);
            writeMinute(minuteOfDay, text, 10);
            minuteMicros = dayMicros + minuteOfDay * MINUTE_MICROS;
            day = (long) LONG.get(text, 0);
            minute = (long) LONG.get(text, 8);
        }
    }
}
