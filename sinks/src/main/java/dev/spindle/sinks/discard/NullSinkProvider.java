package dev.spindle.sinks.discard;

import dev.spindle.engine.publish.Nowhere;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkLanes;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.util.List;

/** {@code --sink null}. */
public final class NullSinkProvider implements SinkProvider {

    @Override
    public String name() {
        return "null";
    }

    @Override
    public String help() {
        return "Throws events away: what the generator can do by itself.";
    }

    @Override
    public List<SinkOption> options() {
        return List.of();
    }

    @Override
    public Sink create(SinkSettings settings) {
        return new Nowhere();
    }

    @Override
    public SinkLanes lanes(SinkSettings settings) {
        return SinkLanes.APART;
    }
}
