package dev.spindle.engine.testing;

import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkLanes;
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

    private static final Map<String, List<? extends Sink>> REGISTERED = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();

    /** Settings that make a run use {@code sink}. */
    public static SinkSettings settings(Sink sink) {
        return registered(List.of(sink));
    }

    /** Settings that make each lane of a run use one of {@code sinks}. */
    public static SinkSettings apart(List<? extends Sink> sinks) {
        return registered(sinks).with("apart", "true");
    }

    private static SinkSettings registered(List<? extends Sink> sinks) {
        String name = Long.toString(NEXT.getAndIncrement());
        REGISTERED.put(name, sinks);
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
                SinkOption.of("apart", SinkOption.Type.FLAG, null, "one sink for each lane"),
                SinkOption.of("key", SinkOption.Type.COLUMN, "COLUMN", "the key"));
    }

    @Override
    public Sink create(SinkSettings settings) {
        return REGISTERED.remove(settings.text("registered").orElseThrow()).getFirst();
    }

    @Override
    public SinkLanes lanes(SinkSettings settings) {
        return settings.flag("apart") ? SinkLanes.APART : SinkLanes.TOGETHER;
    }

    @Override
    public Sink create(SinkSettings settings, int lane) {
        String name = settings.text("registered").orElseThrow();
        List<? extends Sink> sinks = REGISTERED.get(name);
        if (lane == sinks.size() - 1) {
            REGISTERED.remove(name);
        }
        return sinks.get(lane);
    }

    @Override
    public Optional<String> keyColumn(SinkSettings settings) {
        return settings.text("key");
    }
}
