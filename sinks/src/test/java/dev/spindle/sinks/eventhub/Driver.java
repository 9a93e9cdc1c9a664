package dev.spindle.sinks.eventhub;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Drives the sink as a run does and writes down what it reports; event n has the intended time n. */
final class Driver implements SinkContext, Deliveries, AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Sink sink;
    private final Map<Long, Integer> acknowledged = new ConcurrentHashMap<>();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Throwable> causes = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private LongFunction<String> text = n -> "{\"n\":" + n + ",\"note\":\"é\"}";
    private LongFunction<String> key = n -> null;
    private volatile boolean halted;
    private boolean labelled = true;

    Driver(SinkSettings settings, Map<String, String> environment) {
        sink = new EventHubSink(EventHubSettings.of(settings, environment));
    }

    /** A sink for this connection string with options as {@code name, value} pairs. */
    static Driver with(String connectionString, String... options) {
        SinkSettings settings = SinkSettings.NONE.with(EventHubSettings.CONNECTION_STRING, connectionString);
        for (int i = 0; i < options.length; i += 2) {
            settings = settings.with(options[i], options[i + 1]);
        }
        return new Driver(settings, Map.of());
    }

    Driver texts(LongFunction<String> texts) {
        text = texts;
        return this;
    }

    Driver keys(LongFunction<String> keys) {
        key = keys;
        return this;
    }

    Driver unlabelled() {
        labelled = false;
        return this;
    }

    Driver open() {
        sink.open(this);
        return this;
    }

    /** Writes the events {@code from} to {@code to - 1} in batches of 100. */
    Driver write(long from, long to) {
        for (long next = from; next < to; next += 100) {
            sink.write(batch(next, Math.min(to, next + 100)));
        }
        return this;
    }

    Driver write(Batch batch) {
        sink.write(batch);
        return this;
    }

    Batch batch(long from, long to) {
        Batch batch = new Batch((int) (to - from), new String[] {"orders"}, new String[] {"point:extreme"});
        for (long n = from; n < to; n++) {
            batch.add(event(n));
        }
        return batch;
    }

    private Event event(long n) {
        Event event = new Event(0);
        byte[] json = text.apply(n).getBytes(StandardCharsets.UTF_8);
        String keyText = key.apply(n);
        byte[] keyBytes = keyText == null ? new byte[0] : keyText.getBytes(StandardCharsets.UTF_8);
        event.encoded = new byte[json.length + keyBytes.length];
        System.arraycopy(json, 0, event.encoded, 0, json.length);
        System.arraycopy(keyBytes, 0, event.encoded, json.length, keyBytes.length);
        event.encodedLength = json.length;
        event.keyLength = keyText == null ? -1 : keyBytes.length;
        event.sequence = n;
        event.intendedNanos = n;
        event.eventTimeMicros = 1_735_689_600_000_000L + n;
        event.anomaly = n % 2 == 0 ? 0 : 1;
        return event;
    }

    Driver flush() {
        sink.flush(LONG);
        return this;
    }

    Sink sink() {
        return sink;
    }

    void halt() {
        halted = true;
    }

    /** How many events have been acknowledged, each counted once. */
    int acknowledged() {
        return acknowledged.size();
    }

    boolean acknowledged(long n) {
        return acknowledged.containsKey(n);
    }

    /** Whether no event has been acknowledged twice. */
    boolean acknowledgedOnce() {
        return acknowledged.values().stream().allMatch(times -> times == 1);
    }

    long failed() {
        return failed.get();
    }

    long bytes() {
        return bytes.get();
    }

    List<Throwable> causes() {
        return causes;
    }

    List<String> warnings() {
        return warnings;
    }

    /** Everything said, warnings and details. */
    List<String> lines() {
        return lines;
    }

    long counter(String name) {
        return sink.counters().get(name);
    }

    String textOf(long n) {
        return text.apply(n);
    }

    @Override
    public void close() {
        sink.close(Duration.ofSeconds(5));
    }

    @Override
    public void acknowledged(long intendedNanos, int length) {
        acknowledged.merge(intendedNanos, 1, Integer::sum);
        bytes.addAndGet(length);
    }

    @Override
    public void acknowledged(Batch batch, int from, int to) {
        throw new AssertionError("this sink acknowledges later");
    }

    @Override
    public void failed(int events, Throwable cause) {
        failed.addAndGet(events);
        causes.add(cause);
    }

    @Override
    public List<String> tables() {
        return List.of("orders");
    }

    @Override
    public Deliveries deliveries() {
        return this;
    }

    @Override
    public boolean labelled() {
        return labelled;
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
        return halted;
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
        lines.add(line);
    }

    @Override
    public void detail(String line) {
        lines.add(line);
    }
}
