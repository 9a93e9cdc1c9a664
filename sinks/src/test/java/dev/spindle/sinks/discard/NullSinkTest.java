package dev.spindle.sinks.discard;

import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.testing.SinkContract;
import java.util.List;
import java.util.Optional;

class NullSinkTest extends SinkContract {

    @Override
    protected Class<? extends SinkProvider> provider() {
        return NullSinkProvider.class;
    }

    @Override
    protected Sink newSink() {
        return new NullSinkProvider().create(SinkSettings.NONE);
    }

    @Override
    protected Optional<List<String>> received() {
        return Optional.empty();
    }
}
