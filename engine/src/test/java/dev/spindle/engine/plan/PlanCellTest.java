package dev.spindle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlanCellTest {

    private final PlanCell cell = new PlanCell(RunPlan.draft().paced(true).build(), Runnable::run);

    @Test
    void shouldNumberPlansAndWakeThePacers() {
        AtomicInteger wakes = new AtomicInteger();
        cell.join(wakes::incrementAndGet);
        Retune.Accepted accepted = rate(5);
        assertThat(accepted.plan().revision()).isEqualTo(2);
        assertThat(cell.current()).isSameAs(accepted.plan());
        assertThat(cell.current().ratePerSecond()).isEqualTo(5);
        assertThat(wakes).hasValue(1);
        assertThat(accepted.ack()).isNotDone();
    }

    @Test
    void shouldAcknowledgeWhatThePacerSaysItHasApplied() {
        PlanCell.Pacer pacer = cell.join(() -> {});
        Retune.Accepted accepted = rate(5);
        pacer.applied(cell.current(), 1_000, 77);
        assertThat(accepted.ack()).isCompletedWithValue(new RetuneAck(2, 1_000, 77));
    }

    @Test
    void shouldAcknowledgeEveryPlanThatWasOvertakenBeforeItWasApplied() {
        PlanCell.Pacer pacer = cell.join(() -> {});
        Retune.Accepted first = rate(5);
        Retune.Accepted second = rate(6);
        pacer.applied(cell.current(), 1_000, 77);
        assertThat(first.ack()).isCompletedWithValue(new RetuneAck(2, 1_000, 77));
        assertThat(second.ack()).isCompletedWithValue(new RetuneAck(3, 1_000, 77));
    }

    @Test
    void shouldWaitForEveryLane() {
        PlanCell.Pacer one = cell.join(() -> {});
        PlanCell.Pacer two = cell.join(() -> {});
        Retune.Accepted accepted = rate(5);
        one.applied(cell.current(), 1_000, 77);
        one.applied(cell.current(), 1_001, 79);
        assertThat(accepted.ack()).isNotDone();
        two.applied(cell.current(), 2_000, 60);
        assertThat(accepted.ack()).isCompletedWithValue(new RetuneAck(2, 2_000, 60));
    }

    @Test
    void shouldRefuseAStaleRevision() {
        rate(5);
        assertThat(cell.retune(1, plan -> plan.edit().paused(true).build())).isEqualTo(new Retune.Stale(2));
        assertThat(cell.current().paused()).isFalse();
        assertThat(cell.retune(2, plan -> plan.edit().paused(true).build())).isInstanceOf(Retune.Accepted.class);
    }

    @Test
    void shouldChangeNothingWhenTheChangeIsNotValid() {
        RunPlan before = cell.current();
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> rate(-1));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cell.retune(plan -> plan.edit().paced(false).build()));
        assertThat(cell.current()).isSameAs(before);
    }

    @Test
    void shouldFailWhatIsPendingAndRefuseWhatComesAfterTheEnd() {
        Retune.Accepted accepted = rate(5);
        cell.end(new EngineException("over"));
        assertThatThrownBy(() -> accepted.ack().join()).hasCause(new EngineException("over"));
        assertThat(cell.retune(plan -> plan)).isEqualTo(new Retune.Ended());
    }

    @Test
    void shouldNotWaitForALaneThatHasEnded() {
        PlanCell.Pacer one = cell.join(() -> {});
        PlanCell.Pacer two = cell.join(() -> {});
        Retune.Accepted accepted = rate(5);
        one.applied(cell.current(), 1_000, 77);
        assertThat(accepted.ack()).isNotDone();
        two.end(new EngineException("over"));
        assertThat(accepted.ack()).isCompletedWithValue(new RetuneAck(2, 1_000, 77));
        Retune.Accepted next = rate(6);
        one.applied(cell.current(), 2_000, 80);
        assertThat(next.ack()).isCompletedWithValue(new RetuneAck(3, 2_000, 80));
    }

    @Test
    void shouldEndWithItsLastLane() {
        PlanCell.Pacer one = cell.join(() -> {});
        PlanCell.Pacer two = cell.join(() -> {});
        Retune.Accepted accepted = rate(5);
        one.end(new EngineException("over"));
        assertThat(accepted.ack()).isNotDone();
        two.end(new EngineException("over"));
        assertThat(accepted.ack()).isCompletedExceptionally();
        assertThat(cell.retune(plan -> plan)).isEqualTo(new Retune.Ended());
    }

    private Retune.Accepted rate(double perSecond) {
        return (Retune.Accepted)
                cell.retune(plan -> plan.edit().ratePerSecond(perSecond).build());
    }
}
