package dev.spindle.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.plan.CatchUp;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.testing.MemorySink;
import dev.spindle.engine.testing.MemorySink.Behaviour;
import dev.spindle.engine.testing.MemorySinkProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is played before a paced run begins leaves nothing behind. */
@Timeout(60)
class RehearsalTest {

    private static final int EVENTS = 300;

    @TempDir
    private Path folder;

    private StreamConfig.Builder orders(MemorySink sink, boolean paced) {
        return StreamConfig.builder()
                .domain("retail")
                .table("order")
                .sink("memory", MemorySinkProvider.settings(sink))
                .maxEvents(EVENTS)
                .fromSequence(17)
                .duplicates(0.05)
                .plan(RunPlan.draft()
                        .paced(paced)
                        .ratePerSecond(10_000)
                        .outOfOrder(0.1)
                        .anomalyFraction(0.05)
                        .build());
    }

    @ParameterizedTest
    @EnumSource(ThreadPlan.Kind.class)
    void shouldChangeNoByteAndNoCount(ThreadPlan.Kind kind) throws Exception {
        MemorySink unrehearsed = new MemorySink(new Behaviour.Keep());
        MemorySink rehearsed = new MemorySink(new Behaviour.Keep());
        Path expectedLabels = folder.resolve("expected");
        Path labels = folder.resolve("labels");
        StreamResult expected = new SpindleStreamer(
                        orders(unrehearsed, false).labels(expectedLabels).build())
                .stream();
        StreamResult result = new SpindleStreamer(
                        orders(rehearsed, true).labels(labels).threads(kind).build())
                .stream();
        assertThat(rehearsed.text()).isEqualTo(unrehearsed.text());
        assertThat(Files.readString(labels)).isEqualTo(Files.readString(expectedLabels));
        assertThat(result.eventsTaken()).isEqualTo(EVENTS);
        assertThat(result.eventsSent()).isEqualTo(EVENTS + result.duplicates());
        assertThat(result.duplicates()).isEqualTo(expected.duplicates());
        assertThat(result.anomalies()).isEqualTo(expected.anomalies());
        assertThat(result.bytesSent()).isEqualTo(expected.bytesSent());
        assertThat(result.latencyNanos().count()).isEqualTo(EVENTS + result.duplicates());
    }

    @Test
    void shouldEndWhateverThePlanAsksFor() {
        List<RunPlan> plans = List.of(
                RunPlan.draft().paced(true).ratePerSecond(1.0 / 3600).build(),
                RunPlan.draft().paced(true).catchUp(new CatchUp.Drop(0)).ratePerSecond(100).build(),
                RunPlan.draft().paced(true).burstCapacityEvents(1).ratePerSecond(100).build());
        for (RunPlan plan : plans) {
            MemorySink sink = new MemorySink(new Behaviour.Keep());
            StreamResult result = new SpindleStreamer(orders(sink, true)
                            .plan(plan)
                            .late(new Late(0.5, 3_600_000_000_000L))
                            .duration(Duration.ofNanos(1))
                            .drainTimeout(Duration.ofSeconds(1))
                            .build())
                    .stream();
            assertThat(sink.lines()).isEmpty();
            assertThat(result.error()).isNull();
        }
    }

    @Test
    void shouldLeaveARunThatIsStoppedMeanwhileWithoutAnEvent() {
        MemorySink sink = new MemorySink(new Behaviour.Keep());
        StreamRun run = new SpindleStreamer(orders(sink, true).build()).prepare("stopped");
        run.stop();
        assertThat(run.run().eventsTaken()).isZero();
        assertThat(sink.lines()).isEmpty();
    }
}
