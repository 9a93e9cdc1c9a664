package dev.spindle.engine;

import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.time.NanoClock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a sink sees of its run.
 *
 * @param told lines that people have read: what the sinks of several lanes say in the same words is said once
 */
record RunContext(StreamRun run, Deliveries deliveries, Set<String> told) implements SinkContext {

    @Override
    public List<String> tables() {
        return run.config().tables();
    }

    @Override
    public boolean labelled() {
        return run.config().labelled();
    }

    @Override
    public NanoClock clock() {
        return run.clock();
    }

    @Override
    public long originEpochMicros() {
        return run.time().originEpochMicros();
    }

    @Override
    public boolean halted() {
        return run.isHalted();
    }

    @Override
    public void onHalt(Runnable wake) {
        run.onHalt(wake);
    }

    @Override
    public void warn(String line) {
        tellOnce(line, run.notices().warning());
    }

    @Override
    public void detail(String line) {
        tellOnce(line, run.notices().detail());
    }

    private void tellOnce(String line, Consumer<String> listener) {
        if (run.design().sinks().size() == 1 || told.add(line)) {
            listener.accept(line);
        }
    }
}
