package dev.spindle.sinks.eventhub;

import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.eventhub.standin.Fault;
import dev.spindle.sinks.eventhub.standin.StandIn;
import dev.spindle.sinks.testing.SinkContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class EventHubContractTest extends SinkContract {

    private final StandIn standIn = StandIn.start().withHub("orders", 4);

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Override
    protected Class<? extends SinkProvider> provider() {
        return EventHubSinkProvider.class;
    }

    @Override
    protected Sink newSink() {
        return new EventHubSinkProvider()
                .create(SinkSettings.NONE.with("connection-string", standIn.connectionString("orders")));
    }

    @Override
    protected Optional<List<String>> received() {
        return Optional.of(EventHubSinkTest.texts(standIn.hub("orders").all()));
    }

    @Override
    protected boolean block() {
        standIn.faults().always(new Fault.Swallow(false));
        return true;
    }

    @Override
    protected void unblock() {
        standIn.faults().always(null);
    }
}
