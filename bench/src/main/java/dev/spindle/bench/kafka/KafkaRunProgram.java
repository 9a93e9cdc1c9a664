package dev.spindle.bench.kafka;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A whole unpaced run to Kafka; its time lasts from the run's origin, when the sink is open, to the sink's close. */
public final class KafkaRunProgram {

    private KafkaRunProgram() {}

    public static void main(String[] args) {
        Contestant.Task task = Contestant.Task.parse(args);
        StreamConfig config = StreamConfig.builder()
                .domain("retail")
                .table(OrderRows.TABLE)
                .maxEvents(task.records())
                .batchSize(task.batchEvents())
                .sink("kafka", SinkSettings.NONE
                        .with("bootstrap-server", task.bootstrap())
                        .with("topic", task.topic())
                        .with("producer-property", task.properties().toArray(String[]::new)))
                .build();
        NanoClock clock = SystemClock.INSTANCE;
        var notices = new SpindleStreamer.Notices(System.out::println, System.out::println);
        StreamRun run = new SpindleStreamer(config, clock, notices).prepare("benchmark");
        CompletableFuture<Long> origin = CompletableFuture.supplyAsync(() -> originNanos(run, clock));
        StreamResult result = run.run();
        long end = clock.nanoTime();
        if (result.state() != StreamResult.State.COMPLETED) {
            throw new IllegalStateException("the run failed: " + result);
        }
        double seconds = (end - origin.join()) / 1e9;
        System.out.println(result);
        System.out.printf(
                Locale.ROOT, "%d records sent, %.6f records/sec%n", result.eventsSent(), result.eventsSent() / seconds);
    }

    /** When the run's clock began, by this clock; the run itself tells the time since then only. */
    private static long originNanos(StreamRun run, NanoClock clock) {
        while (run.runNanos() == 0) {
            LockSupport.parkNanos(1_000_000);
        }
        return clock.nanoTime() - run.runNanos();
    }
}
