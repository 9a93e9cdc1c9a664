package dev.spindle.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.host.HostCheck.Verdict;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostInspectorTest {

    @Test
    void shouldSeeTheGapsInTheClock() {
        // A clock that takes 25 ns a reading, and every ten thousandth time 2 ms.
        ClockGaps gaps = ClockGaps.measure(new JumpingClock(10_000, 2_000_000), Duration.ofSeconds(1));
        assertThat(gaps.p50Nanos()).isEqualTo(25);
        assertThat(gaps.maxNanos()).isBetween(2_000_000L, 2_002_000L);
        assertThat(gaps.stolenShare()).isBetween(0.88, 0.90);
        assertThat(gaps.overMilli()).isBetween(440L, 450L);
        assertThat(HostInspector.clockJitter(gaps).verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void shouldFindNothingWrongWithASteadyClock() {
        ClockGaps gaps = ClockGaps.measure(new JumpingClock(Integer.MAX_VALUE, 0), Duration.ofMillis(10));
        assertThat(gaps.maxNanos()).isEqualTo(25);
        assertThat(gaps.stolenShare()).isZero();
        assertThat(HostInspector.clockJitter(gaps).verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void shouldWarnOfParksThatEndLate() {
        long[] late = new long[200];
        Arrays.fill(late, 20_000);
        assertThat(HostInspector.parkLateness(late).verdict()).isEqualTo(Verdict.OK);
        Arrays.fill(late, 190, 200, 1_000_000);
        assertThat(HostInspector.parkLateness(late).verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void shouldReportOnThisHost() {
        HostReport report =
                new HostInspector(SystemClock.INSTANCE, Path.of("/")).inspect(Duration.ofMillis(20));
        assertThat(report.checks()).hasSize(12);
        assertThat(report.checks())
                .allSatisfy(c -> assertThat(c.advice().isEmpty()).isEqualTo(c.verdict() == Verdict.OK));
        assertThat(report.clockGaps().seconds()).isGreaterThanOrEqualTo(0.02);
        assertThat(report.fit())
                .isEqualTo(report.checks().stream().noneMatch(c -> c.verdict() == Verdict.WARN));
    }

    private static final class JumpingClock implements NanoClock {
        private final int every;
        private final long jumpNanos;
        private long nanos;
        private int readings;

        private JumpingClock(int every, long jumpNanos) {
            this.every = every;
            this.jumpNanos = jumpNanos;
        }

        @Override
        public long nanoTime() {
            readings++;
            nanos += readings % every == 0 ? jumpNanos : 25;
            return nanos;
        }

        @Override
        public long epochMicros() {
            return 0;
        }
    }
}
