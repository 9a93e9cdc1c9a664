package dev.spindle.engine.text;

import static dev.spindle.engine.text.Texts.hash;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final int ROWS = 100_000;

    @Test
    void shouldKeepWhatIsNoPlaceholder() {
        assertThat(Texts.text(new Shape("Flat B, 3/4"), hash(1))).isEqualTo("Flat B, 3/4");
    }

    @Test
    void shouldDrawEveryDigitOfEveryPlaceAlike() {
        Shape shape = new Shape("####################");
        int[][] counts = new int[20][10];
        for (String text : Texts.texts(shape, ROWS)) {
            for (int place = 0; place < 20; place++) {
                counts[place][text.charAt(place) - '0']++;
            }
        }
        double expected = ROWS / 10.0;
        for (int place = 0; place < 20; place++) {
            for (int digit = 0; digit < 10; digit++) {
                // 5 sigma of a binomial with p = 1/10; 200 cells
                assertThat(Math.abs(counts[place][digit] - expected))
                        .as("digit %d at place %d, seed %d", digit, place, Texts.SEED)
                        .isLessThan(5 * Math.sqrt(expected * 0.9));
            }
        }
    }

    @Test
    void shouldDrawNeighbouringPlacesApart() {
        int[] pairs = new int[100];
        for (String text : Texts.texts(new Shape("##############%#"), ROWS)) {
            pairs[Integer.parseInt(text.substring(12, 14))]++;
        }
        double expected = ROWS / 100.0;
        for (int pair = 0; pair < 100; pair++) {
            assertThat(Math.abs(pairs[pair] - expected)).as("pair %d", pair).isLessThan(5 * Math.sqrt(expected));
        }
    }

    @Test
    void shouldNeverStartAtZeroWhereItMayNot() {
        assertThat(Texts.texts(new Shape("%<?^"), 1_000)).allSatisfy(text -> assertThat(text).matches("[1-9][0-4][89ab][0-9a-f]"));
    }
}
