package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometricChildrenTest {

    private static final long KEY = 0x6E0L;

    @ParameterizedTest
    @CsvSource({
        "1, 1", "1, 9", "2, 2", "2, 7", "7, 3", "1023, 4001", "1024, 1024", "1025, 9000", "5000, 12", "5000, 21003", "100000, 70",
        "3, 200000", "40, 1000003"
    })
    void shouldLeadFromParentToChildrenAndBack(long parents, long children) {
        GeometricChildren dealt = new GeometricChildren(parents, children, KEY);
        for (long period = 0; period < 2; period++) {
            long sum = period * children;
            for (long parent = period * parents; parent < (period + 1) * parents; parent++) {
                int count = dealt.count(parent);
                assertThat(count).isGreaterThanOrEqualTo(children >= parents ? 1 : 0);
                assertThat(dealt.first(parent)).as("first child of %d", parent).isEqualTo(sum);
                for (int i : new int[] {0, count / 2, count - 1}) {
                    if (i >= 0 && i < count) {
                        assertThat(dealt.parentOf(sum + i)).as("parent of %d", sum + i).isEqualTo(parent);
                    }
                }
                sum += count;
            }
            assertThat(sum).isEqualTo((period + 1) * children);
        }
    }

    @ParameterizedTest
    @CsvSource({"100000, 420000", "100000, 130000", "200000, 50000"})
    void shouldGiveGeometricNumbers(int parents, int children) {
        GeometricChildren dealt = new GeometricChildren(parents, children, KEY);
        int least = children >= parents ? 1 : 0;
        double p = 1 / ((double) children / parents + 1 - least);
        int cells = 24;
        int[] seen = new int[cells];
        for (long parent = 0; parent < parents; parent++) {
            seen[Math.min(cells - 1, dealt.count(parent) - least)]++;
        }
        double statistic = 0;
        int degrees = -1;
        double rest = 1;
        for (int k = 0; k < cells; k++) {
            double probability = k == cells - 1 ? rest : p * Math.pow(1 - p, k);
            rest -= probability;
            double expected = probability * parents;
            if (expected >= 5) {
                statistic += (seen[k] - expected) * (seen[k] - expected) / expected;
                degrees++;
            }
        }
        assertThat(statistic).as("chi-square with %d degrees", degrees).isLessThan(degrees + 6 * Math.sqrt(2.0 * degrees) + 12);
    }

    @Test
    void shouldNotHangOnWhatWasAskedBefore() {
        GeometricChildren forwards = new GeometricChildren(50_000, 180_000, KEY);
        GeometricChildren jumping = new GeometricChildren(50_000, 180_000, KEY);
        for (long i = 0; i < 2_000; i++) {
            long parent = i * 7_919 % 50_000;
            jumping.parentOf(i * 104_729 % 400_000);
            assertThat(jumping.first(parent)).isEqualTo(forwards.first(parent));
        }
    }
}
