package dev.spindle.control.browser;

import static dev.spindle.control.Client.number;
import static dev.spindle.control.Client.text;
import static dev.spindle.control.Client.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.spindle.control.Client;
import dev.spindle.control.http.ControlOptions;
import dev.spindle.control.http.ControlPlane;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.json.JsonValue.JsonArray;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The page in a real browser. Without a Chromium these tests are skipped with one line, unless
 * {@code SPINDLE_BROWSER_TESTS=required} says that they must run.
 */
@Timeout(120)
class DashboardTest {

    private static final String REQUIRED = "SPINDLE_BROWSER_TESTS";
    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final String[] ARGUMENTS = {
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"
    };

    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private ControlPlane plane;
    private Client client;

    @BeforeAll
    static void launch() throws Exception {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        boolean required = "required".equals(System.getenv(REQUIRED)) || "required".equals(System.getProperty(REQUIRED));
        if (chromium.isEmpty() && !required) {
            System.out.println("The browser tests are skipped: there is no Chromium (apt-get install chromium).");
        }
        assumeTrue(required || chromium.isPresent(), "no Chromium");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(
                new LaunchOptions().setExecutablePath(chromium.orElseThrow()).setArgs(List.of(ARGUMENTS)));
        Files.createDirectories(SHOTS);
    }

    @AfterAll
    static void quit() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void start() {
        plane = ControlPlane.start(ControlOptions.onLoopback(0), Notices.NONE);
        client = new Client(plane);
    }

    @AfterEach
    void stop() {
        client.close();
        plane.close(Duration.ofSeconds(5));
    }

