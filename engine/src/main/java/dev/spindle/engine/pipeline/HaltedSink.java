package dev.spindle.engine.pipeline;

import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import java.time.Duration;
import java.util.Map;

/**
 * A sink that takes no further batch, or batches together, once the halt is called. So a halt ends a stream with many events still to come
 * after the write that is under way, also where no thread but the caller's runs and no hop looks up.
 */
record HaltedSink(Sink sink, Halt halt) implements Sink {

    /** An outlet with such a sink. */
    static Outlet at(Outlet outlet, Halt halt) {
        return outlet.with(new HaltedSink(outlet.sink(), halt));
    }

    @Override
    public void open(SinkContext context) {
        sink.open(context);
    }

    @Override
    public void write(Batch batch) {
        halt.check();
        sink.write(batch);
    }

    @Override
    public void writeAll(Batch[] batches, int from, int to) {
        halt.check();
        sink.writeAll(batches, from, to);
    }

    @Override
    public void flush(Duration timeout) {
        sink.flush(timeout);
    }

    @Override
    public void close(Duration timeout) {
        sink.close(timeout);
    }

    @Override
    public Sink rehearsal() {
        return sink.rehearsal();
    }

    @Override
    public Map<String, Long> counters() {
        return sink.counters();
    }
}
