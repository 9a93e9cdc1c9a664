package dev.spindle.bench;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import dev.spindle.sinks.eventhub.standin.StandIn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * How many events a second the Event Hubs sink gets into a stand-in of the service in the same process, beside the
 * client alone, which sends the same few prepared batches again and again, in turn in the same run.
 *
 * <pre>
 *   prepared batches of encoded events ──► sink ──► client ──► loopback ──► stand-in, which counts
 *   prepared batches of the client's ───────────► client ──► loopback ──► stand-in, which counts
 * </pre>
 *
 * <p>The client alone does less: it never copies an event, never fills a batch and keeps no account of single events.
 *
 * <pre>
 *   EventHubBenchmark [seconds=3] [rounds=5] [batch=100] [bytes=300] [keys=0]
 * </pre>
 *
 * {@code batch} is how many events the sink is handed at a time; with {@code keys} there are that many partition keys.
 */
public final class EventHubBenchmark {

    private static final int IN_FLIGHT = 4;
    private static final int CLIENT_BATCH_EVENTS = 500;

    private final double seconds;
    private final int rounds;
    private final int batchEvents;
    private final int eventBytes;
    private final int keys;

    private EventHubBenchmark(Arguments given) {
        seconds = given.number("seconds", 3);
        rounds = (int) given.number("rounds", 5);
        batchEvents = (int) given.number("batch", 100);
        eventBytes = (int) given.number("bytes", 300);
        keys = (int) given.number("keys", 0);
    }

    /** {@code name=value} pairs. */
    private record Arguments(String[] texts) {
        double number(String name, double otherwise) {
            return Arrays.stream(texts)
                    .filter(text -> text.startsWith(name + "="))
                    .mapToDouble(text -> Double.parseDouble(text.substring(name.length() + 1)))
                    .findFirst()
                    .orElse(otherwise);
        }
    }

    public static void main(String[] args) throws Exception {
        Runtime.Version jdk = Runtime.version();
        System.out.printf(
                "%s %s, %d cores, JDK %s, %s%n",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                jdk,
                String.join(" ", args));
        new EventHubBenchmark(new Arguments(args)).run();
        System.exit(0); // the client's schedulers keep the process
    }

    private void run() throws InterruptedException {
        try (StandIn standIn = StandIn.start().withCountingHub("hub", 4)) {
            String access = standIn.connectionString("hub");
            clientAlone(access, CLIENT_BATCH_EVENTS);
            sink(access);
            System.out.printf("%-7s%22s%22s%12s%8s%n", "round", "client, 500 a batch", "client, full batches", "sink", "ratio");
            for (int round = 1; round <= rounds; round++) {
                double alone = clientAlone(access, CLIENT_BATCH_EVENTS);
                double full = clientAlone(access, Integer.MAX_VALUE);
                double sink = sink(access);
                System.out.printf(
                        Locale.ROOT, "%-7d%,22.0f%,22.0f%,12.0f%8.2f%n", round, alone, full, sink, sink / alone);
            }
        }
    }

    /** Events per second of the client that sends one prepared batch again and again. */
    private double clientAlone(String access, int most) throws InterruptedException {
        EventHubProducerAsyncClient client = new EventHubClientBuilder()
                .connectionString(access)
                .retryOptions(new AmqpRetryOptions().setMaxRetries(0))
                .buildAsyncProducerClient();
        EventDataBatch prepared = client.createBatch().block();
        while (prepared.getCount() < most
                && prepared.tryAdd(new EventData(row(prepared.getCount())).setContentType("application/json"))) {
            // Until it is full.
        }
        Semaphore free = new Semaphore(IN_FLIGHT);
        long begin = System.nanoTime();
        long events = 0;
        while (secondsSince(begin) < seconds) {
            free.acquire();
            client.send(prepared).subscribe(nothing -> {}, EventHubBenchmark::fail, free::release);
            events += prepared.getCount();
        }
        free.acquire(IN_FLIGHT);
        double rate = events / secondsSince(begin);
        client.close();
        return rate;
    }

    /** Events per second of the sink from the first write to the last acknowledgement. */
    private double sink(String access) {
        Run run = new Run();
        SinkSettings settings = SinkSettings.NONE.with("connection-string", access);
        Sink sink = Sinks.named("eventhub").create(keys > 0 ? settings.with("partition-key", "k") : settings);
        sink.open(run);
        Batch[] batches = new Batch[Math.max(1, 10_000 / batchEvents)];
        Arrays.setAll(batches, i -> batch(i * batchEvents));
        long begin = System.nanoTime();
        for (int i = 0; secondsSince(begin) < seconds; i++) {
            sink.write(batches[i % batches.length]);
        }
        sink.flush(Duration.ofMinutes(1));
        double rate = run.ledger.sent() / secondsSince(begin);
        sink.close(Duration.ofSeconds(5));
        if (run.ledger.failed() > 0) {
            fail(run.ledger.firstCause());
        }
        return rate;
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

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void fail(Throwable error) {
        error.printStackTrace();
        System.exit(1);
    }

    private static final class Run implements SinkContext {

        private final DeliveryLedger ledger = new DeliveryLedger(System::nanoTime);

        @Override
        public List<String> tables() {
            return List.of("orders");
        }

        @Override
        public Deliveries deliveries() {
            return ledger;
        }

        @Override
        public NanoClock clock() {
            return SystemClock.INSTANCE;
        }

        @Override
        public long originEpochMicros() {
            return 0;
        }

        @Override
        public boolean halted() {
            return false;
        }

        @Override
        public void warn(String line) {
            System.err.println(line);
        }

        @Override
        public void detail(String line) {}
    }
}
