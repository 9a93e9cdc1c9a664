package dev.spindle.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonNamesTest {

    private static final int ROWS = 200_000;

    private final TextProviders providers = new TextProviders();

    @Test
    void shouldMeetTheCommonestSurnamesMostOften() {
        ListedText names = list("last_name");
        int[] counts = counts(names);
        int smith = names.dictionary().indexOf("Smith");
        int altenwerth = names.dictionary().indexOf("Altenwerth");
        assertThat(Arrays.stream(counts).max().orElseThrow()).isEqualTo(counts[smith]);
        assertThat(counts[smith] / (double) ROWS).isBetween(0.02, 0.035);
        assertThat(counts[altenwerth]).isPositive().isLessThan(counts[smith] / 10);
    }

    @Test
    void shouldDrawEveryNameByItsWeight() {
        ListedText names = list("first_name");
        int[] counts = counts(names);
        double[] weights = names.weights();
        double sum = Arrays.stream(weights).sum();
        double chiSquare = 0;
        double rest = 0;
        int restCount = 0;
        int cells = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = weights[i] / sum * ROWS;
            if (expected >= 20) {
                chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
                cells++;
            } else {
                rest += expected;
                restCount += counts[i];
            }
        }
        chiSquare += (restCount - rest) * (restCount - rest) / rest;
        // The chi-square of k degrees of freedom is near normal with mean k and variance 2k; six sigma never flakes.
        assertThat(chiSquare)
                .as("chi-square over %d names, seed %d", cells, Texts.SEED)
                .isCloseTo(cells, within(6 * Math.sqrt(2.0 * cells)));
        assertThat(cells).isGreaterThan(150);
    }

    @Test
    void shouldGiveMenAndWomenHalfOfTheNamesEach() {
        ListedText either = list("first_name");
        double[] weights = either.weights();
        double sum = Arrays.stream(weights).sum();
        assertThat(sum).isCloseTo(2, within(1e-9));
        assertThat(weights[either.dictionary().indexOf("James")] / sum).isBetween(0.01, 0.02);
        assertThat(weights[either.dictionary().indexOf("Mary")] / sum).isBetween(0.01, 0.02);
    }

    @Test
    void shouldListNoCommonNameTwice() {
        for (List<String> names : List.of(CommonNames.MALE, CommonNames.FEMALE, CommonNames.SURNAMES)) {
            assertThat(names).hasSizeGreaterThan(80).doesNotHaveDuplicates();
        }
    }

    private ListedText list(String name) {
        return (ListedText) providers.find(name).orElseThrow();
    }

    private static int[] counts(ListedText names) {
        int[] counts = new int[names.dictionary().size()];
        for (int row = 0; row < ROWS; row++) {
            counts[names.index(Texts.hash(row))]++;
        }
        return counts;
    }
}