    private Page open(int width, int height, ColorScheme theme) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(theme));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(plane.url()) && !request.url().startsWith("data:")) {
                foreign.add(request.url());
            }
        });
        page.navigate(plane.url());
        return page;
    }

    private void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
    }

    /** The events sent per second, as the server counts them over half a second. */
    private double sentRate(String run) {
        double before = number(client.get("/v1/runs/" + run).json(), "events_sent");
        long start = System.nanoTime();
        java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
        double after = number(client.get("/v1/runs/" + run).json(), "events_sent");
        return (after - before) * 1e9 / (System.nanoTime() - start);
    }

    private static String figure(Page page, String term) {
        return page.locator("#figures div", new Page.LocatorOptions().setHas(page.locator("dt", new Page.LocatorOptions().setHasText(term)))).first().locator("dd").textContent();
    }

    @Test
    void shouldStartARunRetuneItBurstPauseAndStop() {
        Page page = open(1280, 800, ColorScheme.DARK);
        page.click("#first-run");
        page.waitForSelector("#start-dialog[open]");
        shoot(page, "form-dark-1280");
        page.fill("#start-rate", "400");
        page.click("summary:has-text('Seed')");
        page.fill("#start-seed", "seven");
        page.click("#start-go");
        assertThat(page.locator("[data-name=seed] .wrong").textContent()).contains("a number");
        page.fill("#start-seed", "7");
        page.fill("#start-max_events", "0");
        page.click("#start-go");
        page.locator("[data-name=max_events] .wrong:has-text('out of range')").waitFor();
        page.fill("#start-max_events", "");
        page.click("#start-go");
        page.waitForSelector("#state:has-text('running')");
        String run = text(client.get("/v1/runs").json(), "runs.0.run");
        assertThat(number(client.get("/v1/runs").json(), "runs.0.seed")).isEqualTo(7);
        until("the page shows the rate", () -> figure(page, "asked").equals("400/s"));

        page.fill("#rate-field", "3k");
        page.press("#rate-field", "Enter");
        page.locator("#answer:has-text('from event #')").waitFor();
        until("the sent rate follows", () -> sentRate(run) > 2_000);
        until("and the page shows it", () -> figure(page, "asked").equals("3 k/s") && figure(page, "sent").contains("k/s"));

        page.focus("#rate-slider");
        page.keyboard().press("ArrowLeft");
        until("the slider retunes too", () -> number(client.get("/v1/runs/" + run + "/plan").json(), "rate") < 3_000);

        page.check("input[name=arrivals][value=constant]");
        until("arrivals follow", () -> text(client.get("/v1/runs/" + run + "/plan").json(), "arrivals").equals("constant"));

        page.fill("#burst-factor", "4");
        page.fill("#burst-delay", "8");
        page.click("#burst-later");
        page.locator("#bursts li:has-text('×4')").waitFor();
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("b");
        page.locator("#bursts li:has-text('now')").waitFor();
        until("the burst is sent", () -> sentRate(run) > 6_000);
        shoot(page, "burst-dark-1280");
        Locator later = page.locator("#bursts li:has-text('in ') button");
        later.first().click();
        until("it is taken off the timeline", () ->
                ((JsonArray) Client.at(client.get("/v1/runs/" + run + "/plan").json(), "bursts")).items().size() == 1);

        page.click("#pause");
        page.waitForSelector("#state:has-text('paused')");
        assertThat(text(client.get("/v1/runs/" + run).json(), "state")).isEqualTo("paused");
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("Space");
        page.waitForSelector("#state:has-text('running')");

        page.click("#stop");
        assertThat(page.textContent("#stop")).isEqualTo("Really stop?");
        page.click("#stop");
        page.waitForSelector("#state:has-text('stopped')");
        assertThat(page.isDisabled("#pause")).isTrue();
        shoot(page, "stopped-dark-1280");
        assertThat(complaints).filteredOn(text -> !text.contains("status of 400")).isEmpty();
        assertThat(foreign).isEmpty();
    }

    @Test
    void shouldShowARunOnALaptopAndOnAWallInBothThemes() {
        client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":2000,\"out_of_order\":0.05,\"duplicates\":0.01,"
                + "\"anomaly_fraction\":0.02,\"bursts\":[{\"start_offset_seconds\":2,\"duration_seconds\":2,\"multiplier\":3},"
                + "{\"start_offset_seconds\":10,\"duration_seconds\":60,\"multiplier\":0.5}]}");
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int[] size : new int[][] {{1280, 800}, {1920, 1080}, {390, 844}}) {
                Page page = open(size[0], size[1], theme);
                page.locator("#events .anomalous").first().waitFor();
                page.waitForTimeout(size[0] == 1920 ? 4_000 : 1_500);
                shoot(page, "run-" + theme.name().toLowerCase(java.util.Locale.ROOT) + "-" + size[0]);
                assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(size[0]);
                assertThat(page.locator("#anomalies").textContent()).contains("point:auto");
                assertThat(page.locator("#threads").textContent()).contains("pace");
                assertThat((String) page.evaluate("getComputedStyle(document.body).backgroundColor"))
                        .isEqualTo(theme == ColorScheme.DARK ? "rgb(14, 18, 23)" : "rgb(244, 245, 247)");
                page.context().close();
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(foreign).isEmpty();
    }

    @Test
    void shouldNameEveryControl() {
        client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":200}");
        Page page = open(1280, 800, ColorScheme.LIGHT);
        page.waitForSelector("#state:has-text('running')");
        page.keyboard().press("n");
        page.waitForSelector("#start-dialog[open]");
        @SuppressWarnings("unchecked")
        List<String> unnamed = (List<String>) page.evaluate("""
                () => [...document.querySelectorAll('button, input, select, textarea')].filter(e =>
                  !(e.labels?.length || e.getAttribute('aria-label') || e.textContent.trim())).map(e => e.outerHTML)""");
        assertThat(unnamed).isEmpty();
        page.keyboard().press("Escape");
        page.waitForSelector("#start-dialog", new Page.WaitForSelectorOptions().setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN));
        assertThat(complaints).isEmpty();
    }

    @Test
    void shouldShowALostConnectionAndComeBackByItself() {
        client.start("{\"domain\":\"retail\",\"table\":\"order\",\"rate\":200}");
        Page page = open(1280, 800, ColorScheme.LIGHT);
        page.waitForSelector("#state:has-text('running')");
        page.waitForSelector("#connection:has-text('live')");
        int port = plane.port();
        plane.close(Duration.ofSeconds(5));
        page.waitForSelector("#connection:has-text('connection lost')");
        shoot(page, "lost-light-1280");
        plane = ControlPlane.start(ControlOptions.onLoopback(port), Notices.NONE);
        client.close();
        client = new Client(plane);
        page.waitForSelector("#connection:has-text('live')");
        client.start("{\"domain\":\"retail\",\"table\":\"customer\",\"rate\":200}");
        page.waitForSelector("#run-title:has-text('customer')");
        page.waitForSelector("#state:has-text('running')");
    }

    @Test
    void shouldAskForTheTokenOnce() {
        plane.close(Duration.ofSeconds(1));
        plane = ControlPlane.start(ControlOptions.onLoopback(0).withToken("a-long-enough-token"), Notices.NONE);
        Page page = open(1280, 800, ColorScheme.LIGHT);
        page.waitForSelector("#token-dialog[open]");
        page.fill("#token-field", "a-long-enough-token");
        page.press("#token-field", "Enter");
        page.waitForSelector("#connection:has-text('live')");
        page.click("#first-run");
        page.waitForSelector("#start-dialog[open]");
        page.click("#start-go");
        page.waitForSelector("#state:has-text('running')");
    }

    /** Hours in a few seconds: many more messages than the page keeps. */
    @Test
    void shouldKeepItsMemoryBounded() {
        Page page = open(1280, 800, ColorScheme.LIGHT);
        Object kept = page.evaluate("""
                async () => {
                  const { Track } = await import('/assets/series.js');
                  const track = new Track();
                  const times = { count: 5, p50: 1, p90: 2, p99: 3, p999: 4, max: 5 };
                  for (let i = 0; i < 1000000; i++) {
                    track.add({ at_ms: 1e12 + i * 100, t: i / 10, target_rate: 10, rate: 10, state: 'running', latency_ns: times, lag_ns: times });
                  }
                  return [track.fine.size, track.seconds.ring.size, track.tens.ring.size, track.since(86400, ['at'])[0].length];
                }""");
        assertThat(kept).isEqualTo(List.of(3200, 3700, 8700, 8640));
        assertThat(complaints).isEmpty();
    }
}
