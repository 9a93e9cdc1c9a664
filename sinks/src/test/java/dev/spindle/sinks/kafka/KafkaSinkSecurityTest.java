package dev.spindle.sinks.kafka;

import static dev.spindle.sinks.kafka.SharedBroker.newTopic;
import static dev.spindle.sinks.kafka.SharedBroker.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.testing.KafkaBroker;
import dev.spindle.sinks.testing.RecordingContext;
import dev.spindle.sinks.testing.TestEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class KafkaSinkSecurityTest {

    /** Refusals must not wait for the start's ten seconds. */
    private static final Duration QUICK = Duration.ofSeconds(8);

    private final TestEvents events = new TestEvents("orders");
    private KafkaBroker broker;

    @TempDir
    private Path folder;

    @BeforeEach
    void useBroker(KafkaBroker shared) {
        broker = shared;
    }

    @Test
    void shouldSendOverTls() throws IOException {
        String topic = newTopic(broker, 1);
        assertThatAllArrive(topic, settings(broker.sslBootstrap(), topic, tls()));
    }

    @Test
    void shouldLogInByPasswordWithPropertiesFromAFile() throws Exception {
        String topic = newTopic(broker, 1);
        allow("alice", topic, AclOperation.WRITE);
        assertThatAllArrive(topic, settings(broker.saslBootstrap(), topic, login("SASL_PLAINTEXT", "alice", "alice-secret")));
    }

    @Test
    void shouldLogInByPasswordOverTls() throws Exception {
        String topic = newTopic(broker, 1);
        allow("alice", topic, AclOperation.WRITE);
        List<String> both = new ArrayList<>(tls());
        both.addAll(login("SASL_SSL", "alice", "alice-secret"));
        assertThatAllArrive(topic, settings(broker.saslSslBootstrap(), topic, both));
    }

    @Test
    void shouldRefuseAWrongPassword() throws IOException {
        String topic = newTopic(broker, 1);
        assertThatStartFails(settings(broker.saslBootstrap(), topic, login("SASL_PLAINTEXT", "alice", "guess")))
                .isEqualTo("Kafka at " + broker.saslBootstrap()
                        + " refused the log-in: Authentication failed: Invalid username or password.");
    }

    @Test
    void shouldRefuseAUserWhoMayNotSeeTheTopic() throws IOException {
        String topic = newTopic(broker, 1);
        assertThatStartFails(settings(broker.saslBootstrap(), topic, login("SASL_PLAINTEXT", "mallory", "mallory-secret")))
                .isEqualTo("Kafka does not allow this user to write to topic " + topic + ".");
    }

    @Test
    void shouldRefuseAUserWhoMayOnlyRead() throws Exception {
        String topic = newTopic(broker, 1);
        allow("mallory", topic, AclOperation.READ);
        assertThatStartFails(settings(broker.saslBootstrap(), topic, login("SASL_PLAINTEXT", "mallory", "mallory-secret")))
                .isEqualTo("Kafka does not allow this user to write to topic " + topic + ".");
    }

    @Test
    void shouldEndTheRunWhenTheRightToWriteIsTakenAway() throws Exception {
        String topic = newTopic(broker, 1);
        AclBinding write = allow("alice", topic, AclOperation.WRITE);
        RecordingContext context = new RecordingContext(events.tables(), 10_000);
        Sink sink = new KafkaSinkProvider()
                .create(settings(broker.saslBootstrap(), topic, login("SASL_PLAINTEXT", "alice", "alice-secret")));
        sink.open(context);
        sink.write(events.batch(0, 100));
        sink.flush(Duration.ofSeconds(20));
        assertThat(context.acknowledged()).isEqualTo(100);
        try (Admin admin = admin()) {
            admin.deleteAcls(Set.of(write.toFilter())).all().get();
        }
        long taken = 100;
        SinkException end = null;
        while (end == null && taken < 10_000) {
            var batch = events.batch(taken, taken + 10);
            try {
                sink.write(batch);
                taken += 10;
                sink.flush(Duration.ofSeconds(20));
            } catch (SinkException e) {
                taken += batch.accepted();
                end = e;
            }
        }
        sink.close(Duration.ofSeconds(20));
        assertThat(end).hasMessage("Kafka does not allow this user to write to topic " + topic + ".");
        assertThat(context.reported()).isEqualTo(taken);
        assertThat(readAll(broker, topic)).hasSize((int) context.acknowledged());
    }

    @Test
    void shouldRefuseACertificateThatIsNotTrusted() throws IOException {
        String topic = newTopic(broker, 1);
        assertThatStartFails(settings(broker.sslBootstrap(), topic, List.of("security.protocol=SSL")))
                .startsWith("No secure connection with Kafka at " + broker.sslBootstrap() + ": ")
                .contains("certification path");
    }

    @Test
    void shouldSayThatTheListenerMaySpeakTlsWhenItHangsUpOnPlainText() throws IOException {
        assertThatStartFails(settings(broker.sslBootstrap(), newTopic(broker, 1), List.of()))
                .isEqualTo(hangsUp(broker.sslBootstrap(), "PLAINTEXT"));
    }

    @Test
    void shouldSayThatTheListenerMayAskForALogInWhenItHangsUp() throws IOException {
        assertThatStartFails(settings(broker.saslBootstrap(), newTopic(broker, 1), List.of()))
                .isEqualTo(hangsUp(broker.saslBootstrap(), "PLAINTEXT"));
    }

    @Test
    void shouldSayThatTheListenerMayNotSpeakTls() throws IOException {
        assertThatStartFails(settings(broker.bootstrap(), newTopic(broker, 1), tls()))
                .satisfiesAnyOf(
                        line -> assertThat(line).isEqualTo(hangsUp(broker.bootstrap(), "SSL")),
                        line -> assertThat(line).startsWith("No secure connection with Kafka at " + broker.bootstrap()));
    }

    @Test
    void shouldRefuseALogInThatTheListenerDoesNotAskFor() throws IOException {
        String topic = newTopic(broker, 1);
        assertThatStartFails(settings(broker.bootstrap(), topic, login("SASL_PLAINTEXT", "alice", "alice-secret")))
                .startsWith("Kafka at " + broker.bootstrap() + " refused the log-in: ");
    }

    @Test
    void shouldSayWhatIsWrongWithAStoreOfCertificates() throws IOException {
        SinkSettings settings = settings(
                broker.sslBootstrap(),
                newTopic(broker, 1),
                List.of("security.protocol=SSL", "ssl.truststore.location=" + folder.resolve("none.p12")));
        assertThatStartFails(settings)
                .startsWith("Kafka at " + broker.sslBootstrap() + " cannot be used: ")
                .contains("none.p12");
    }

    private static String hangsUp(String bootstrap, String protocol) {
        return "A server at " + bootstrap + " accepts connections but hangs up on security.protocol=" + protocol
                + "; that may not be what this listener speaks.";
    }

    private org.assertj.core.api.AbstractStringAssert<?> assertThatStartFails(SinkSettings settings) {
        RecordingContext context = new RecordingContext(events.tables(), 1);
        Sink sink = new KafkaSinkProvider().create(settings);
        long begin = System.nanoTime();
        String[] message = new String[1];
        assertThatThrownBy(() -> sink.open(context))
                .isInstanceOf(SinkException.class)
                .satisfies(e -> message[0] = e.getMessage());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(QUICK);
        sink.close(Duration.ZERO);
        assertThat(context.reported()).isZero();
        return assertThat(message[0]);
    }

    private void assertThatAllArrive(String topic, SinkSettings settings) {
        RecordingContext context = new RecordingContext(events.tables(), 1_000);
        Sink sink = new KafkaSinkProvider().create(settings);
        sink.open(context);
        sink.write(events.batch(0, 1_000));
        sink.flush(Duration.ofSeconds(20));
        sink.close(Duration.ofSeconds(20));
        assertThat(context.acknowledged()).isEqualTo(1_000);
        assertThat(readAll(broker, topic)).hasSize(1_000);
    }

    /** Properties in a file, as a user keeps what is secret. */
    private SinkSettings settings(String bootstrap, String topic, List<String> properties) throws IOException {
        Path file = Files.write(folder.resolve("client.properties"), properties);
        return SinkSettings.NONE
                .with("bootstrap-server", bootstrap)
                .with("topic", topic)
                .with("command-config", file.toString());
    }

    private List<String> tls() {
        return List.of(
                "security.protocol=SSL",
                "ssl.truststore.type=PKCS12",
                "ssl.truststore.location=" + broker.trustStore(),
                "ssl.truststore.password=" + KafkaBroker.STORE_PASSWORD);
    }

    private static List<String> login(String protocol, String user, String password) {
        return List.of(
                "security.protocol=" + protocol,
                "sasl.mechanism=PLAIN",
                "sasl.jaas.config=" + KafkaBroker.jaas(user, password));
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    private AclBinding allow(String user, String topic, AclOperation operation)
            throws InterruptedException, ExecutionException {
        AclBinding binding = new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
        try (Admin admin = admin()) {
            admin.createAcls(List.of(binding)).all().get();
        }
        return binding;
    }
}
