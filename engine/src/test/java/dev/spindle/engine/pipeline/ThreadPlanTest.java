package dev.spindle.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.pipeline.ThreadPlan.Group;
import dev.spindle.engine.pipeline.ThreadPlan.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThreadPlanTest {

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldRunEveryStageOnceAndInOrder(Kind kind) {
        for (boolean paced : new boolean[] {true, false}) {
            ThreadPlan plan = ThreadPlan.of(Optional.of(kind), 8, List.of(), paced);
            assertThat(plan.groups().stream().flatMap(g -> g.stages().stream())).containsExactly(StageKind.values());
            assertThat(plan.groups()).hasSize(kind.threads());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"SHARED", "SPLIT"})
    void shouldComputeRowsApartWhenPacedAndPublishApartWhenNot(Kind kind) {
        ThreadPlan paced = ThreadPlan.of(Optional.of(kind), 8, List.of(), true);
        assertThat(paced.groups().getFirst().stages()).containsExactly(StageKind.GENERATE);
        ThreadPlan unpaced = ThreadPlan.of(Optional.of(kind), 8, List.of(), false);
        assertThat(unpaced.groups().getLast().stages()).containsExactly(StageKind.PUBLISH);
    }

    @ParameterizedTest
    @CsvSource({"1, INLINE", "2, SHARED", "3, SHARED", "4, SPLIT", "64, SPLIT"})
    void shouldFollowTheCoresWhenNothingIsAskedFor(int cores, Kind expected) {
        assertThat(ThreadPlan.of(Optional.empty(), cores, List.of(), true).kind()).isEqualTo(expected);
    }

    @Test
    void shouldParkAndWarnWhenThreadsOutnumberCores() {
        ThreadPlan plan = ThreadPlan.of(Optional.of(Kind.DEDICATED), 2, List.of(0, 1), true);
        assertThat(plan.spins()).isFalse();
        assertThat(plan.warning()).contains("6 threads for 2 cores");
        assertThat(plan.groups()).extracting(Group::cpu).containsOnly(-1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldNeverHaveMoreSpinningThreadsThanCores(Kind kind) {
        for (int cores = 1; cores <= 10; cores++) {
            ThreadPlan plan = ThreadPlan.of(Optional.of(kind), cores, List.of(), true);
            assertThat(plan.spins() && plan.groups().size() >= cores).as("%s on %d", kind, cores).isFalse();
        }
    }

    @Test
    void shouldPinToTheCoresGiven() {
        ThreadPlan plan = ThreadPlan.of(Optional.of(Kind.SPLIT), 8, List.of(2, 4, 6), true);
        assertThat(plan.groups()).extracting(Group::cpu).containsExactly(2, 4, 6);
        assertThat(plan.spins()).isTrue();
    }

    @Test
    void shouldPinDedicatedThreadsToCoresOfTheirOwn() {
        ThreadPlan plan = ThreadPlan.of(Optional.of(Kind.DEDICATED), 8, List.of(), true);
        int[] cpus = plan.groups().stream().mapToInt(Group::cpu).toArray();
        assertThat(Arrays.stream(cpus).distinct().count()).isEqualTo(6);
        assertThat(cpus).containsExactly(2, 3, 4, 5, 6, 7);
    }

    @Test
    void shouldGiveEachLaneAThreadAndTheCoresInOrder() {
        ThreadPlan plan = ThreadPlan.ofLanes(3, Joining.APART, 8, List.of(5, 2, 7));
        assertThat(plan.lanes()).isEqualTo(3);
        assertThat(plan.groups()).extracting(Group::cpu).containsExactly(5, 2, 7);
        assertThat(plan.groups()).extracting(Group::stages).containsOnly(List.of(StageKind.values()));
        assertThat(plan.lane(1).groups()).containsExactly(plan.groups().get(1));
    }

    @Test
    void shouldGiveWhatPublishesForAllLanesAThreadAndACoreOfItsOwn() {
        ThreadPlan plan = ThreadPlan.ofLanes(2, Joining.MEETING, 8, List.of(1, 2, 3));
        assertThat(plan.groups()).extracting(Group::name).containsExactly("spindle-lane-0", "spindle-lane-1", "spindle-publish");
        assertThat(plan.groups()).extracting(Group::cpu).containsExactly(1, 2, 3);
        assertThat(plan.groups().getFirst().stages()).doesNotContain(StageKind.PUBLISH).hasSize(5);
        assertThat(plan.groups().getLast().stages()).containsExactly(StageKind.PUBLISH);
        assertThat(plan.warning()).isNull();
    }

    @Test
    void shouldParkAndWarnWhenLanesOutnumberCores() {
        ThreadPlan plan = ThreadPlan.ofLanes(2, Joining.MEETING, 2, List.of());
        assertThat(plan.spins()).isFalse();
        assertThat(plan.warning()).contains("3 threads for 2 cores");
        assertThat(ThreadPlan.ofLanes(2, Joining.APART, 2, List.of()).warning()).isNull();
        assertThat(ThreadPlan.ofLanes(2, Joining.TURNS, 2, List.of())).isEqualTo(ThreadPlan.ofLanes(2, Joining.APART, 2, List.of()));
    }
}
