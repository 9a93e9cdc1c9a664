package dev.spindle.bench;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.sun.management.OperatingSystemMXBean;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.sinks.eventhub.standin.StandIn;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * How many events a second the Event Hubs sink gets into a stand-in of the service in the same process, beside the
 * client alone, which sends batches of the same events that are prepared before, in turn in the same run.
 *
 * <pre>
 *   prepared batches of encoded events ──► sink ──► client ──► loopback ──► stand-in, which counts
 *   prepared batches of the client's ───────────► client ──► loopback ──► stand-in, which counts
 * </pre>
 *
 * <p>The client alone does less: it never copies an event, never fills a batch and keeps no account of single events.
 *
 * <pre>
 *   EventHubBenchmark [seconds=3] [rounds=5] [batch=100] [bytes=300] [keys=0] [mapping=service|client] [warm=25]
 * </pre>
 *
 * {@code batch} is how many events the sink is handed at a time; with {@code keys} there are that many partition keys,
 * mapped to partitions as {@code mapping} says. Both take turns for {@code warm} seconds before what counts.
 */
public final class EventHubBenchmark {

    private static final String ROW = "%-7s%26s%26s%26s%15s%n";
    private static final int DIFFERENT_EVENTS = 10_000;
    private static final int IN_FLIGHT = 4;
    private static final int CLIENT_BATCH_EVENTS = 500;

    private final double warmUpSeconds;
    private final double seconds;
    private final int rounds;
    private final int batchEvents;
    private final int eventBytes;
    private final int keys;
    private final String mapping;

    private EventHubBenchmark(Arguments given) {
        warmUpSeconds = given.number("warm", 25);
        seconds = given.number("seconds", 3);
        rounds = (int) given.number("rounds", 5);
        batchEvents = (int) given.number("batch", 100);
        eventBytes = (int) given.number("bytes", 300);
        keys = (int) given.number("keys", 0);
        mapping = given.text("mapping").orElse("service");
    }

    /** {@code name=value} pairs. */
    private record Arguments(String[] texts) {
        double number(String name, double otherwise) {
            return text(name).map(Double::valueOf).orElse(otherwise);
        }

        Optional<String> text(String name) {
            return Arrays.stream(texts)
                    .filter(text -> text.startsWith(name + "="))
                    .map(text -> text.substring(name.length() + 1))
                    .findFirst();
        }
    }

    public static void main(String[] args) throws Exception {
        Report report = Report.begin("EventHubBenchmark", args);
        new EventHubBenchmark(new Arguments(args)).run(report);
        System.exit(0); // the client's schedulers keep the process
    }

