package dev.spindle.sinks.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSinkProviderTest {

    private static final SinkSettings LEAST = SinkSettings.NONE.with("bootstrap-server", "localhost:9092");

    private final KafkaSinkProvider provider = new KafkaSinkProvider();

    @TempDir
    private Path folder;

    @Test
    void shouldAskForBrokers() {
        assertThat(problems(SinkSettings.NONE))
                .containsExactly("--bootstrap-server: is required (HOST:PORT,…)");
    }

    @Test
    void shouldRefuseAnAddressWithoutAPort() {
        assertThat(problems(SinkSettings.NONE.with("bootstrap-server", "one:9092,two")))
                .containsExactly("--bootstrap-server = one:9092,two: has an address that is none: two (HOST:PORT,…)");
    }

    @Test
    void shouldReportAllProblemsAtOnce() {
        SinkSettings settings = SinkSettings.NONE
                .with("topic", "no good")
                .with("partitions", "0")
                .with("replication-factor", "many")
                .with("record-timestamp", "now")
                .with("command-config", folder.resolve("none.properties").toString())
                .with("producer-property", "value.serializer=x", "nothing");
        assertThat(problems(settings))
                .containsExactlyInAnyOrder(
                        "--topic = no good: is no name that Kafka allows"
                                + " (1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-', but not '.' or '..')",
                        "--partitions = 0: is out of range (1 to 1000000)",
                        "--replication-factor = many: is no whole number (1 to 32767)",
                        "--record-timestamp = now: is unknown (event or intended)",
                        "--command-config = " + folder.resolve("none.properties") + ": does not exist",
                        "--producer-property = value.serializer: is the sink's own: events are sent as they are",
                        "--producer-property: has no name before an equals sign (NAME=VALUE)",
                        "--bootstrap-server: is required (HOST:PORT,…)");
    }

    @Test
    void shouldReportEveryPropertyThatTheClientWouldRefuse() {
        assertThat(problems(LEAST.with("producer-property", "batch.size=big", "acks=some", "linger.ms=-1")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("--producer-property = batch.size=big: Not a number"),
                        line -> assertThat(line).startsWith("--producer-property = acks=some: "),
                        line -> assertThat(line).startsWith("--producer-property = linger.ms=-1: "));
    }

    @Test
    void shouldReportPropertiesThatContradictEachOther() {
        assertThat(problems(LEAST.with("producer-property", "enable.idempotence=true", "acks=1")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("--producer-property: ")
                .contains("acks");
        assertThat(problems(LEAST.with("producer-property", "delivery.timeout.ms=10")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("delivery.timeout.ms");
    }

    @Test
    void shouldRefuseWhatTheSinkOwns() {
        assertThat(problems(LEAST.with(
                        "producer-property", "key.serializer=a", "transactional.id=b", "bootstrap.servers=c:1")))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("--producer-property = "));
    }

    @Test
    void shouldNameTheFileAsTheSourceOfItsProperties() throws IOException {
        Path file = write("linger.ms=soon\n");
        assertThat(problems(LEAST.with("command-config", file.toString())))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("--command-config = linger.ms=soon: ");
    }

    @Test
    void shouldPreferAPropertyToTheFileAndTheFileToTheDefaults() throws IOException {
        Path file = write("linger.ms=7\ncompression.type=zstd\nbootstrap.servers=elsewhere:1\n");
        ProducerProperties properties = properties(
                LEAST.with("command-config", file.toString()).with("producer-property", "linger.ms=9"));
        assertThat(properties.shown())
                .contains("linger.ms=9", "compression.type=zstd", "batch.size=262144", "bootstrap.servers=localhost:9092");
    }

    @Test
    void shouldTakeTheBrokersFromTheFileWhenTheOptionIsNotGiven() throws IOException {
        Path file = write("bootstrap.servers=elsewhere:1\n");
        assertThat(properties(SinkSettings.NONE.with("command-config", file.toString())).bootstrapServers())
                .isEqualTo("elsewhere:1");
    }

    @Test
    void shouldShowDefaultsThatSuitALoad() {
        assertThat(properties(LEAST).shown())
                .isEqualTo("Kafka producer: acks=all, batch.size=262144, bootstrap.servers=localhost:9092,"
                        + " buffer.memory=67108864, client.id=spindle, compression.type=lz4,"
                        + " delivery.timeout.ms=120000, enable.idempotence=true, linger.ms=5,"
                        + " max.in.flight.requests.per.connection=5, max.request.size=1048576,"
                        + " request.timeout.ms=30000, security.protocol=PLAINTEXT.");
    }

    @Test
    void shouldNeverShowASecret() {
        SinkSettings settings = LEAST.with(
                "producer-property", "sasl.jaas.config=hush", "ssl.key.password=hush", "sasl.mechanism=PLAIN");
        assertThat(properties(settings).shown()).contains("sasl.jaas.config=[hidden]").doesNotContain("hush");
        assertThat(problems(settings.with("producer-property", "=hush")).toString()).doesNotContain("hush");
        assertThat(provider.options())
                .filteredOn(option -> option.name().equals("producer-property"))
                .allMatch(option -> option.secret());
    }

    @Test
    void shouldWarnAboutPropertiesThatNoClientKnows() {
        assertThat(properties(LEAST.with("producer-property", "linger.millis=5", "linger.ms=5"))
                        .warnings())
                .containsExactly("--producer-property: Kafka's producer has no property linger.millis.");
    }

    @Test
    void shouldWarnWhenARetryCanDuplicateOrAnAcknowledgementMeansNothing() {
        assertThat(properties(LEAST.with("producer-property", "acks=1")).warnings())
                .containsExactly("Without idempotence a retry can store an event twice or out of order.");
        assertThat(properties(LEAST.with("producer-property", "acks=0")).warnings())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("acks=0");
    }

    @Test
    void shouldTakeItsTimeoutsFromTheClientsProperties() {
        assertThat(properties(LEAST).startTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties(LEAST).blockTimeout()).isEqualTo(Duration.ofSeconds(120));
        ProducerProperties given = properties(LEAST.with("producer-property", "max.block.ms=1500"));
        assertThat(given.startTimeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(given.blockTimeout()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void shouldNameTheKeyColumn() {
        assertThat(provider.keyColumn(LEAST)).isEmpty();
        assertThat(provider.keyColumn(LEAST.with("key", "customer_id"))).contains("customer_id");
    }

    private static ProducerProperties properties(SinkSettings settings) {
        return KafkaSettings.of(settings).producer();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("client.properties"), text);
    }

    private List<String> problems(SinkSettings settings) {
        var thrown = new java.util.ArrayList<String>();
        assertThatThrownBy(() -> provider.create(settings))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> e.problems().stream()
                        .map(Problem::toString)
                        .forEach(thrown::add));
        return thrown;
    }
}
