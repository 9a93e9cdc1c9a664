package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.schema.Strategy.Empirical;
import dev.spindle.engine.schema.Strategy.Quantile;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class EmpiricalCurveTest {

    private static final List<Quantile> POINTS =
            List.of(new Quantile(0.1, 2), new Quantile(0.5, 10), new Quantile(0.9, 1_000), new Quantile(0.99, 1_000));

    private static DoubleUnaryOperator curve(boolean logarithmic) {
        return EmpiricalCurve.of(new Empirical(POINTS, logarithmic, -1));
    }

    @Test
    void shouldGoThroughItsPoints() {
        for (boolean logarithmic : new boolean[] {false, true}) {
            for (Quantile point : POINTS) {
                assertThat(curve(logarithmic).applyAsDouble(point.probability())).isCloseTo(point.value(), within(1e-9));
            }
        }
    }

    @Test
    void shouldBeStraightBetweenThemOrSoInTheLogarithm() {
        assertThat(curve(false).applyAsDouble(0.3)).isCloseTo(6, within(1e-12));
        assertThat(curve(true).applyAsDouble(0.7)).isCloseTo(100, within(1e-9));
    }

    @Test
    void shouldEndAtTheFirstAndTheLast() {
        for (boolean logarithmic : new boolean[] {false, true}) {
            assertThat(curve(logarithmic).applyAsDouble(0)).isEqualTo(2);
            assertThat(curve(logarithmic).applyAsDouble(0.05)).isEqualTo(2);
            assertThat(curve(logarithmic).applyAsDouble(0.95)).isCloseTo(1_000, within(1e-9));
            assertThat(curve(logarithmic).applyAsDouble(1)).isEqualTo(1_000);
        }
    }

    @Test
    void shouldNeverFall() {
        for (boolean logarithmic : new boolean[] {false, true}) {
            double last = 0;
            for (int i = 0; i <= 10_000; i++) {
                double value = curve(logarithmic).applyAsDouble(i / 10_000.0);
                assertThat(value).isGreaterThanOrEqualTo(last - 1e-9);
                last = value;
            }
        }
    }
}
