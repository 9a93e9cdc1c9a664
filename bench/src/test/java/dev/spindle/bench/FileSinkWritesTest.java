package dev.spindle.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.stamp.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the file sink calls the system, by the system's own count of this process. */
class FileSinkWritesTest {

    private static final Path COUNTS = Path.of("/proc/self/io");
    private static final int BATCHES = 2_000;

    /** Others in this process may write a line meanwhile. */
    private static final int OF_OTHERS = 50;

    @TempDir
    private Path folder;

    @Test
    void shouldWriteAWholeBatchWithOneCallAtMost() throws IOException {
        assumeTrue(Files.isReadable(COUNTS), "the system counts no calls");
        Batch batch = new Batch(100, new String[] {"order"}, new String[0]);
        Encoder encoder = Synthetic.orderEncoder();
        for (Event event : Synthetic.orders(100)) {
            encoder.encode(event);
            batch.add(event);
        }
        Path file = folder.resolve("orders.jsonl");
        Sink sink = Sinks.named("file").create(SinkSettings.NONE.with("output", file.toString()));
        SinkRun run = new SinkRun("order");
        sink.open(run);
        long before = writes();
        for (int i = 0; i < BATCHES; i++) {
            sink.write(batch);
        }
        sink.flush(Duration.ofSeconds(10));
        long calls = writes() - before;
        sink.close(Duration.ofSeconds(10));
        assertThat(Files.size(file)).isEqualTo((long) BATCHES * batch.endOffset());
        assertThat(run.ledger().sent()).isEqualTo(BATCHES * 100L);
        assertThat(calls).as("calls that write").isBetween(1L, (long) BATCHES + OF_OTHERS);
    }

    private static long writes() throws IOException {
        return Files.readAllLines(COUNTS).stream()
                .filter(line -> line.startsWith("syscw:"))
                .mapToLong(line -> Long.parseLong(line.substring(6).strip()))
                .sum();
    }
}
