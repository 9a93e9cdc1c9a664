package dev.spindle.engine.testing;

import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Does what a test says at each call, and acknowledges everything where nothing is said. */
public final class ScriptedSink implements Sink {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile SinkContext context;
    private Runnable opening = () -> {};
    private Consumer<Batch> writing = this::acknowledge;
    private Consumer<Duration> flushing = timeout -> {};
    private Consumer<Duration> closing = timeout -> {};
    private Supplier<Map<String, Long>> counting = Map::of;

    public ScriptedSink onOpen(Runnable action) {
        opening = action;
        return this;
    }

    public ScriptedSink onWrite(Consumer<Batch> action) {
        writing = action;
        return this;
    }

    public ScriptedSink onFlush(Consumer<Duration> action) {
        flushing = action;
        return this;
    }

    public ScriptedSink onClose(Consumer<Duration> action) {
        closing = action;
        return this;
    }

    public ScriptedSink onCounters(Supplier<Map<String, Long>> action) {
        counting = action;
        return this;
    }

    /** Reports all events of a batch as acknowledged. */
    public void acknowledge(Batch batch) {
        context.deliveries().acknowledged(batch, 0, batch.size());
    }

    public SinkContext context() {
        return context;
    }

    /** {@code open}, {@code flush} and {@code close} in the order in which they were called. */
    public List<String> calls() {
        return calls;
    }

    @Override
    public void open(SinkContext given) {
        context = given;
        calls.add("open");
        opening.run();
    }

    @Override
    public void write(Batch batch) {
        writing.accept(batch);
    }

    @Override
    public void flush(Duration timeout) {
        calls.add("flush");
        flushing.accept(timeout);
    }

    @Override
    public void close(Duration timeout) {
        calls.add("close");
        closing.accept(timeout);
    }

    @Override
    public Map<String, Long> counters() {
        return counting.get();
    }
}