    private void run(Report report) throws InterruptedException {
        try (StandIn standIn = StandIn.start().withCountingHub("hub", 4)) {
            String access = standIn.connectionString("hub");
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < warmUpSeconds * 1e9) {
                clientAlone(access, CLIENT_BATCH_EVENTS);
                sink(access);
            }
            System.out.println("events a second, and processor time of the process for one event, server included");
            System.out.printf(ROW, "round", "client, 500 a batch", "client, full batches", "sink", "sink / client");
            for (int round = 1; round <= rounds; round++) {
                Figure alone = clientAlone(access, CLIENT_BATCH_EVENTS);
                Figure full = clientAlone(access, Integer.MAX_VALUE);
                Figure sink = sink(access);
                String ratio = String.format(Locale.ROOT, "%.2f", sink.eventsPerSecond() / alone.eventsPerSecond());
                System.out.printf(ROW, round, alone, full, sink, ratio);
                alone.report(report, "the client alone, " + CLIENT_BATCH_EVENTS + " prepared events a batch");
                full.report(report, "the client alone, full prepared batches");
                sink.report(report, "Spindle's sink, " + batchEvents + " encoded events at a time");
            }
        }
    }

    /** The client that sends its prepared batches again and again. */
    private Figure clientAlone(String access, int most) throws InterruptedException {
        EventHubProducerAsyncClient client = new EventHubClientBuilder()
                .connectionString(access)
                .retryOptions(new AmqpRetryOptions().setMaxRetries(0))
                .buildAsyncProducerClient();
        List<EventDataBatch> prepared = new ArrayList<>();
        for (int n = 0; n < DIFFERENT_EVENTS; n += prepared.getLast().getCount()) {
            prepared.add(prepared(client, n, most));
        }
        Semaphore free = new Semaphore(IN_FLIGHT);
        Meter meter = new Meter();
        long events = 0;
        for (int i = 0; meter.seconds() < seconds; i++) {
            EventDataBatch batch = prepared.get(i % prepared.size());
            free.acquire();
            client.send(batch).subscribe(nothing -> {}, EventHubBenchmark::fail, free::release);
            events += batch.getCount();
        }
        free.acquire(IN_FLIGHT);
        Figure figure = meter.figure(events);
        client.close();
        return figure;
    }

    private EventDataBatch prepared(EventHubProducerAsyncClient client, int from, int most) {
        EventDataBatch batch = client.createBatch().block();
        while (batch.getCount() < most
                && batch.tryAdd(new EventData(row(from + batch.getCount())).setContentType("application/json"))) {
            // Until it is full.
        }
        return batch;
    }

    /** The sink, from the first write to the last acknowledgement. */
    private Figure sink(String access) {
        SinkRun run = new SinkRun("orders");
        SinkSettings settings = SinkSettings.NONE.with("connection-string", access);
        if (keys > 0) {
            settings = settings.with("partition-key", "k").with("partition-key-mapping", mapping);
        }
        Sink sink = Sinks.named("eventhub").create(settings);
        sink.open(run);
        Batch[] batches = new Batch[Math.max(1, DIFFERENT_EVENTS / batchEvents)];
        Arrays.setAll(batches, i -> batch(i * batchEvents));
        Meter meter = new Meter();
        for (int i = 0; meter.seconds() < seconds; i++) {
            sink.write(batches[i % batches.length]);
        }
        sink.flush(Duration.ofMinutes(1));
        Figure figure = meter.figure(run.ledger().sent());
        sink.close(Duration.ofSeconds(5));
        if (run.ledger().failed() > 0) {
            fail(run.ledger().firstCause());
        }
        return figure;
    }

    private Batch batch(int from) {
        Batch batch = new Batch(batchEvents, new String[] {"orders"}, new String[0]);
        for (int n = from; n < from + batchEvents; n++) {
            Event event = new Event(0);
            byte[] row = row(n);
            byte[] key = keys > 0 ? Integer.toString(n % keys).getBytes(StandardCharsets.UTF_8) : new byte[0];
            event.encoded = Arrays.copyOf(row, row.length + key.length);
            System.arraycopy(key, 0, event.encoded, row.length, key.length);
            event.encodedLength = row.length;
            event.keyLength = keys > 0 ? key.length : -1;
            event.sequence = n;
            batch.add(event);
        }
        return batch;
    }

    private byte[] row(int n) {
        String head = "{\"order_id\":" + n + ",\"filler\":\"";
        return (head + "x".repeat(Math.max(0, eventBytes - head.length() - 2)) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** What was reached, and how much processor time of the whole process one event took. */
    private record Figure(double eventsPerSecond, double cpuNanosPerEvent) {

        void report(Report report, String name) {
            report.figure(name, "events/s", eventsPerSecond);
            report.figure(name, "processor ns an event", cpuNanosPerEvent);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,.0f/s %,6.0f ns", eventsPerSecond, cpuNanosPerEvent);
        }
    }

    private static final class Meter {

        private static final OperatingSystemMXBean SYSTEM =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        private final long beginNanos = System.nanoTime();
        private final long beginCpuNanos = SYSTEM.getProcessCpuTime();

        double seconds() {
            return (System.nanoTime() - beginNanos) / 1e9;
        }

        Figure figure(long events) {
            return new Figure(events / seconds(), (double) (SYSTEM.getProcessCpuTime() - beginCpuNanos) / events);
        }
    }

    private static void fail(Throwable error) {
        error.printStackTrace();
        System.exit(1);
    }
}
