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
 * client alone, in turn in the same run; and how much processor time of the process one event takes, the stand-in's
 * included, which other programs on the machine bend less.
 *
 * <pre>
 *   prepared batches of encoded events ───────────► sink ──► client ──► loopback ──► stand-in, which counts
 *   the client's batches, prepared and sent again and again ──► client ──► loopback ──► stand-in, which counts
 *   the client's events, prepared; batches made and filled ───► client ──► loopback ──► stand-in, which counts
 * </pre>
 *
 * <p>The client alone has one connection, four batches under way as the sink has, and events of the same bytes and content
 * type. The first kind is given whole batches (EventDataBatch) that are filled before the clock runs, of 500 events and of
 * as many as fit: it never copies an event, makes no object for it, never fills a batch and keeps no account of single
 * events. The second kind makes a new batch of 500 each time and fills it, which a program that sends an event only once
 * cannot do without.
 *
 * <pre>
 *   EventHubBenchmark [seconds=3] [rounds=5] [warmup=25] [batch=100] [bytes=300] [keys=0] [mapping=service|client]
 * </pre>
 *
 * {@code batch} is how many events the sink is handed at a time; with {@code keys} there are that many partition keys,
 * mapped to partitions as {@code mapping} says. Use long runs: the client takes long to warm up.
 */
public final class EventHubBenchmark {

    private static final String ROW = "%-8s%25s%25s%25s%25s%12s%12s%n";
    private static final int DIFFERENT_EVENTS = 10_000;
    private static final int IN_FLIGHT = 4;
    private static final int CLIENT_BATCH_EVENTS = 500;

    private final double seconds;
    private final int rounds;
    private final double warmUpSeconds;
    private final int batchEvents;
    private final int eventBytes;
    private final int keys;
    private final String mapping;

    private EventHubBenchmark(Arguments given) {
        seconds = given.number("seconds", 3);
        rounds = (int) given.number("rounds", 5);
        warmUpSeconds = given.number("warmup", 25);
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
                prepared(access, CLIENT_BATCH_EVENTS);
                filling(access);
                sink(access);
            }
            System.out.println("events a second, and processor time of the process for one event, stand-in included;");
            System.out.println("sink / client prepared 500: by rate, and by processor time (its inverse)");
            System.out.printf(
                    ROW, "round", "client prepared 500", "client prepared full", "client filling 500", "sink", "rate", "time");
            List<Figure> preparedFigures = new ArrayList<>();
            List<Figure> fullFigures = new ArrayList<>();
            List<Figure> fillingFigures = new ArrayList<>();
            List<Figure> sinkFigures = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                preparedFigures.add(prepared(access, CLIENT_BATCH_EVENTS));
                fullFigures.add(prepared(access, Integer.MAX_VALUE));
                fillingFigures.add(filling(access));
                sinkFigures.add(sink(access));
                print(
                        Integer.toString(round),
                        preparedFigures.getLast(),
                        fullFigures.getLast(),
                        fillingFigures.getLast(),
                        sinkFigures.getLast());
            }
            Figure.report(report, "the client alone, " + CLIENT_BATCH_EVENTS + " prepared events a batch", preparedFigures);
            Figure.report(report, "the client alone, full prepared batches", fullFigures);
            Figure.report(report, "the client alone, batches filled, " + CLIENT_BATCH_EVENTS + " events each", fillingFigures);
            Figure.report(report, "Spindle's sink, " + batchEvents + " encoded events at a time", sinkFigures);
            print(
                    "median",
                    Figure.median(preparedFigures),
                    Figure.median(fullFigures),
                    Figure.median(fillingFigures),
                    Figure.median(sinkFigures));
        }
    }

    private static void print(String round, Figure prepared, Figure full, Figure filling, Figure sink) {
        System.out.printf(
                ROW,
                round,
                prepared,
                full,
                filling,
                sink,
                String.format(Locale.ROOT, "%.2f", sink.eventsPerSecond() / prepared.eventsPerSecond()),
                String.format(Locale.ROOT, "%.2f", prepared.cpuNanosPerEvent() / sink.cpuNanosPerEvent()));
    }

    private static EventHubProducerAsyncClient client(String access) {
        return new EventHubClientBuilder()
                .connectionString(access)
                .retryOptions(new AmqpRetryOptions().setMaxRetries(0))
                .buildAsyncProducerClient();
    }

    /** The client that sends its prepared batches again and again. */
    private Figure prepared(String access, int most) throws InterruptedException {
        EventHubProducerAsyncClient client = client(access);
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

    /** The client that fills batches with its prepared events. */
    private Figure filling(String access) throws InterruptedException {
        EventHubProducerAsyncClient client = client(access);
        EventData[] events = new EventData[DIFFERENT_EVENTS];
        Arrays.setAll(events, n -> new EventData(row(n)).setContentType("application/json"));
        client.createBatch().block();
        Semaphore free = new Semaphore(IN_FLIGHT);
        Meter meter = new Meter();
        int next = 0;
        long sent = 0;
        while (meter.seconds() < seconds) {
            free.acquire();
            EventDataBatch batch = client.createBatch().block();
            while (batch.getCount() < CLIENT_BATCH_EVENTS && batch.tryAdd(events[next])) {
                next = (next + 1) % events.length;
            }
            client.send(batch).subscribe(nothing -> {}, EventHubBenchmark::fail, free::release);
            sent += batch.getCount();
        }
        free.acquire(IN_FLIGHT);
        Figure figure = meter.figure(sent);
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

    /** An event as long as asked for, a sixth more or less. */
    private byte[] row(int n) {
        String head = "{\"order_id\":" + n + ",\"filler\":\"";
        int length = eventBytes + n * 31 % (eventBytes / 3 + 1) - eventBytes / 6;
        return (head + "x".repeat(Math.max(0, length - head.length() - 2)) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /** What was reached, and how much processor time of the whole process one event took. */
    private record Figure(double eventsPerSecond, double cpuNanosPerEvent) {

        static Figure median(List<Figure> figures) {
            return new Figure(
                    Machine.median(figures.stream().map(Figure::eventsPerSecond).toList()),
                    Machine.median(figures.stream().map(Figure::cpuNanosPerEvent).toList()));
        }

        static void report(Report report, String name, List<Figure> figures) {
            report.figure(name, "events/s", figures.stream().map(Figure::eventsPerSecond).toList());
            report.figure(name, "processor ns an event", figures.stream().map(Figure::cpuNanosPerEvent).toList());
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
