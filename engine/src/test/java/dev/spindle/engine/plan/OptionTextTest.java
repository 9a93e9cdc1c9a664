package dev.spindle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTextTest {

    private final List<Problem> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"250,250", "50k,50000", "1.5M,1500000", "1.1k,1100", "0,0", "0.5,0.5", "1G,1000000000", "1e6,1000000"})
    void shouldReadRates(String text, double perSecond) {
        assertThat(RateText.parse("--rate", text, problems)).hasValue(perSecond);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "NaN", "Infinity", "ten", "5 k", "1.5MM", "2G", "0x10", "1e400", ".5", "1_000"})
    void shouldRefuseWhatIsNoRate(String text) {
        assertThat(RateText.parse("--rate", text, problems)).isEmpty();
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().toString()).startsWith("--rate = " + text + ": ").contains("50k");
    }

    @ParameterizedTest
    @CsvSource({
        "60,60000000000", "60s,60000000000", "5m,300000000000", "1h,3600000000000", "250ms,250000000",
        "1.5s,1500000000", "3us,3000", "7ns,7", "1d,86400000000000", "0,0"
    })
    void shouldReadDurations(String text, long nanos) {
        assertThat(DurationText.parse("--duration", text, problems)).hasValue(nanos);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5s", "5 minutes", "1:00", "4000d", "1e9h", "NaN"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThat(DurationText.parse("--duration", text, problems)).isEmpty();
        assertThat(problems).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60s", "90s", "1ms", "5m", "2h", "1500us", "7ns", "0s"})
    void shouldReadBackTheDurationsItWrites(String text) {
        long nanos = DurationText.parse("x", text, problems).orElseThrow();
        assertThat(DurationText.parse("x", DurationText.write(nanos), problems)).hasValue(nanos);
    }

    @Test
    void shouldReadABurstWindow() {
        assertThat(BurstText.parse("--burst", "30:10:5", problems))
                .contains(new BurstWindow(30_000_000_000L, 10_000_000_000L, 5));
        assertThat(BurstText.parse("--burst", "0.5:250ms:0", problems))
                .contains(new BurstWindow(500_000_000L, 250_000_000L, 0));
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldTellEverythingThatIsWrongWithABurstWindow() {
        assertThat(BurstText.parse("--burst", "x:y:z", problems)).isEmpty();
        assertThat(problems).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "30:10", "30:10:5:1", "30:0:5", "30:10:-1", "30:10:NaN", "-1:10:2", "30:10:2000000"})
    void shouldRefuseWhatIsNoBurstWindow(String text) {
        assertThat(BurstText.parse("--burst", text, problems)).isEmpty();
        assertThat(problems).isNotEmpty();
    }

    @Test
    void shouldReadStages() {
        assertThat(StagesText.parse("--stages", "10s:0..50k,5m:50k,0s:1,10s:50k..0", problems))
                .containsExactly(
                        new RateStage(10_000_000_000L, 0, 50_000),
                        new RateStage(300_000_000_000L, 50_000, 50_000),
                        new RateStage(0, 1, 1),
                        new RateStage(10_000_000_000L, 50_000, 0));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10s", "10s:", "10s:5..", ":5", "10s:5,", "0s:5", "10s:1..2..3", "10s:5;10s:6"})
    void shouldRefuseWhatAreNoStages(String text) {
        assertThat(StagesText.parse("--stages", text, problems)).isEmpty();
        assertThat(problems).isNotEmpty();
    }

    @Test
    void shouldReadCatchUpPolicies() {
        assertThat(CatchUpText.parse("p", "bucket", problems)).contains(new CatchUp.Bucket());
        assertThat(CatchUpText.parse("p", "unlimited", problems)).contains(new CatchUp.Unlimited());
        assertThat(CatchUpText.parse("p", "drop", problems)).contains(new CatchUp.Drop(1_000_000));
        assertThat(CatchUpText.parse("p", "drop:5ms", problems)).contains(new CatchUp.Drop(5_000_000));
        assertThat(problems).isEmpty();
        assertThat(CatchUpText.parse("p", "drop:", problems)).isEmpty();
        assertThat(CatchUpText.parse("p", "never", problems)).isEmpty();
        assertThat(problems).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "unlimited", "drop", "drop:5ms"})
    void shouldWritePoliciesAsTheyAreRead(String text) {
        assertThat(CatchUpText.write(CatchUpText.parse("p", text, problems).orElseThrow()))
                .isEqualTo(text);
    }

    @Test
    void shouldReadLateEvents() {
        assertThat(LateText.parse("--late", "0.01:30s", problems)).contains(new Late(0.01, 30_000_000_000L));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.01", "2:30s", "-0.1:1s", "0.1:", "x:1s", "NaN:1s"})
    void shouldRefuseWhatAreNoLateEvents(String text) {
        assertThat(LateText.parse("--late", text, problems)).isEmpty();
        assertThat(problems).isNotEmpty();
    }
}
