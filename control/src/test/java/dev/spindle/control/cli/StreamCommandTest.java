package dev.spindle.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.control.cli.Console.Ended;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCommandTest {

    @TempDir
    private Path folder;

    private static String[] order(String... more) {
        List<String> words = new ArrayList<>(List.of("stream", "retail", "--table", "order", "--sink", "probe"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Test
    void shouldStreamAndSaySoOnStderrOnly() {
        Ended ended = new Console().call(order("--max-events", "1000", "--seed", "7"));

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.errText())
                .contains("retail.order, scale small, seed 7, as fast as it goes, to probe")
                .contains("threads: ")
                .contains("warning: the probe is open")
                .contains("completed: 1,000 events sent")
                .contains("probed: 1,000")
                .doesNotContain("the probe sees");
    }

    @Test
    void shouldStreamTheWholeTableByDefaultAndWhatIsLeftOfItFromLaterOn() {
        assertThat(new Console().call(order()).errText()).contains("completed: 5,000 events sent");
        assertThat(new Console().call(order("--from-seq", "4990")).errText()).contains("completed: 10 events sent");
        assertThat(new Console().call(order("-s", "fabric_demo")).errText()).contains("completed: 1,000 events sent");
    }

    @Test
    void shouldStreamSeveralTablesAsOne() {
        Ended ended = new Console().call("stream", "retail", "--table", "order, order_line", "--sink", "probe", "--verbose");

        assertThat(ended.errText())
                .contains("retail.order,order_line, scale small")
                .contains("the probe sees [order, order_line]")
                .contains("completed: 17,500 events sent")
                .contains("tables: order 5,000, order_line 12,500");
        assertThat(new Console().call(
                        "stream", "retail", "--table", "order,order_line", "--sink", "probe", "--fail-if",
                        "events_by_table.order_line<12501").code())
                .isEqualTo(3);
    }

    @Test
    void shouldTellOfEveryTableThatIsNotThere() {
        Ended ended = new Console().call(
                "stream", "retail", "--table", "ordr,order_lin,store", "--sink", "probe", "--timestamp-column", "x");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .anySatisfy(line -> assertThat(line).startsWith("--table = ordr: ").contains("did you mean order?"))
                .anySatisfy(line -> assertThat(line).startsWith("--table = order_lin: ").contains("did you mean order_line?"));
        assertThat(new Console().call(
                                "stream", "retail", "--table", "store,order", "--sink", "probe", "--timestamp-column",
                                "signup_date")
                        .err())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("--timestamp-column = signup_date: is no date or time column of store, order"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ",,", " , ", "order,", ",order", "order,,order_line"})
    void shouldSayOnceThatTheNameOfATableIsMissing(String tables) {
        Ended ended = new Console().call("stream", "retail", "--table", tables, "--sink", "probe");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().startsWith("--table = ").contains(": a name is missing (");
    }

    @Test
    void shouldTellOfAMissingNameBesideWhatIsWrongWithTheOthers() {
        Ended ended = new Console().call("stream", "retail", "--table", "order,,ordr,order", "--sink", "probe");

        assertThat(ended.err()).satisfiesExactlyInAnyOrder(
                line -> assertThat(line).startsWith("--table = order,,ordr,order: a name is missing"),
                line -> assertThat(line).startsWith("--table = order,,ordr,order: names a table twice"),
                line -> assertThat(line).startsWith("--table = ordr: is no table of retail"));
    }

    @Test
    void shouldSayNothingButWarningsWhenQuietAndMoreWhenVerbose() {
        Ended quiet = new Console().call(order("--max-events", "10", "--quiet"));
        Ended verbose = new Console().call(order("--max-events", "10", "--verbose"));

        assertThat(quiet.err()).containsExactly("warning: the probe is open");
        assertThat(verbose.err()).contains("the probe sees [order]");
    }

    @Test
    void shouldRunSeveralLanes() {
        Ended three = new Console().call(order("--max-events", "1000", "--lanes", "3"));
        Ended auto = new Console().call(order("--max-events", "1000", "--lanes", "auto"));

        assertThat(three.code()).as(three.errText()).isZero();
        assertThat(three.errText()).contains("3 lanes").contains("1,000 events");
        assertThat(auto.code()).isZero();
        assertThat(auto.errText()).doesNotContain("lanes");
    }

    @Test
    void shouldRefuseLanesWithAnotherThreadPlan() {
        Ended ended = new Console().call(order("--lanes", "2", "--threads", "dedicated"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().contains("--lanes = 2").contains("--threads dedicated");
    }

    @Test
    void shouldShowProgressOnATerminalOnlyAndEraseIt() {
        String[] words = order("--rate", "100", "--duration", "1200ms");

        assertThat(new Console(true).call(words).errText()).contains("\r\u001b[K").contains("/s of 100/s, p99");
        assertThat(new Console(false).call(words).errText()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--seed|42x", "--seed|99999999999999999999", "--max-events|0", "--max-events|-3", "--max-events|1.5",
        "--max-events|9999999999999999999", "--from-seq|-1", "--duration|soon", "--duration|0", "--scale|huge",
        "--table|orders", "--table|order,customers", "--table|order,", "--table|order,order", "--table|''", "--timestamp-column|status", "--event-time|now",
        "--sink|probes", "--rate|banana", "--rate|-1", "--rate|NaN", "--rate|2G", "--stages|10s", "--stages|0s:5",
        "--burst|1:2", "--burst|1:0:2", "--burst|0:10:-1", "--pattern|nights", "--arrivals|pareto", "--catch-up|later",
        "--catch-up|drop:x", "--burst-capacity|0", "--out-of-order|1.1", "--out-of-order|NaN", "--out-of-order|0.95",
        "--max-delay-slots|0", "--max-delay-slots|10001", "--duplicates|-0.1", "--late|0.1", "--late|2:30s",
        "--anomaly-fraction|half", "--anomalies|/no/such/file.yaml", "--labels|/no/such/folder/labels",
        "--label-windows|/", "--threads|many", "--lanes|0", "--lanes|257", "--lanes|some", "--cpus|1-", "--cpus|3-1", "--cpus|1,1", "--cpus|2000",
        "--batch-size|0", "--batch-size|100001", "--result|/", "--result|/no/such/folder/r.json", "--hdr|/",
        "--fail-if|events_lost>1", "--fail-if|events_sent", "--fail-if|events_sent>many", "--fail-if|state>1",
        "--fail-if|sink_counters.nope>1", "--fail-if|anomalies_by_type.point:x>1", "--fail-if|events_safe<1",
        "--drain-timeout|ages", "--mode|sing", "--topic|t", "--schema|/no/such/schema.json", "--schema|/", "--pattern|/",
        "--anomalies|/", "--labels|/"
    })
    void shouldNameTheOptionAndTheValueThatAreWrongInOneLine(String option, String value) {
        List<String> words = new ArrayList<>(List.of("stream", "--max-events", "10", "--sink", "probe", "--table", "order"));
        if (!option.equals("--schema")) {
            words.add(1, "retail");
        }
        int given = words.indexOf(option);
        if (given >= 0) {
            words.set(given + 1, value);
        } else {
            words.addAll(List.of(option, value));
        }

        Ended ended = new Console().call(words.toArray(String[]::new));

        assertThat(ended.code()).as(ended.errText()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).singleElement().asString()
                .containsAnyOf(option + " = ", option + ": ")
                .doesNotContain("Exception");
    }

    @Test
    void shouldTellAllThatIsWrongWithACallAtOnce() {
        Ended ended = new Console().call(
                "stream", "retial", "--table", "ordr", "--scale", "smal", "--rate", "banana", "--sink", "probe", "--mode", "sing",
                "--cpus", "x", "--fail-if", "evnts_sent>1", "--sede", "1", "more", "--no-realtime", "--stages", "1s:5");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .anySatisfy(line -> assertThat(line).startsWith("DOMAIN = retial: ").contains("did you mean retail?"))
                .anySatisfy(line -> assertThat(line).startsWith("--rate = banana: is no rate (0 to 1G"))
                .anySatisfy(line -> assertThat(line).startsWith("--mode = sing: "))
                .anySatisfy(line -> assertThat(line).startsWith("--cpus = x: "))
                .anySatisfy(line -> assertThat(line).contains("evnts_sent is no metric (did you mean events_sent?"))
                .anySatisfy(line -> assertThat(line).startsWith("--sede: ").contains("did you mean --seed?"))
                .anySatisfy(line -> assertThat(line).startsWith("more: "))
                .anySatisfy(line -> assertThat(line).startsWith("--no-realtime: contradicts --rate"))
                .anySatisfy(line -> assertThat(line).startsWith("--no-realtime: contradicts --stages"))
                .anySatisfy(line -> assertThat(line).startsWith("--stages = 1s:5: takes the place of --rate"));

        Ended table = new Console().call(
                "stream", "retail", "--table", "ordr", "--scale", "smal", "--sink", "probe", "--mode", "sing");
        assertThat(table.err())
                .anySatisfy(line -> assertThat(line).startsWith("--table = ordr: ").contains("did you mean order?"))
                .anySatisfy(line -> assertThat(line).startsWith("--scale = smal: ").contains("did you mean small?"))
                .anySatisfy(line -> assertThat(line).startsWith("--mode = sing: "))
                .hasSize(3);
    }

    @Test
    void shouldAskForWhatIsMissing() {
        Ended ended = new Console().call("stream", "--sink", "probe");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).satisfiesExactlyInAnyOrder(
                line -> assertThat(line).startsWith("DOMAIN: is missing"),
                line -> assertThat(line).startsWith("--table: is missing"));
        assertThat(new Console().call("stream", "retail", "--schema", "x", "--table", "order").errText())
                .contains("--schema = x: is given together with the domain retail");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--rate=900", "--stages=2s:900", "--burst=0:1:90", "--pattern=retail-peak", "--arrivals=constant", "--catch-up=drop",
        "--late=0.01:1ms", "--realtime"
    })
    void shouldPaceWithEveryOptionThatIsAboutPacing(String option) {
        Ended paced = new Console().call(order(option, "--max-events", "5"));
        Ended contradiction = new Console().call(order(option, "--no-realtime"));

        assertThat(paced.code()).as(paced.errText()).isZero();
        assertThat(paced.errText()).contains("pacing: ").doesNotContain("as fast as it goes");
        assertThat(contradiction.code()).isEqualTo(2);
        assertThat(contradiction.err()).singleElement().asString().startsWith("--no-realtime: contradicts --");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--burst-capacity=5", "--out-of-order=0.1", "--duplicates=0.1", "--anomaly-fraction=0.1", "--no-realtime"})
    void shouldNotPaceWithOtherOptions(String option) {
        assertThat(new Console().call(order(option)).errText()).contains("as fast as it goes").contains("completed: ");
    }

    @Test
    void shouldRefuseAnOptionThatOnlyAnotherSinkHas() {
        Ended ended = new Console().call(order("--topic", "t", "--property", "a=b"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).containsExactly(
                "--topic: is no option of the probe sink (it belongs to --sink other)",
                "--property: is no option of the probe sink (it belongs to --sink other)");
        assertThat(new Console()
                        .call("stream", "retail", "-t", "order", "--sink", "other", "--topic", "t", "--property", "a=b",
                                "--property", "c=d", "--mode", "take")
                        .code())
                .isZero();
    }

    @Test
    void shouldFailWhenTheSinkRefuses() throws IOException {
        Path file = folder.resolve("result.json");
        Ended ended = new Console().call(order("--mode", "refuse", "--after", "500", "--result", file.toString(), "--fail-if",
                "events_failed>0"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.errText())
                .contains("failed: ", "error: the probe refuses", "events not delivered")
                .doesNotContain("\tat ");
        JsonObject result = (JsonObject) JsonReader.read(file);
        assertThat(((JsonString) result.get("state")).value()).isEqualTo("failed");
        assertThat(((JsonString) result.get("error")).value()).isEqualTo("the probe refuses");
        assertThat(number(result, "events_taken") + number(result, "duplicate_count"))
                .isEqualTo(number(result, "events_sent") + number(result, "events_failed") + number(result, "events_dropped"));
        assertThat(number(result, "in_flight")).isZero();
    }

    @Test
    void shouldShowAStackTraceWhenVerbose() {
        assertThat(new Console().call(order("--mode", "refuse", "--verbose")).errText()).contains("SinkException", "\tat ");
        assertThat(new Console().call(order("--rate", "x", "--verbose")).errText()).contains("ConfigurationException", "\tat ");
    }

    @Test
    void shouldEndWithThreeWhenAConditionHolds() {
        Ended ended = new Console().call(order("--max-events", "10", "--fail-if", "events_sent>9", "--fail-if", "events_sent>10",
                "--fail-if", "sink_counters.probed<11", "--anomaly-fraction", "1", "--fail-if", "anomalies_by_type.point:auto>1"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.errText())
                .contains("--fail-if events_sent>9: events_sent is 10", "sink_counters.probed is 10", "point:auto is 10")
                .doesNotContain("events_sent>10");
    }

    @Test
    void shouldReplaceAnOldResultWholeAndLeaveNothingBeside() throws IOException {
        Path file = Files.writeString(folder.resolve("result.json"), "old");

        assertThat(new Console().call(order("--max-events", "10", "--result", file.toString())).code()).isZero();

        assertThat(number((JsonObject) JsonReader.read(file), "events_sent")).isEqualTo(10);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldLogLatenciesInIntervals() throws IOException {
        Path file = folder.resolve("latency.hlog");

        assertThat(new Console().call(order("--rate", "500", "--duration", "1500ms", "--hdr", file.toString())).code()).isZero();

        long count = 0;
        int intervals = 0;
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) {
                count += ((Histogram) reader.nextIntervalHistogram()).getTotalCount();
                intervals++;
            }
        }
        assertThat(intervals).isGreaterThanOrEqualTo(2);
        assertThat(count).isBetween(600L, 900L);
    }

    @Test
    void shouldNameTheFileInWhichSomethingIsWrong() throws IOException {
        Path schema = Files.writeString(folder.resolve("bad.json"), """
                {"model": {"domain": "d"}, "tables": {"a": {"columns": {
                   "id": {"type": "integer", "generator": {"strategy": "sequense"}}}}}}
                """);
        Path anomalies = Files.writeString(folder.resolve("bad.yaml"), """
                anomalies:
                  - {type: point, name: a, column: nope}
                """);

        Ended wrongSchema = new Console().call("stream", "--schema", schema.toString(), "-t", "a", "--sink", "probe");
        Ended wrongAnomalies = new Console().call(order("--anomalies", anomalies.toString()));

        assertThat(wrongSchema.code()).isEqualTo(2);
        assertThat(wrongSchema.err()).anySatisfy(line -> assertThat(line).startsWith(schema + ":2:").contains("sequense"));
        assertThat(wrongAnomalies.code()).isEqualTo(2);
        assertThat(wrongAnomalies.err()).singleElement().asString().startsWith(anomalies + ": anomalies[0].column = nope: ");
    }

    private static long number(JsonObject result, String key) {
        return ((JsonNumber) result.get(key)).value().longValueExact();
    }
}
