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
    private static final int[] FOURS = new int[10_000];
    private static final long[] TENS = new long[19];

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int FIRST_DAY = (int) LocalDate.of(1900, 1, 1).toEpochDay();
    private static final int LAST_DAY = (int) LocalDate.of(2100, 1, 1).toEpochDay();
    /** For each day from 1900 to 2099: year, month and day as four and two and two digits. */
    private static final int[] DATES = new int[LAST_DAY - FIRST_DAY];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
        }
        for (int i = 0; i < 10_000; i++) {
            FOURS[i] = PAIRS[i / 100] & 0xFFFF | PAIRS[i % 100] << 16;
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

    /** A whole number. */
    public static int writeLong(long value, byte[] to, int at) {
        if (value < 0) {
            to[at++] = '-';
            value = -value;
        }
        if (value < 10) {
            to[at] = (byte) ('0' + value);
            return at + 1;
        }
        int end = at + digits(value);
        int position = end;
        while (value >= 10_000) {
            long rest = value / 10_000;
            position -= 4;
            INT.set(to, position, FOURS[(int) (value - rest * 10_000)]);
            value = rest;
        }
        int small = (int) value;
        while (small >= 100) {
            int rest = small / 100;
            position -= 2;
            SHORT.set(to, position, PAIRS[small - rest * 100]);
            small = rest;
        }
        if (small >= 10) {
            SHORT.set(to, position - 2, PAIRS[small]);
        } else {
            to[position - 1] = (byte) ('0' + small);
        }
        return end;
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

    private static int writeDate(long micros, byte[] to, int at) {
        return writeDay(Math.floorDiv(micros, DAY_MICROS), to, at);
    }

    /** Year, month and day; years beyond four digits are clamped to 9999, those before 0 to 0. */
    private static int writeDay(long day, byte[] to, int at) {
        int packed = day >= FIRST_DAY && day < LAST_DAY ? known((int) day) : pack(day);
        INT.set(to, at, FOURS[packed >>> 16]);
        to[at + 4] = '-';
        SHORT.set(to, at + 5, PAIRS[packed >>> 8 & 0xFF]);
        to[at + 7] = '-';
        SHORT.set(to, at + 8, PAIRS[packed & 0xFF]);
        return at + 10;
    }

    /** Filled as days come along: two threads that fill the same entry write the same value. */
    private static int known(int day) {
        int packed = DATES[day - FIRST_DAY];
        if (packed == 0) {
            packed = pack(day);
            DATES[day - FIRST_DAY] = packed;
        }
        return packed;
    }

    /** Civil date from days (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"): no allocation. */
    private static int pack(long epochDay) {
        long z = epochDay + 719_468;
        long era = Math.floorDiv(z, 146_097);
        int dayOfEra = (int) (z - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * shifted + 2) / 5 + 1;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = Math.max(0, Math.min(9_999, yearOfEra + era * 400 + (month <= 2 ? 1 : 0)));
        return (int) year << 16 | month << 8 | day;
    }

    /** {@code 2025-12-31T23:59:59Z}, with six fraction digits when there are any. */
    public static int writeTimestamp(long micros, byte[] to, int at) {
        long day = Math.floorDiv(micros, DAY_MICROS);
        long ofDay = micros - day * DAY_MICROS;
        writeDay(day, to, at);
        int seconds = (int) (ofDay / 1_000_000);
        int fraction = (int) (ofDay - seconds * 1_000_000L);
        int minutes = seconds / 60;
        int hours = minutes / 60;
        to[at + 10] = 'T';
        long clock = (PAIRS[hours] & 0xFFFFL)
                | (long) ':' << 16
                | (PAIRS[minutes - hours * 60] & 0xFFFFL) << 24
                | (long) ':' << 40
                | (PAIRS[seconds - minutes * 60] & 0xFFFFL) << 48;
        LONG.set(to, at + 11, clock);
        if (fraction == 0) {
            to[at + 19] = 'Z';
            return at + 20;
        }
        to[at + 19] = '.';
        int high = fraction / 100;
        INT.set(to, at + 20, FOURS[high]);
        SHORT.set(to, at + 24, PAIRS[fraction - high * 100]);
        to[at + 26] = 'Z';
        return at + 27;
    }
}
