package dev.spindle.sinks.eventhub;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Tokens of Microsoft Entra for a program: by a client secret, by a workload identity's federated token, or by a managed
 * identity, whichever the environment describes, in the same variables as Microsoft's own libraries read.
 *
 * <p>Sources: the OAuth 2.0 client credentials flow of the Microsoft identity platform, and "How managed identities for
 * Azure resources work" with the instance metadata service's and App Service's token endpoints.
 */
final class EntraCredential implements TokenCredential {

    private static final String PUBLIC_AUTHORITY = "https://login.microsoftonline.com/";
    private static final String INSTANCE_METADATA = "http://169.254.169.254";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** A token is fetched anew when it has less than this to live. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Map<String, String> environment;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).version(HttpClient.Version.HTTP_1_1).build();
    private volatile AccessToken last;

    /** @param environment the process's environment variables */
    EntraCredential(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        AccessToken known = last;
        if (known != null && known.getExpiresAt().isAfter(OffsetDateTime.now(ZoneOffset.UTC).plus(MARGIN))) {
            return Mono.just(known);
        }
        return Mono.fromCallable(() -> request(String.join(" ", request.getScopes())))
                .flatMap(prepared -> Mono.fromFuture(
                        () -> http.sendAsync(prepared, HttpResponse.BodyHandlers.ofString())))
                .onErrorMap(IOException.class, this::unreachable)
                .map(this::token)
                .doOnNext(token -> last = token);
    }

    /** What is asked, and of whom: as the environment says. */
    private HttpRequest request(String scope) throws IOException {
        boolean application = has("AZURE_TENANT_ID") && has("AZURE_CLIENT_ID");
        if (application && has("AZURE_CLIENT_SECRET")) {
            return application(Map.of("client_secret", environment.get("AZURE_CLIENT_SECRET")), scope);
        }
        if (application && has("AZURE_FEDERATED_TOKEN_FILE")) {
            String assertion = Files.readString(Path.of(environment.get("AZURE_FEDERATED_TOKEN_FILE"))).strip();
            return application(
                    Map.of(
                            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                            "client_assertion", assertion),
                    scope);
        }
        return managedIdentity(scope.replace("/.default", ""));
    }

    private HttpRequest application(Map<String, String> proof, String scope) {
        Map<String, String> form = new LinkedHashMap<>(proof);
        form.put("grant_type", "client_credentials");
        form.put("client_id", environment.get("AZURE_CLIENT_ID"));
        form.put("scope", scope);
        String authority = environment.getOrDefault("AZURE_AUTHORITY_HOST", PUBLIC_AUTHORITY);
        URI uri = URI.create((authority.endsWith("/") ? authority : authority + "/")
                + environment.get("AZURE_TENANT_ID") + "/oauth2/v2.0/token");
        return HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                .build();
    }

    private HttpRequest managedIdentity(String resource) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("resource", resource);
        if (has("AZURE_CLIENT_ID")) {
            query.put("client_id", environment.get("AZURE_CLIENT_ID"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(TIMEOUT).GET();
        if (has("IDENTITY_ENDPOINT") && has("IDENTITY_HEADER")) {
            query.put("api-version", "2019-08-01");
            request.uri(URI.create(environment.get("IDENTITY_ENDPOINT") + "?" + encoded(query)));
            request.header("X-IDENTITY-HEADER", environment.get("IDENTITY_HEADER"));
        } else {
            query.put("api-version", "2018-02-01");
            String host = environment.getOrDefault("AZURE_POD_IDENTITY_AUTHORITY_HOST", INSTANCE_METADATA);
            request.uri(URI.create(host + "/metadata/identity/oauth2/token?" + encoded(query)));
            request.header("Metadata", "true");
        }
        return request.build();
    }

    private AccessToken token(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status != 200) {
            // 429 and 5xx pass; anything else is about who we are.
            throw new CredentialException(
                    "no token from " + response.uri().getHost() + ": HTTP status " + status + error(response.body()),
                    status != 429 && status < 500);
        }
        try {
            JsonValue.JsonObject body = (JsonValue.JsonObject) JsonReader.parse(response.body(), "token");
            long seconds = Long.parseLong(text(body, "expires_in"));
            return new AccessToken(text(body, "access_token"), OffsetDateTime.now(ZoneOffset.UTC).plusSeconds(seconds));
        } catch (ConfigurationException | ClassCastException | NumberFormatException | NullPointerException e) {
            // Neither the answer nor what could not be read of it may be shown: it holds the token.
            throw new CredentialException("the answer of " + response.uri().getHost() + " holds no token", true);
        }
    }

    private CredentialException unreachable(IOException e) {
        return new CredentialException(
                "no token: neither AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET lead to one nor a managed"
                        + " identity (" + e + ")",
                false);
    }

    private static String text(JsonValue.JsonObject object, String key) {
        return object.get(key).brief();
    }

    /** The error's code and the first line of its description, as OAuth 2.0 has them (RFC 6749, section 5.2). */
    private static String error(String body) {
        try {
            JsonValue.JsonObject object = (JsonValue.JsonObject) JsonReader.parse(body, "error");
            return ", " + text(object, "error") + ": " + text(object, "error_description").lines().findFirst().orElse("");
        } catch (ConfigurationException | ClassCastException | NullPointerException e) {
            return "";
        }
    }

    private boolean has(String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
