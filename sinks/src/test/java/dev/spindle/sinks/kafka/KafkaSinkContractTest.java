package dev.spindle.sinks.kafka;

import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.sinks.testing.KafkaBroker;
import dev.spindle.sinks.testing.SinkContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class KafkaSinkContractTest extends SinkContract {

    private KafkaBroker broker;
    private String topic;

    @BeforeEach
    void useBroker(KafkaBroker shared) {
        broker = shared;
    }

    @Override
    protected Class<? extends SinkProvider> provider() {
        return KafkaSinkProvider.class;
    }

    @Override
    protected Sink newSink() {
        topic = SharedBroker.newTopic(broker, 3);
        return new KafkaSinkProvider().create(SharedBroker.settings(broker, topic, "buffer.memory=1048576"));
    }

    @Override
    protected Optional<List<String>> received() {
        return Optional.of(SharedBroker.readAll(broker, topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList());
    }

    @Override
    protected boolean block() {
        broker.pause();
        return true;
    }

    @Override
    protected void unblock() {
        broker.resume();
    }
}
