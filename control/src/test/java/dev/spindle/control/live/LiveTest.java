package dev.spindle.control.live;

import static dev.spindle.control.Client.number;
import static dev.spindle.control.Client.text;
import static dev.spindle.control.Client.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.control.Client;
import dev.spindle.control.LiveClient;
import dev.spindle.control.http.ControlOptions;
import dev.spindle.control.http.ControlPlane;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live control and figures over a real WebSocket. */
@Timeout(60)
class LiveTest {

    private static final String PACED = "{\"domain\":\"retail\",\"table\":\"order\",\"rate\":1000}";

    private ControlPlane plane;
    private Client client;
    private String run;

    @BeforeEach
    void start() {
        plane = ControlPlane.start(ControlOptions.onLoopback(0), Notices.NONE);
        client = new Client(plane);
        run = client.start(PACED);
    }

    @AfterEach
    void stop() {
        client.close();
        plane.close(Duration.ofSeconds(5));
    }

    @Test
    void shouldSendFiguresAtTheIntervalAskedFor() throws Exception {
        try (LiveClient live = new LiveClient(client)) {
            live.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":50}");
            JsonObject first = live.next("stats");
            long count = 0;
            long sent = (long) number(first, "sent");
            double before = number(first, "t");
            for (int i = 0; i < 10; i++) {
                JsonObject stats = live.next("stats");
                assertThat(text(stats, "run")).isEqualTo(run);
                assertThat(number(stats, "target_rate")).isEqualTo(1000);
                assertThat(number(stats, "t")).isGreaterThan(before);
                before = number(stats, "t");
                byte[] hdr = Base64.getDecoder().decode(text(stats, "hdr"));
                Histogram latency = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(hdr), 1);
                assertThat((double) latency.getTotalCount()).isEqualTo(number(stats, "latency_ns.count"));
                assertThat(latency.getValueAtPercentile(99)).isEqualTo((long) number(stats, "latency_ns.p99"));
                count += latency.getTotalCount();
                sent = (long) number(stats, "sent");
            }
            // What the intervals count is what was sent between the first message and the last, give or take events
            // that were being recorded at either moment.
            assertThat((double) count).isBetween(sent - number(first, "sent") - 50, sent - number(first, "sent") + 50);
        }
    }

    @Test
    void shouldAcknowledgeARetuneWithTheFirstEventUnderIt() {
        until("it is under way", () -> number(client.get("/v1/runs/" + run).json(), "events_sent") > 0);
        try (LiveClient live = new LiveClient(client)) {
            live.send("{\"type\":\"retune\",\"run\":\"" + run + "\",\"id\":7,\"rate\":50000,\"paused\":false}");
            JsonObject ack = live.next("ack");
            assertThat(number(ack, "id")).isEqualTo(7);
            assertThat(number(ack, "applied_at_ns")).isPositive();
            assertThat(number(ack, "effective_seq")).isNotNegative();
            assertThat(number(ack, "revision")).isEqualTo(2);
            live.send("{\"type\":\"burst\",\"run\":\"" + run + "\",\"id\":\"b\",\"duration_seconds\":30,\"multiplier\":2}");
            ack = live.next("ack");
            assertThat(text(ack, "id")).isEqualTo("b");
            assertThat(number(ack, "n")).isZero();
            live.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":50}");
            assertThat(number(live.next("stats"), "target_rate")).isEqualTo(100_000);
        }
    }

    @Test
    void shouldPauseResumeAndStop() {
        try (LiveClient live = new LiveClient(client)) {
            live.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":50,\"id\":1}");
            assertThat(number(live.next("ack"), "id")).isEqualTo(1);
            live.send("{\"type\":\"pause\",\"run\":\"" + run + "\",\"id\":2}");
            live.next("ack");
            until("paused", () -> text(live.next("stats"), "state").equals("paused"));
            double paused = number(live.next("stats"), "t");
            assertThat(number(live.next("stats"), "t")).isEqualTo(paused);
            live.send("{\"type\":\"resume\",\"run\":\"" + run + "\",\"id\":3}");
            live.next("ack");
            until("running", () -> number(live.next("stats"), "t") > paused);
            live.send("{\"type\":\"stop\",\"run\":\"" + run + "\",\"id\":4}");
            assertThat(number(live.next("ack"), "id")).isEqualTo(4);
            JsonObject ended = live.next("ended");
            assertThat(text(ended, "run")).isEqualTo(run);
            assertThat(text(ended, "result.state")).isEqualTo("stopped");
            live.send("{\"type\":\"retune\",\"run\":\"" + run + "\",\"id\":5,\"rate\":1}");
            assertThat(number(live.next("error"), "id")).isEqualTo(5);
            live.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\"}");
            live.next("ended");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hello|(body)",
        "[]|(message)",
        "{}|type",
        "{\"type\":\"dance\"}|type",
        "{\"type\":\"retune\",\"run\":\"RUN\",\"rate\":-5}|rate",
        "{\"type\":\"retune\",\"run\":\"RUN\",\"speed\":5}|speed",
        "{\"type\":\"retune\",\"rate\":5}|run",
        "{\"type\":\"retune\",\"run\":\"nobody\",\"rate\":5}|run",
        "{\"type\":\"subscribe\",\"run\":\"RUN\",\"interval_ms\":1}|interval_ms",
        "{\"type\":\"burst\",\"run\":\"RUN\",\"multiplier\":-1,\"duration_seconds\":1}|multiplier",
        "{\"type\":\"pause\",\"run\":\"RUN\",\"id\":[1]}|id",
        "{\"type\":\"retune\",\"run\":\"RUN\",\"rate\":NaN}|(body)",
    })
    void shouldAnswerAWrongMessageAndKeepTheConnection(String message, String field) {
        try (LiveClient live = new LiveClient(client)) {
            live.send(message.replace("RUN", run));
            assertThat(text(live.next("error"), "problems.0.field")).isEqualTo(field);
            live.send("{\"type\":\"retune\",\"run\":\"" + run + "\",\"id\":1,\"rate\":5}");
            assertThat(number(live.next("ack"), "revision")).isEqualTo(2);
        }
    }

    @Test
    void shouldSurviveRandomFrames() {
        long seed = 20260101;
        Random random = new Random(seed);
        try (LiveClient live = new LiveClient(client)) {
            for (int i = 0; i < 200; i++) {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                if (random.nextBoolean()) {
                    live.sendBinary(bytes);
                } else {
                    live.send(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
                }
            }
            live.send("{\"type\":\"" + "x".repeat(100_000) + "\"}");
            for (int i = 0; i < 201; i++) {
                live.next("error");
            }
            live.send("{\"type\":\"pause\",\"run\":\"" + run + "\",\"id\":1}");
            assertThat(number(live.next("ack"), "id")).as("seed %d", seed).isEqualTo(1);
        }
    }

    @Test
    void shouldLoseFiguresOfASlowReaderButNoAnswers() {
        LiveClient slow = new LiveClient(client, false, builder -> builder);
        LiveClient quick = new LiveClient(client);
        slow.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":50}");
        quick.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":50}");
        // More answers than the sockets' buffers and the bound on unread ones together can hold.
        int asked = 20_000;
        Thread asking = Thread.startVirtualThread(() -> {
            for (int i = 0; i < asked; i++) {
                slow.send("{\"type\":\"retune\",\"run\":\"" + run + "\",\"id\":" + i + ",\"rate\":" + (1_000 + i % 7) + "}");
            }
        });
        for (int i = 0; i < 20; i++) {
            quick.next("stats");
        }
        slow.read();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < asked; i++) {
            ids.add((long) number(slow.next("ack"), "id"));
        }
        assertThat(ids.stream().distinct().count()).isEqualTo(asked);
        assertThat(asking.isAlive()).isFalse();
        slow.close();
        quick.close();
    }

    @Test
    void shouldBoundSubscriptionsAndIntervals() {
        try (LiveClient live = new LiveClient(client)) {
            for (int i = 0; i < 8; i++) {
                LiveClient other = new LiveClient(client);
                other.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":" + (1000 + i) + ",\"id\":1}");
                other.next("ack");
            }
            live.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":2000}");
            assertThat(text(live.next("error"), "problems.0.field")).isEqualTo("interval_ms");
            live.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":1003,\"id\":2}");
            live.next("ack");
        }
    }

    @Test
    void shouldTellEveryoneWhenItShutsDown() {
        LiveClient live = new LiveClient(client);
        live.send("{\"type\":\"subscribe\",\"run\":\"" + run + "\",\"interval_ms\":50}");
        live.next("stats");
        plane.close(Duration.ofSeconds(5));
        assertThat(text(live.next("ended"), "result.state")).isEqualTo("stopped");
        assertThat(live.closeStatus()).isEqualTo(1001);
    }
}
