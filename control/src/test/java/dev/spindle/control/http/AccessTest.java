package dev.spindle.control.http;

import static dev.spindle.control.Client.number;
import static dev.spindle.control.Client.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.control.Client;
import dev.spindle.control.Client.Reply;
import dev.spindle.control.LiveClient;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.error.ConfigurationException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, and how much. */
@Timeout(60)
class AccessTest {

    private static final String TOKEN = "correct-horse-battery";
    private static final String PACED = "{\"domain\":\"retail\",\"table\":\"order\",\"rate\":100}";

    @TempDir
    private Path folder;

    private ControlPlane plane;
    private Client client;

    private void start(ControlOptions options) {
        plane = ControlPlane.start(options, Notices.NONE);
        client = new Client(plane);
    }

    @AfterEach
    void stop() {
        if (plane != null) {
            client.close();
            plane.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void shouldRefuseToListenBeyondLoopbackWithoutAToken() {
        assertThatThrownBy(() -> new ControlOptions(
                        "0.0.0.0", 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, Limits.DEFAULT))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--host")
                .hasMessageContaining("token");
        start(new ControlOptions(
                "0.0.0.0", 0, Optional.of(TOKEN), Optional.empty(), Optional.empty(), Optional.empty(), true, Limits.DEFAULT));
        assertThat(client.get("/healthz").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/readyz", "/metrics", "/v1/domains", "/v1/runs", "/v1/runs/x", "/v1/openapi.json", "/v1/live", "/nowhere"})
    void shouldAskForTheTokenEverywhereElse(String path) {
        start(ControlOptions.onLoopback(0).withToken(TOKEN));
        for (String[] headers : List.of(
                new String[0],
                new String[] {"Authorization", "Bearer wrong"},
                new String[] {"Authorization", "Basic " + TOKEN},
                new String[] {"Authorization", "Bearer " + TOKEN + "x"})) {
            Reply reply = client.get(path, headers);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(reply.body()).doesNotContain(TOKEN);
        }
        assertThat(client.get(path, "Authorization", "Bearer " + TOKEN).status()).isNotEqualTo(401);
        assertThat(client.get(path + "?token=" + TOKEN).status()).isEqualTo(401);
    }

    @Test
    void shouldServeHealthAndThePageWithoutTheToken() {
        start(ControlOptions.onLoopback(0).withToken(TOKEN));
        assertThat(client.get("/healthz").status()).isEqualTo(200);
        assertThat(client.get("/").status()).isEqualTo(200);
        assertThat(client.get("/assets/uplot.js").status()).isEqualTo(200);
        assertThat(client.get("/").header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(client.get("/", "If-None-Match", client.get("/").header("ETag")).status()).isEqualTo(304);
    }

    @Test
    void shouldTakeTheTokenOfAWebSocketInThreeWays() {
        start(ControlOptions.onLoopback(0).withToken(TOKEN));
        String run = text(client.post("/v1/runs", PACED, "Authorization", "Bearer " + TOKEN).json(), "run");
        String subscribe = "{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":50}";
        try (LiveClient live = new LiveClient(client, true, b -> b.header("Authorization", "Bearer " + TOKEN))) {
            live.send(subscribe);
            live.next("stats");
        }
        try (LiveClient live = new LiveClient(client, true, b -> b.subprotocols("spindle", "bearer." + TOKEN))) {
            live.send(subscribe);
            live.next("stats");
        }
        try (LiveClient live = new LiveClient(client)) {
            live.send("{\"type\":\"auth\",\"token\":\"" + TOKEN + "\",\"id\":1}");
            assertThat(number(live.next("ack"), "id")).isEqualTo(1);
            live.send(subscribe);
            live.next("stats");
        }
    }

    @Test
    void shouldTurnAwayAWebSocketWithoutTheToken() {
        start(ControlOptions.onLoopback(0).withToken(TOKEN));
        assertThatThrownBy(() -> new LiveClient(client, true, b -> b.header("Authorization", "Bearer wrong")))
                .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
        assertThatThrownBy(() -> new LiveClient(client, true, b -> b.subprotocols("spindle", "bearer.wrong")))
                .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
        for (String first : List.of("{\"type\":\"auth\",\"token\":\"wrong\"}", "{\"type\":\"stop\",\"run\":\"r1\"}", "hello")) {
            try (LiveClient live = new LiveClient(client)) {
                live.send(first);
                live.next("error");
                assertThat(live.closeStatus()).isEqualTo(1008);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1:PORT", "http://127.0.0.1", "http://127.0.0.1:1", "file://"})
    void shouldRefuseForeignOrigins(String origin) {
        start(ControlOptions.onLoopback(0));
        String foreign = origin.replace("PORT", Integer.toString(plane.port()));
        assertThat(client.post("/v1/runs", PACED, "Origin", foreign).status()).isEqualTo(403);
        assertThat(client.patch("/v1/runs/x", "{}", "Origin", foreign).status()).isEqualTo(403);
        assertThat(client.delete("/v1/runs/x", "Origin", foreign).status()).isEqualTo(403);
        assertThat(client.post("/v1/runs/x/stop", "", "Origin", foreign).status()).isEqualTo(403);
        assertThatThrownBy(() -> new LiveClient(client, true, b -> b.header("Origin", foreign)))
                .hasCauseInstanceOf(java.net.http.WebSocketHandshakeException.class);
        assertThat(client.get("/v1/runs", "Origin", foreign).header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void shouldTakeItsOwnOrigin() {
        start(ControlOptions.onLoopback(0));
        String own = "http://127.0.0.1:" + plane.port();
        assertThat(client.post("/v1/runs", PACED, "Origin", own).status()).isEqualTo(201);
        new LiveClient(client, true, b -> b.header("Origin", own)).close();
    }

    /** A name that its owner points at 127.0.0.1 makes their page's origin equal to ours. */
    @Test
    void shouldRefuseRequestsForAnotherHost() throws Exception {
        start(ControlOptions.onLoopback(0));
        assertThat(raw("GET /v1/runs HTTP/1.1\r\nHost: evil.example\r\n\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:" + plane.port() + "\r\n\r\n")).startsWith("HTTP/1.1 421");
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost: localhost:" + plane.port() + "\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void shouldKeepFilesInsideTheOutputFolder() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.createDirectory(out.resolve("sub"));
        Files.createSymbolicLink(out.resolve("link"), folder);
        Files.createSymbolicLink(out.resolve("file-link"), folder.resolve("secret"));
        Files.createSymbolicLink(out.resolve("lane-1"), folder.resolve("secret"));
        start(ControlOptions.onLoopback(0).withOutputFolder(out));
        for (String path : List.of(
                "../escape", "/etc/escape", "sub/../../escape", "link/escape", "file-link", ".", "", "absent/file", "a\\u0000b",
                "lane-{lane}")) {
            Reply reply = client.post("/v1/runs", PACED.replace("}", ",\"sink\":\"slow\",\"output\":\"" + path + "\"}"));
            assertThat(reply.status()).as(path).isEqualTo(400);
            assertThat(text(reply.json(), "problems.0.field")).isEqualTo("output");
            Reply labels = client.post("/v1/runs", PACED.replace("}", ",\"labels\":\"" + path + "\"}"));
            assertThat(labels.status()).as(path).isEqualTo(400);
        }
        assertThat(folder.resolve("escape")).doesNotExist();
        client.start(PACED.replace("}", ",\"sink\":\"slow\",\"output\":\"sub/events.jsonl\"}"));
        assertThat(out.resolve("sub/events.jsonl")).exists();
    }

    @Test
    void shouldWriteNoFilesWithoutAnOutputFolder() {
        start(ControlOptions.onLoopback(0));
        Reply reply = client.post("/v1/runs", PACED.replace("}", ",\"sink\":\"slow\",\"output\":\"events.jsonl\"}"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(text(reply.json(), "problems.0.reason")).contains("--output-dir");
    }

    @Test
    void shouldNeverShowASecret() {
        start(ControlOptions.onLoopback(0));
        String run = text(client.post("/v1/runs", PACED.replace("}", ",\"sink\":\"slow\",\"password\":\"hush-hush\"}")).json(), "run");
        for (String path : List.of("/v1/runs", "/v1/runs/" + run, "/v1/runs/" + run + "/plan", "/metrics", "/v1/openapi.json")) {
            assertThat(client.get(path).body()).as(path).doesNotContain("hush-hush");
        }
        Reply wrong = client.post("/v1/runs", PACED.replace("}", ",\"sink\":\"slow\",\"password\":123456789}"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).doesNotContain("123456789");
    }

    @Test
    void shouldBoundBodiesWhetherOrNotTheyTellTheirLength() throws Exception {
        start(ControlOptions.onLoopback(0).withLimits(new Limits(2_000, 1 << 16, 512, 2, 100, 32, 8)));
        String large = "{\"table\":\"" + "x".repeat(3_000) + "\"}";
        assertThat(client.post("/v1/runs", large).status()).isEqualTo(413);
        assertThat(raw("POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(client.post("/v1/runs", PACED).status()).isEqualTo(201);
        assertThat(client.post("/v1/runs", PACED).status()).isEqualTo(201);
        Reply full = client.post("/v1/runs", PACED);
        assertThat(full.status()).isEqualTo(429);
        assertThat(full.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void shouldBoundConnections() throws Exception {
        start(ControlOptions.onLoopback(0).withLimits(new Limits(1 << 20, 1 << 16, 5, 2, 100, 32, 8)));
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), plane.port()));
                sockets.getLast().setSoTimeout(10_000);
                ask(sockets.getLast());
                assertThat(sockets.getLast().getInputStream().read()).isEqualTo('H');
            }
            try (Socket one = new Socket(InetAddress.getLoopbackAddress(), plane.port())) {
                one.setSoTimeout(10_000);
                assertThat(one.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void shouldLetOthersComeWhenWebSocketsHaveGone() {
        start(ControlOptions.onLoopback(0).withLimits(new Limits(1 << 20, 1 << 16, 5, 2, 100, 32, 8)));
        for (int i = 0; i < 30; i++) {
            Client.until("there is room", () -> {
                try (LiveClient live = new LiveClient(client)) {
                    live.send("{}");
                    live.next("error");
                    return true;
                } catch (java.util.concurrent.CompletionException e) {
                    return false; // the server has not seen yet that the one before has gone
                }
            });
        }
    }

    private static void ask(Socket socket) throws Exception {
        socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), plane.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[4_096];
            return new String(bytes, 0, Math.max(0, in.read(bytes)), StandardCharsets.UTF_8);
        }
    }
}
