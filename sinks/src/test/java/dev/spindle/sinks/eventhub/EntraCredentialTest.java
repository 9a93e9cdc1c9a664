package dev.spindle.sinks.eventhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class EntraCredentialTest {

    private static final TokenRequestContext EVENT_HUBS =
            new TokenRequestContext().addScopes("https://eventhubs.azure.net/.default");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String address;
    private int status = 200;
    private String answer = "{\"access_token\":\"the token\",\"expires_in\":\"3599\",\"token_type\":\"Bearer\"}";

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "http://localhost:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = exchange.getRequestURI().getRawQuery();
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
                    + URLDecoder.decode(query == null ? body : query, StandardCharsets.UTF_8) + " "
                    + exchange.getRequestHeaders().getFirst("Metadata") + " "
                    + exchange.getRequestHeaders().getFirst("X-identity-header"));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldAskWithTheClientsSecretAndKeepTheTokenWhileItIsGood() {
        EntraCredential credential = new EntraCredential(Map.of(
                "AZURE_TENANT_ID", "tenant",
                "AZURE_CLIENT_ID", "client",
                "AZURE_CLIENT_SECRET", "s&cret",
                "AZURE_AUTHORITY_HOST", address + "/"));
        AccessToken token = ask(credential);
        assertThat(token.getToken()).isEqualTo("the token");
        assertThat(Duration.between(OffsetDateTime.now(token.getExpiresAt().getOffset()), token.getExpiresAt()))
                .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
        assertThat(ask(credential)).isSameAs(token);
        assertThat(asked).containsExactly("POST /tenant/oauth2/v2.0/token client_secret=s&cret"
                + "&grant_type=client_credentials&client_id=client&scope=https://eventhubs.azure.net/.default null null");
    }

    @Test
    void shouldAskAnewWhenTheTokenIsAboutToExpire() {
        answer = "{\"access_token\":\"short\",\"expires_in\":200}";
        EntraCredential credential = new EntraCredential(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", address));
        ask(credential);
        ask(credential);
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldAskWithAFederatedToken(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "federated\n");
        ask(new EntraCredential(Map.of(
                "AZURE_TENANT_ID", "tenant",
                "AZURE_CLIENT_ID", "client",
                "AZURE_FEDERATED_TOKEN_FILE", file.toString(),
                "AZURE_AUTHORITY_HOST", address)));
        assertThat(asked).singleElement().asString()
                .startsWith("POST /tenant/oauth2/v2.0/token ")
                .contains("client_assertion=federated")
                .contains("client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    }

    @Test
    void shouldAskTheMachinesOrTheAppServicesIdentity() {
        ask(new EntraCredential(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", address, "AZURE_CLIENT_ID", "one")));
        ask(new EntraCredential(Map.of("IDENTITY_ENDPOINT", address + "/msi/token", "IDENTITY_HEADER", "header")));
        assertThat(asked).containsExactly(
                "GET /metadata/identity/oauth2/token resource=https://eventhubs.azure.net&client_id=one"
                        + "&api-version=2018-02-01 true null",
                "GET /msi/token resource=https://eventhubs.azure.net&api-version=2019-08-01 null header");
    }

    @ParameterizedTest
    @CsvSource({"400, true", "401, true", "429, false", "503, false"})
    void shouldTellARefusalFromAPassingFailure(int code, boolean isFinal) {
        status = code;
        answer = "{\"error\":\"some_error\",\"error_description\":\"Some words.\\nTrace ID\"}";
        assertThatThrownBy(() -> ask(new EntraCredential(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", address))))
                .isInstanceOfSatisfying(CredentialException.class, e -> assertThat(e.isFinal()).isEqualTo(isFinal))
                .hasMessage("no token from localhost: HTTP status " + code + ", some_error: Some words.");
    }

    @Test
    void shouldNotShowAnAnswerThatItCannotRead() {
        answer = "{\"access_token\":\"the token\"}";
        assertThatThrownBy(() -> ask(new EntraCredential(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", address))))
                .isInstanceOf(CredentialException.class)
                .hasMessage("the answer of localhost holds no token")
                .hasNoCause();
    }

    @Test
    void shouldSayWhatItLooksForWhenNobodyAnswers() {
        server.stop(0);
        assertThatThrownBy(() -> ask(new EntraCredential(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", address))))
                .isInstanceOfSatisfying(CredentialException.class, e -> assertThat(e.isFinal()).isFalse())
                .hasMessageContaining("AZURE_TENANT_ID");
    }

    private static AccessToken ask(EntraCredential credential) {
        return credential.getToken(EVENT_HUBS).block(Duration.ofSeconds(10));
    }
}
