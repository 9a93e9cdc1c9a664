package dev.spindle.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0", "-0.0, 0", "5, 5", "-12, -12", "1000, 1000", "0.25, 0.25", "-2.5, -2.5", "1e-6, 0.000001", "1.5e-9, 0.0000000015",
        "-1e-4, -0.0001", "12345678.5, 12345678.5", "1e15, 1000000000000000", "2.5e21, 2500000000000000000000", "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void shouldWriteNumbersPlainly(double number, String text) {
        assertThat(Figures.plain(number)).isEqualTo(text);
    }
}
