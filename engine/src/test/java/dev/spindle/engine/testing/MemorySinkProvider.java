package dev.spindle.engine.testing;

import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** {@code memory}: hands out the sinks that a test has registered. */
public final class MemorySinkProvider implements SinkProvider {

    private static final Map<String, Sink> REGISTERED = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    /** Settings that make a run use {@code sink}. */
    public static SinkSettings settings(Sink sink) {
        String name = Long.toString(NEXT.getAndIncrement());
        REGISTERED.put(name, sink);
        return SinkSettings.NONE.with("registered", name);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String help() {
        return "keeps events in memory, for tests";
    }

    @Override
    public List<SinkOption> options() {
        return List.of(
                SinkOption.of("registered", SinkOption.Type.TEXT, "NAME", "which of the test's sinks"),
                SinkOption.of("key", SinkOption.Type.COLUMN, "COLUMN", "the key"));
    }

    @Override
    public Sink create(SinkSettings settings) {
        return REGISTERED.remove(settings.text("registered").orElseThrow());
    }

    @Override
    public Optional<String> keyColumn(SinkSettings settings) {
        return settings.text("key");
    }
}
