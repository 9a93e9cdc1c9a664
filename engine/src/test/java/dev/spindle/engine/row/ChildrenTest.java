package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildrenTest {

    private static final long KEY = 0x5EEDL;

    @ParameterizedTest
    @CsvSource({
        "1, 1", "1, 7", "2, 3", "7, 7", "63, 64", "64, 160", "65, 1000", "97, 97", "101, 20", "1000, 3", "1009, 4001", "5000, 12500",
        "10007, 25013", "100, 999983"
    })
    void shouldLeadFromChildToParentAndBack(long parents, long children) {
        for (boolean each : new boolean[] {false, true}) {
            if (!each || children >= parents) {
                for (double[] weights : new double[][] {null, HeavyTail.weights(1.2, 0)}) {
                    bothWays(DealtChildren.of(parents, children, each, weights, KEY), parents, children, each);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "10, 3", "97, 1013", "1000, 25000"})
    void shouldFollowAListOfWeights(int parents, long children) {
        double[] weights = LongStream.range(0, parents).mapToDouble(i -> 1.0 / (i + 1)).toArray();
        ListedChildren listed = new ListedChildren(weights, children, children >= parents);
        bothWays(listed, parents, children, children >= parents);
        double sum = LongStream.range(0, parents).mapToDouble(i -> 1.0 / (i + 1)).sum();
        long rest = children >= parents ? children - parents : children;
        assertThat((double) listed.count(0)).isCloseTo(rest / sum, org.assertj.core.api.Assertions.within(2.0));
    }

    @Test
    void shouldGiveNothingToParentsWithoutWeight() {
        ListedChildren listed = new ListedChildren(new double[] {0, 2, 0, 1, 0}, 90, true);
        assertThat(LongStream.range(0, 5).map(listed::count)).containsExactly(0L, 60L, 0L, 30L, 0L);
        assertThat(LongStream.range(0, 90).map(listed::parentOf)).containsOnly(1L, 3L);
    }

    private static void bothWays(Children dealt, long parents, long children, boolean each) {
        long sum = 0;
        for (long parent = 0; parent < parents; parent++) {
            assertThat(dealt.first(parent)).isEqualTo(sum);
            int count = dealt.count(parent);
            assertThat(count).isGreaterThanOrEqualTo(each ? 1 : 0);
            for (int i : new int[] {0, count / 2, count - 1}) {
                if (i >= 0 && i < count) {
                    assertThat(dealt.parentOf(sum + i)).as("child %d", sum + i).isEqualTo(parent);
                }
            }
            sum += count;
        }
        assertThat(sum).isEqualTo(children);
        assertThat(dealt.first(parents)).isEqualTo(children);
        long beyond = dealt.parentOf(children);
        assertThat(beyond).isGreaterThanOrEqualTo(parents);
        assertThat(dealt.first(beyond)).isEqualTo(children);
    }

    @ParameterizedTest
    @CsvSource({"10000000000, 25000000000", "9999999967, 24999999933", "100000000, 10000000000", "4000000007, 1000000007"})
    void shouldLeadBothWaysAmongVeryMany(long parents, long children) {
        DealtChildren dealt = DealtChildren.of(parents, children, children >= parents, null, KEY);
        for (long i = 0; i < 2_000; i++) {
            long child = Long.remainderUnsigned(i * 0x9E3779B97F4A7C15L, children);
            long parent = dealt.parentOf(child);
            assertThat(parent).isBetween(0L, parents - 1);
            assertThat(dealt.first(parent)).isLessThanOrEqualTo(child);
            assertThat(dealt.first(parent) + dealt.count(parent)).isGreaterThan(child);
        }
        assertThat(dealt.first(parents)).isEqualTo(children);
        assertThat(dealt.parentOf(children - 1)).isBetween(0L, parents - 1);
    }
}
