package dev.spindle.sinks.eventhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.eventhub.standin.SelfSigned;
import dev.spindle.sinks.eventhub.standin.StandIn;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways into the real service, which all lead through TLS. The client takes the JVM's default context. */
@Timeout(60)
class EventHubTlsTest {

    private static SSLContext before;
    private static SSLContext ours;

    @BeforeAll
    static void trustOurselves(@TempDir Path folder) throws Exception {
        before = SSLContext.getDefault();
        ours = SelfSigned.in(folder);
        SSLContext.setDefault(ours);
    }

    @AfterAll
    static void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    @ParameterizedTest
    @CsvSource({"AMQP, amqp", "WEBSOCKETS, websockets"})
    void shouldSendOverEachTransport(StandIn.Wire wire, String transport) {
        try (StandIn standIn = start(wire);
                Driver run = Driver.with(tls(standIn), "transport", transport).open()) {
            run.write(0, 5_000).flush();
            assertThat(run.acknowledged()).isEqualTo(5_000);
            assertThat(EventHubSinkTest.texts(standIn.hub("orders").all()))
                    .containsExactlyInAnyOrderElementsOf(EventHubSinkTest.texts(run, 0, 5_000));
        }
    }

    @ParameterizedTest
    @CsvSource({"AMQP, amqp", "WEBSOCKETS, websockets"})
    void shouldGoOnAfterAConnectionWasLost(StandIn.Wire wire, String transport) {
        try (StandIn standIn = start(wire);
                Driver run = Driver.with(tls(standIn), "transport", transport).open()) {
            run.write(0, 100).flush();
            standIn.dropConnections();
            run.write(100, 200).flush();
            assertThat(run.acknowledged()).isEqualTo(200);
            assertThat(run.acknowledgedOnce()).isTrue();
        }
    }

    @Test
    void shouldRefuseACertificateThatNobodyVouchesFor(@TempDir Path folder) throws Exception {
        SSLContext stranger = SelfSigned.in(folder);
        try (StandIn standIn = StandIn.start(StandIn.Wire.AMQP, 0, stranger).withHub("orders", 2);
                Driver run = Driver.with(tls(standIn))) {
            assertThatThrownBy(run::open)
                    .isInstanceOf(SinkException.class)
                    .hasMessageStartingWith("The event hub 'orders' at localhost:" + standIn.port()
                            + " cannot be reached: TLS failed on port " + standIn.port() + ": ");
        }
    }

    @Test
    void shouldGetInWithATokenOfMicrosoftEntra() throws Exception {
        HttpServer authority = authority(200, "{\"access_token\":\"" + StandIn.BEARER_TOKEN + "\",\"expires_in\":3599}");
        try (StandIn standIn = start(StandIn.Wire.AMQP);
                Driver run = byEntra(standIn, authority).open()) {
            run.write(0, 100).flush();
            assertThat(run.acknowledged()).isEqualTo(100);
        } finally {
            authority.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 503})
    void shouldSendOnWhileTokensAreRenewedOrOneCannotBeForTheMoment(int statusOfTheSecond) throws Exception {
        HttpServer authority = authority(200, "{\"access_token\":\"" + StandIn.BEARER_TOKEN + "\",\"expires_in\":3}");
        try (StandIn standIn = start(StandIn.Wire.AMQP);
                Driver run = byEntra(standIn, authority).open()) {
            int first = standIn.tokenCount();
            standIn.manners().tokenStatus(statusOfTheSecond);
            long n = 0;
            while (standIn.tokenCount() < first + 3) {
                if (standIn.tokenCount() > first) {
                    standIn.manners().tokenStatus(0);
                }
                run.write(n, ++n).flush();
                TimeUnit.MILLISECONDS.sleep(10); // real time has to pass before a token is renewed
            }
            run.flush();
            assertThat(run.causes()).isEmpty();
            assertThat(run.acknowledged()).isEqualTo(n);
        } finally {
            authority.stop(0);
        }
    }

    @Test
    void shouldSayInOneLineThatMicrosoftEntraRefusesTheSecret() throws Exception {
        HttpServer authority = authority(
                401, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret.\\nTrace\"}");
        try (StandIn standIn = start(StandIn.Wire.AMQP);
                Driver run = byEntra(standIn, authority)) {
            assertThatThrownBy(run::open)
                    .isInstanceOf(SinkException.class)
                    .hasMessage("The event hub 'orders' at localhost:" + standIn.port()
                            + " cannot be used: no token from localhost: HTTP status 401, invalid_client:"
                            + " AADSTS7000215: Invalid client secret.");
        } finally {
            authority.stop(0);
        }
    }

    private static Driver byEntra(StandIn standIn, HttpServer authority) {
        return new Driver(
                SinkSettings.NONE
                        .with("fully-qualified-namespace", "localhost:" + standIn.port())
                        .with("eventhub", "orders"),
                Map.of(
                        "AZURE_TENANT_ID", "tenant",
                        "AZURE_CLIENT_ID", "client",
                        "AZURE_CLIENT_SECRET", "secret of the client",
                        "AZURE_AUTHORITY_HOST", "http://localhost:" + authority.getAddress().getPort()));
    }

    private static HttpServer authority(int status, String body) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tenant/oauth2/v2.0/token", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static StandIn start(StandIn.Wire wire) {
        return StandIn.start(wire, 0, ours).withHub("orders", 2);
    }

    private static String tls(StandIn standIn) {
        return standIn.connectionString("orders").replace(";UseDevelopmentEmulator=true", "");
    }
}
