package dev.spindle.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {

    private static final long SECOND = 1_000_000_000L;

    /** The nth event of every rate stands where exact arithmetic puts it, also after a billion, and far beyond. */
    @ParameterizedTest
    @ValueSource(doubles = {1.0 / 3600, 0.1, 1, 3, 7, 1_000, 333_333, 3_000_000, 7_654_321, 99_999_989, 100_000_000})
    void shouldNotDriftOverABillionArrivals(double perSecond) {
        Piece piece = new Piece(0, Long.MAX_VALUE, perSecond, perSecond);
        for (long n : new long[] {1, 2, 3, 999_999_937, 1_000_000_000, 1_000_000_001, 123_456_789_012L}) {
            if (n / perSecond > 3e8) {
                continue; // beyond ten years
            }
            long exact = BigDecimal.valueOf(n)
                    .multiply(BigDecimal.valueOf(SECOND))
                    .divide(new BigDecimal(perSecond), 0, RoundingMode.FLOOR)
                    .longValueExact();
            // A rate is known to one part in 2^52: what is that close to a whole nanosecond may be rounded up to it.
            assertThat(piece.nanosAt(n, 0) - exact).as("event %d at %s/s", n, perSecond).isBetween(0L, 1L);
        }
    }

    @Test
    void shouldPutArrivalsOnWholeNanosecondsWhereTheyAre() {
        assertThat(new Piece(0, Long.MAX_VALUE, 0.1, 0.1).nanosAt(3, 0)).isEqualTo(30 * SECOND);
        assertThat(new Piece(0, Long.MAX_VALUE, 3, 3).nanosAt(3, 0)).isEqualTo(SECOND);
        assertThat(new Piece(0, Long.MAX_VALUE, 3, 3).nanosAt(1, 0)).isEqualTo(333_333_333);
        assertThat(new Piece(5, Long.MAX_VALUE, 3, 3).nanosAt(2, 0)).isEqualTo(666_666_671);
    }

    /** Ten seconds of 0.1/s are one event, although 0.1 is a little more than a tenth in binary. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.7, 1.1, 3, 333.3, 1e6 / 3, 12_345.678, 99_999_999.9})
    void shouldHoldAsManyUnitsAsTheRateSays(double perSecond) {
        Piece piece = new Piece(0, 10 * SECOND, perSecond, perSecond);
        long units = Math.round(perSecond * 10);
        if (perSecond * 10 == units) {
            assertThat(piece.holds(units, 0)).isFalse();
            assertThat(piece.holds(units - 1, 0.999999)).isTrue();
        }
        assertThat(piece.massWhole() + piece.massFraction()).isEqualTo(perSecond * 10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10, 5_000, 249_999})
    void shouldInvertARamp(long units) {
        Piece up = new Piece(SECOND, 11 * SECOND, 0, 50_000);
        // Units from 0 to 50,000/s in 10 s: 2500 t², with t in seconds.
        assertThat(up.nanosAt(units, 0)).isEqualTo(SECOND + (long) (Math.sqrt(units / 2500.0) * 1e9 + 1e-4));
        Piece down = new Piece(SECOND, 11 * SECOND, 50_000, 0);
        assertThat(11 * SECOND - down.nanosAt(250_000 - units, 0))
                .isCloseTo(up.nanosAt(units, 0) - SECOND, org.assertj.core.data.Offset.offset(200L));
    }

    @Test
    void shouldHoldARampsArea() {
        Piece up = new Piece(0, 10 * SECOND, 0, 50_000);
        assertThat(up.holds(249_999, 0.99)).isTrue();
        assertThat(up.holds(250_000, 0)).isFalse();
        assertThat(up.rateAt(5 * SECOND)).isEqualTo(25_000);
        assertThat(up.nanosAt(0, 0)).isZero();
    }

    @Test
    void shouldHoldNothingWhenSilent() {
        assertThat(new Piece(0, 10, 0, 0).holds(0, 0)).isFalse();
        assertThat(new Piece(0, Long.MAX_VALUE, 0, 0).holds(0, 0)).isFalse();
        assertThat(new Piece(10, 10, 5, 5).holds(0, 0)).isFalse();
    }
}
