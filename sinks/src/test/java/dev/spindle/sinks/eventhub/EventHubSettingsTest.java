package dev.spindle.sinks.eventhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventHubSettingsTest {

    private static final String KEY = "dmVyeSBzZWNyZXQga2V5";
    private static final String NAMESPACE =
            "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=send;SharedAccessKey=" + KEY;

    @Test
    void shouldHaveDefaultsForAllButTheWayIn() {
        EventHubSettings settings = of(SinkSettings.NONE.with("connection-string", NAMESPACE + ";EntityPath=orders"));
        assertThat(settings.hub()).isEqualTo("orders");
        assertThat(settings.access().address()).isEqualTo("ns.servicebus.windows.net");
        assertThat(settings.keyColumn()).isNull();
        assertThat(settings.mappedHere()).isFalse();
        assertThat(settings.partition()).isNull();
        assertThat(settings.webSockets()).isFalse();
        assertThat(settings.headers()).isFalse();
        assertThat(settings.retryTimeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void shouldTakeTheConnectionStringFromTheEnvironmentUnlessOneIsGiven() {
        Map<String, String> environment =
                Map.of("SPINDLE_EVENTHUB_CONNECTION_STRING", NAMESPACE + ";EntityPath=from-environment");
        assertThat(EventHubSettings.of(SinkSettings.NONE, environment).hub()).isEqualTo("from-environment");
        SinkSettings given = SinkSettings.NONE.with("connection-string", NAMESPACE + ";EntityPath=given");
        assertThat(EventHubSettings.of(given, environment).hub()).isEqualTo("given");
        SinkSettings entra = SinkSettings.NONE.with("fully-qualified-namespace", "ns").with("eventhub", "hub");
        assertThat(EventHubSettings.of(entra, environment).access())
                .isInstanceOf(EventHubSettings.Access.ByEntra.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "Orders"})
    void shouldTakeAHubTwiceWhenItIsTheSame(String name) {
        SinkSettings given = SinkSettings.NONE
                .with("connection-string", NAMESPACE + ";EntityPath=orders")
                .with("eventhub", name);
        assertThat(of(given).hub()).isEqualTo("orders");
    }

    @Test
    void shouldReportEveryProblemAtOnce() {
        SinkSettings given = SinkSettings.NONE
                .with("connection-string", NAMESPACE + ";EntityPath=orders")
                .with("eventhub", "customers")
                .with("partition-key", "customer_id")
                .with("partition-key-mapping", "nobody")
                .with("partition", "first")
                .with("transport", "udp")
                .with("retry-timeout", "0");
        assertThat(problems(given)).extracting(Problem::toString).containsExactly(
                "--eventhub = customers: the connection string is for the event hub orders (the same name, or none)",
                "--partition-key = customer_id: cannot be used together with --partition",
                "--partition-key-mapping = nobody: is no mapping (service or client)",
                "--partition = first: is no partition (a partition's id: 0, 1, 2 …)",
                "--transport = udp: is no transport (amqp or websockets)",
                "--retry-timeout = 0: is out of range (whole seconds from 1 to 3600)");
    }

    @Test
    void shouldAskForAWayInAndForAHub() {
        assertThat(problems(SinkSettings.NONE)).extracting(Problem::path).containsExactly("--connection-string");
        assertThat(problems(SinkSettings.NONE.with("connection-string", NAMESPACE)))
                .extracting(Problem::path)
                .containsExactly("--eventhub");
        assertThat(problems(SinkSettings.NONE
                        .with("connection-string", NAMESPACE)
                        .with("fully-qualified-namespace", "no host")))
                .extracting(Problem::path)
                .containsExactly("--fully-qualified-namespace", "--fully-qualified-namespace", "--eventhub");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Endpoint=sb://ns/;SharedAccessKey=" + KEY + " | it needs SharedAccessKeyName",
        "SharedAccessKeyName=a;SharedAccessKey=" + KEY + " | it has no Endpoint",
        "Endpoint=sb://n s/;SharedAccessKeyName=a;SharedAccessKey=" + KEY + " | its Endpoint is no address",
        "Endpoint=sb://ns/;Key=" + KEY + " | it has a part that no connection string has",
        KEY + " | it has a part that no connection string has",
        "Endpoint=sb://ns/;SharedAccessSignature=" + KEY + " | SharedAccessSignature must begin with",
    })
    void shouldSayWhatIsWrongWithAConnectionStringWithoutShowingIt(String text, String reason) {
        SinkSettings given = SinkSettings.NONE.with("connection-string", text).with("eventhub", "orders");
        assertThat(problems(given)).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).startsWith("--connection-string: cannot be read: " + reason);
            assertThat(problem.toString()).doesNotContain(KEY);
        });
        ConfigurationException inEnvironment = catchThrowableOfType(
                ConfigurationException.class,
                () -> EventHubSettings.of(
                        SinkSettings.NONE.with("eventhub", "orders"),
                        Map.of("SPINDLE_EVENTHUB_CONNECTION_STRING", text)));
        assertThat(inEnvironment).hasMessageStartingWith("SPINDLE_EVENTHUB_CONNECTION_STRING: cannot be read");
    }

    @Test
    void shouldReadTheEmulatorsConnectionStringAndAPort() {
        ConnectionString read = ConnectionString.parse(
                "Endpoint=sb://localhost:5673;SharedAccessKeyName=RootManageSharedAccessKey;"
                        + "SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;");
        assertThat(read.emulator()).isTrue();
        assertThat(read.address()).isEqualTo("localhost:5673");
        assertThat(read.entityPath()).isNull();
    }

    @Test
    void shouldShowNoSecretInAnyText() {
        EventHubSettings settings = of(SinkSettings.NONE.with("connection-string", NAMESPACE + ";EntityPath=orders"));
        assertThat(settings.toString()).doesNotContain(KEY);
        assertThat(settings.secrets()).contains(KEY);
        EventHubSettings entra = EventHubSettings.of(
                SinkSettings.NONE.with("fully-qualified-namespace", "ns").with("eventhub", "hub"),
                Map.of("AZURE_CLIENT_SECRET", KEY));
        assertThat(entra.toString()).doesNotContain(KEY);
        assertThat(entra.secrets()).containsExactly(KEY);
        assertThat(new Wording(settings).reason(new IllegalStateException("token sig=abc%3D&se=1 by " + KEY)))
                .isEqualTo("token sig=***&se=1 by ***");
    }

    @Test
    void shouldDescribeItsOptions() {
        List<SinkOption> options = new EventHubSinkProvider().options();
        assertThat(options).extracting(SinkOption::name).containsExactly(
                "connection-string",
                "fully-qualified-namespace",
                "eventhub",
                "partition-key",
                "partition-key-mapping",
                "partition",
                "transport",
                "headers",
                "retry-timeout");
        assertThat(options.stream().filter(SinkOption::secret)).extracting(SinkOption::name)
                .containsExactly("connection-string");
        assertThat(new EventHubSinkProvider().keyColumn(SinkSettings.NONE.with("partition-key", "customer_id")))
                .contains("customer_id");
    }

    private static EventHubSettings of(SinkSettings given) {
        return EventHubSettings.of(given, Map.of());
    }

    private static List<Problem> problems(SinkSettings given) {
        return catchThrowableOfType(ConfigurationException.class, () -> of(given)).problems();
    }
}
