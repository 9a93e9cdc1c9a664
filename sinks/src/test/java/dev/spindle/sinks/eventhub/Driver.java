package dev.spindle.sinks.eventhub;

import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.testing.RecordingContext;
import dev.spindle.sinks.testing.TestEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Drives one sink over {@link TestEvents} of a table {@code orders} and reads what it reported. */
final class Driver implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int CAPACITY_EVENTS = 100_000;

    private final Sink sink;
    private final RecordingContext context = new RecordingContext(List.of("orders"), CAPACITY_EVENTS);
    private final TestEvents events = new TestEvents("orders");
    private LongFunction<String> text;

    Driver(SinkSettings settings, Map<String, String> environment) {
        sink = new EventHubSink(EventHubSettings.of(settings, environment));
        texts(n -> "{\"n\":" + n + ",\"note\":\"é\"}");
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
        events.withText(texts);
        return this;
    }

    Driver keys(LongFunction<String> keys) {
        events.withKey(keys);
        return this;
    }

    /** From now on every event is an anomaly of this type; null for none. */
    Driver anomalies(String type) {
        events.withAnomaly(type);
        return this;
    }

    Driver unlabelled() {
        context.unlabelled();
        return this;
    }

    Driver open() {
        sink.open(context);
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
        return events.batch(from, to);
    }

    Driver flush() {
        sink.flush(LONG);
        return this;
    }

    Sink sink() {
        return sink;
    }

    void halt() {
        context.halt();
    }

    long acknowledged() {
        return context.acknowledged();
    }

    boolean acknowledged(long n) {
        return context.acknowledgements(n) > 0;
    }

    /** Whether no event has been acknowledged twice. */
    boolean acknowledgedOnce() {
        return LongStream.range(0, CAPACITY_EVENTS).allMatch(n -> context.acknowledgements(n) <= 1);
    }

    long failed() {
        return context.failed();
    }

    long bytes() {
        return context.acknowledgedBytes();
    }

    List<Throwable> causes() {
        return context.causes();
    }

    List<String> warnings() {
        return context.warnings();
    }

    /** Everything said, warnings and details. */
    List<String> lines() {
        return Stream.concat(context.warnings().stream(), context.details().stream()).toList();
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
}
