package dev.spindle.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.control.cli.Console.Ended;
import dev.spindle.control.http.ControlOptions;
import dev.spindle.control.http.ControlPlane;
import dev.spindle.engine.SpindleStreamer.Notices;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Serving, and tuning what is served, from the command line. */
@Timeout(60)
class ServeCommandTest {

    @TempDir
    private Path folder;

    private static String url(Console console, String before) throws Exception {
        console.awaitErr(before + "http");
        Matcher url = Pattern.compile(before + "(http\\S+)").matcher(console.err());
        assertThat(url.find()).isTrue();
        return url.group(1);
    }

    private static String get(String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString()).body();
        }
    }

    @Test
    void shouldServeUntilASignalAndEndWithIt() throws Exception {
        Console console = new Console();
        CompletableFuture<Integer> code = console.start("serve", "--port", "0");
        String url = url(console, "control plane: ");
        assertThat(get(url + "healthz")).contains("ok");
        try (HttpClient http = HttpClient.newHttpClient()) {
            var started = http.send(
                    HttpRequest.newBuilder(URI.create(url + "v1/runs"))
                            .POST(HttpRequest.BodyPublishers.ofString("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":100}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(started.statusCode()).isEqualTo(201);
        }
        console.send(Signals.Kind.TERM);
        assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(143);
    }

    @Test
    void shouldReportEverythingWrongWithACall() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        Ended ended = new Console().call(
                "serve", "--host", "0.0.0.0", "--port", "99999", "--tls-cert", folder.resolve("none.pem").toString(),
                "--output-dir", folder.resolve("none").toString());
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errText()).contains("--host = 0.0.0.0", "--port = 99999", "--tls-cert", "--tls-key", "--output-dir");
        Ended token = new Console().call("serve", "--port", "0", "--token-file", empty.toString());
        assertThat(token.code()).isEqualTo(2);
        assertThat(token.errText()).contains("--token-file");
    }

    @Test
    void shouldServeTheDashboardOfAStreamWhileItLasts() throws Exception {
        Console console = new Console();
        CompletableFuture<Integer> code = console.start(
                "stream", "retail", "--table", "order", "--sink", "probe", "--rate", "500", "--serve=0");
        String url = url(console, "dashboard: ");
        assertThat(get(url)).contains("<title>Spindle</title>");
        assertThat(get(url + "v1/runs")).contains("\"run\":\"order-");
        Matcher run = Pattern.compile("\"run\":\"(order-[^\"]+)\"").matcher(get(url + "v1/runs"));
        assertThat(run.find()).isTrue();
        assertThat(new Console().call("tune", run.group(1), "--url", url, "--stop").code()).isZero();
        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void shouldTuneARunFromTheShell() throws Exception {
        try (ControlPlane plane = ControlPlane.start(ControlOptions.onLoopback(0), Notices.NONE)) {
            String url = plane.url();
            assertThat(tune(url).out()).contains("There are no runs.");
            String run = started(url);
            Ended tuned = tune(url, run, "--rate", "5k", "--arrivals", "constant", "--pattern", "none", "--burst", "now:10:5", "--burst", "500:10:0.5");
            assertThat(tuned.errText()).contains("revision 2: holds since", "burst 0: from", "burst 1: from 500 s");
            assertThat(tuned.code()).isZero();
            assertThat(tune(url).out()).contains(run, "retail.order", "running");
            assertThat(tune(url, run).out()).contains("revision 4", "rate 5,000/s", "constant arrivals", "2 burst windows");
            assertThat(tune(url, run, "--pause").code()).isZero();
            assertThat(tune(url, run).out()).contains("paused");
            assertThat(tune(url, run, "--resume").code()).isZero();
            Ended watched = tune(url, run, "--stop", "--watch");
            assertThat(watched.code()).isZero();
            assertThat(watched.errText()).contains("stopped: ");
            plane.runs().stopAll(Duration.ofSeconds(5));
        }
    }

    @Test
    void shouldSayWhatIsWrongWithATuneInOneLineEach() throws Exception {
        try (ControlPlane plane = ControlPlane.start(ControlOptions.onLoopback(0), Notices.NONE)) {
            String run = started(plane.url());
            Ended wrong = tune(plane.url(), run, "--rate", "fast", "--out-of-order", "7", "--burst", "soon");
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.err()).hasSize(3);
            Ended refused = tune(plane.url(), run, "--catch-up", "never");
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.errText()).startsWith("--catch-up = never");
            assertThat(tune(plane.url(), "nobody", "--pause").errText()).contains("there is no run nobody");
            plane.runs().stopAll(Duration.ofSeconds(5));
        }
        Ended alone = tune("http://127.0.0.1:9", "r1", "--pause");
        assertThat(alone.code()).isEqualTo(1);
        assertThat(alone.errText()).contains("there is no control plane at http://127.0.0.1:9/");
    }

    private static String started(String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String body = http.send(
                            HttpRequest.newBuilder(URI.create(url + "v1/runs"))
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":100}"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            Matcher run = Pattern.compile("\"run\":\"([^\"]+)\"").matcher(body);
            assertThat(run.find()).as(body).isTrue();
            return run.group(1);
        }
    }

    private static Ended tune(String url, String... words) {
        List<String> all = new ArrayList<>(List.of("tune", "--url", url));
        all.addAll(List.of(words));
        return new Console().call(all.toArray(String[]::new));
    }
}
