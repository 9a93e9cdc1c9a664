package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.schema.Strategy.SelfReferencing;
import dev.spindle.engine.testing.Fit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HierarchyTest {

    private static final long KEY = 31;

    /** Parent and level of each row. */
    private record Tree(long[] parents, int[] levels) {
        static Tree of(int rows, int roots, int levels, int shown) {
            Hierarchy hierarchy = new Hierarchy(new SelfReferencing("id", roots, levels), rows, KEY);
            Step parent = hierarchy.parentStep();
            Step level = hierarchy.levelStep();
            RowCursor at = new RowCursor(1);
            Tree tree = new Tree(new long[shown], new int[shown]);
            for (int row = 0; row < shown; row++) {
                at.row = row;
                tree.parents[row] = parent.value(at);
                tree.levels[row] = (int) level.value(at);
            }
            return tree;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 3", "2, 1, 3", "10, 8, 3", "50, 8, 3", "50, 50, 4", "3, 8, 2", "1000, 1, 1", "1000, 3, 6", "100000, 2, 9"})
    void shouldHaveItsRootsAndLevelsAndParentsOnTheLevelAbove(int rows, int roots, int levels) {
        Tree tree = Tree.of(rows, roots, levels, rows);
        int[] sizes = new int[levels];
        for (int row = 0; row < rows; row++) {
            sizes[tree.levels[row] - 1]++;
            if (tree.levels[row] == 1) {
                assertThat(tree.parents[row]).isEqualTo(Event.NULL);
            } else {
                assertThat(tree.parents[row]).isBetween(0L, rows - 1L);
                assertThat(tree.levels[(int) tree.parents[row]]).isEqualTo(tree.levels[row] - 1);
            }
        }
        boolean flat = levels == 1;
        assertThat(sizes[0]).isEqualTo(flat ? rows : Math.min(roots, rows));
        if (rows - roots >= levels && !flat) {
            assertThat(sizes).as("%s", Arrays.toString(sizes)).doesNotContain(0);
        }
    }

    @Test
    void shouldGrowByTheSameFactorFromLevelToLevel() {
        Tree tree = Tree.of(111_111, 1, 6, 111_111);
        int[] sizes = new int[6];
        Arrays.stream(tree.levels).forEach(level -> sizes[level - 1]++);
        assertThat(sizes).containsExactly(1, 10, 100, 1_000, 10_000, 100_000);
    }

    @Test
    void shouldDrawParentsAlike() {
        Tree tree = Tree.of(20_100, 100, 2, 20_100);
        long[] children = new long[100];
        double[] alike = new double[100];
        Arrays.fill(alike, 1);
        for (int row = 100; row < 20_100; row++) {
            children[(int) tree.parents[row]]++;
        }
        assertThat(Fit.chiSquare(children, alike)).isLessThan(Fit.MOST_DEVIATIONS);
    }

    @Test
    void shouldGoOnBeyondItsRowsOnTheLastLevel() {
        Tree tree = Tree.of(50, 8, 3, 80);
        for (int row = 50; row < 80; row++) {
            assertThat(tree.levels[row]).isEqualTo(3);
            assertThat(tree.levels[(int) tree.parents[row]]).isEqualTo(2);
        }
    }
}
