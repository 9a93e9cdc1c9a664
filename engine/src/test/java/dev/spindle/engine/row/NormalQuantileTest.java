package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.promises.LawCurve;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalQuantileTest {

    /** From the complementary error function of the C library: p = erfc(-z / sqrt 2) / 2. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0", "0.75, 0.6744897501960817", "0.9, 1.2815515655446004", "0.975, 1.959963984540054", "0.995, 2.575829303548901",
        "0.999, 3.090232306167813", "1e-6, -4.753424308822899", "1e-10, -6.361340902404056", "1e-20, -9.262340089798408"
    })
    void shouldGiveKnownValues(double p, double z) {
        assertThat(NormalQuantile.at(p)).isCloseTo(z, within(4e-15 * Math.max(1, Math.abs(z))));
    }

    @Test
    void shouldBeTheWayBackFromTheDistributionFunction() {
        for (double z = -5; z <= 5; z += 1.0 / 64) {
            double p = LawCurve.normal(z);
            double slope = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            assertThat(NormalQuantile.at(p)).as("z = %s", z).isCloseTo(z, within(1e-14 + 2e-15 / slope));
        }
    }

    @Test
    void shouldRiseAndBeSymmetrical() {
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < 4_096; i++) {
            double value = NormalQuantile.at(i / 4_096.0);
            assertThat(value).isGreaterThan(last).isEqualTo(-NormalQuantile.at(1 - i / 4_096.0));
            last = value;
        }
    }
}
