package dev.spindle.engine.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.event.Event;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against the JDK's own texts. */
class ValueTextTest {

    private static final long SEED = 13;
    private static final long DAY = 86_400_000_000L;
    private static final int AT = 3;

    private static String text(ColumnType type, int scale, long value) {
        byte[] to = new byte[AT + ValueText.MOST_BYTES];
        int end = ValueText.write(type, scale, value, to, AT);
        assertThat(end).isLessThanOrEqualTo(to.length);
        return new String(to, AT, end - AT, StandardCharsets.US_ASCII);
    }

    /** Numbers about every power of ten, both signs, and random ones of every length. */
    private static long[] numbers() {
        Random random = new Random(SEED);
        long[] numbers = new long[6 * 19 + 2_000 + 3];
        int n = 0;
        for (long ten = 1, i = 0; i < 19; i++, ten *= 10) {
            for (long near = -1; near <= 1; near++) {
                numbers[n++] = ten + near;
                numbers[n++] = -(ten + near);
            }
        }
        while (n < numbers.length - 3) {
            numbers[n++] = random.nextLong() >> random.nextInt(63);
        }
        numbers[n++] = Long.MAX_VALUE;
        numbers[n++] = -Long.MAX_VALUE;
        numbers[n] = 0;
        return numbers;
    }

    @Test
    void shouldWriteWholeNumbers() {
        for (long number : numbers()) {
            assertThat(text(ColumnType.INTEGER, 0, number)).as("seed %d", SEED).isEqualTo(Long.toString(number));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 6, 12, 18})
    void shouldWriteDecimalsWithAllTheirDigits(int scale) {
        for (long number : numbers()) {
            String plain = BigDecimal.valueOf(number, scale).toPlainString();
            assertThat(text(ColumnType.DECIMAL, scale, number)).as("seed %d", SEED).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 6, 12})
    void shouldWriteFloatsWithoutNoughtsBehindButOneDigitAtLeast(int scale) {
        for (long number : numbers()) {
            BigDecimal value = BigDecimal.valueOf(number, scale).stripTrailingZeros();
            String plain = value.setScale(Math.max(1, value.scale())).toPlainString();
            assertThat(text(ColumnType.FLOAT, scale, number)).as("seed %d", SEED).isEqualTo(plain);
        }
    }

    @Test
    void shouldWriteEveryDayOfFiveCenturies() {
        long first = LocalDate.of(1700, 1, 1).toEpochDay();
        long last = LocalDate.of(2200, 12, 31).toEpochDay();
        for (long day = first; day <= last; day++) {
            assertThat(text(ColumnType.DATE, 0, day * DAY)).isEqualTo(LocalDate.ofEpochDay(day).toString());
        }
    }

    @Test
    void shouldWriteInstantsWithMicrosecondsWhenThereAreAny() {
        Random random = new Random(SEED);
        long first = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        for (int i = 0; i < 20_000; i++) {
            long second = random.nextLong(first, last);
            long micros = second * 1_000_000 + (i % 2 == 0 ? 0 : random.nextInt(1, 1_000_000));
            String text = text(ColumnType.TIMESTAMP, 0, micros);
            assertThat(Instant.parse(text)).as("seed %d", SEED).isEqualTo(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
            assertThat(text).hasSize(i % 2 == 0 ? 20 : 27).endsWith("Z");
        }
    }

    @Test
    void shouldStopAtTheEndsOfFourDigitYears() {
        assertThat(text(ColumnType.DATE, 0, LocalDate.of(12_345, 6, 7).toEpochDay() * DAY)).isEqualTo("9999-12-31");
        assertThat(text(ColumnType.DATE, 0, LocalDate.of(-5, 6, 7).toEpochDay() * DAY)).isEqualTo("0000-03-01");
    }

    @Test
    void shouldWriteTruthValues() {
        assertThat(text(ColumnType.BOOLEAN, 0, 1)).isEqualTo("true");
        assertThat(text(ColumnType.BOOLEAN, 0, 0)).isEqualTo("false");
    }

    @Test
    void shouldLeaveTextsToOthers() {
        for (ColumnType type : List.of(ColumnType.TEXT, ColumnType.DICTIONARY)) {
            assertThatThrownBy(() -> text(type, 0, 0)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(type.name());
        }
    }

    @Test
    void shouldTellTheTextOfAnyValue() {
        Event event = new Event(1);
        byte[] bytes = "grüß dich".getBytes(StandardCharsets.UTF_8);
        long value = event.appendText(bytes, 0, bytes.length);
        Dictionary dictionary = new Dictionary(List.of("a", "ö"));
        assertThat(ValueText.text(new Column("c", ColumnType.TEXT, 0, null, false), value, event)).isEqualTo("grüß dich");
        assertThat(ValueText.text(new Column("c", ColumnType.DICTIONARY, 0, dictionary, false), 1, event)).isEqualTo("ö");
        assertThat(ValueText.text(new Column("c", ColumnType.DECIMAL, 2, null, false), 5, event)).isEqualTo("0.05");
        assertThat(ValueText.text(new Column("c", ColumnType.DECIMAL, 2, null, false), Event.NULL, event)).isNull();
    }

    @Test
    void shouldCountDigits() {
        for (long number : numbers()) {
            if (number >= 0) {
                assertThat(ValueText.digits(number)).isEqualTo(Long.toString(number).length());
            }
        }
    }

    /** In order, at jumps, on both sides of 1970, at the ends of minutes and days, with and without a fraction. */
    @Test
    void shouldWriteInstantsInOrderAsItWritesAnyOther() {
        ValueText.InOrder inOrder = new ValueText.InOrder();
        byte[] expected = new byte[ValueText.MOST_BYTES];
        byte[] written = new byte[ValueText.MOST_BYTES];
        long[] starts = {0, -1, -61_000_001, 1_700_000_000_000_000L, 253_402_300_799_000_000L, 1_709_164_799_999_998L};
        long[] steps = {1, 999_999, 1_000_000, 29_999_999, 3_600_000_000L, 86_400_000_000L, -45_000_000};
        for (long start : starts) {
            for (long step : steps) {
                for (int i = 0; i < 200; i++) {
                    long micros = start + i * step;
                    int end = ValueText.writeTimestamp(micros, expected, 0);
                    assertThat(inOrder.write(micros, written, 0)).as("%d", micros).isEqualTo(end);
                    assertThat(new String(written, 0, end, java.nio.charset.StandardCharsets.US_ASCII))
                            .isEqualTo(new String(expected, 0, end, java.nio.charset.StandardCharsets.US_ASCII));
                }
            }
        }
    }
}
