package dev.spindle.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class StopSignalsTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143", "HUP,129"})
    void shouldDrainAndEndWithTheSignalsCode(Signals.Kind kind, int code) throws Exception {
        CompletableFuture<Integer> ended = console.start("stream", "retail", "-t", "order", "--sink", "probe", "--rate", "1000");

        console.send(kind);

        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(code);
        assertThat(console.err()).contains("stopping: ", "stopped: ").doesNotContain("not delivered");
    }

    @Test
    void shouldPutAConditionThatHoldsBeforeTheSignal() throws Exception {
        CompletableFuture<Integer> ended = console.start(
                "stream", "retail", "-t", "order", "--sink", "probe", "--rate", "1000", "--fail-if", "elapsed_seconds<60");

        console.send(Signals.Kind.TERM);

        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void shouldHaltWhenDrainingTakesTooLong() throws Exception {
        CompletableFuture<Integer> ended = console.start(
                "stream", "retail", "-t", "order", "--sink", "probe", "--mode", "stall", "--drain-timeout", "100ms");
        console.awaitErr("the probe holds still");

        console.send(Signals.Kind.INT);

        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(console.err()).contains("failed: ", "not delivered");
    }

    @Test
    void shouldHaltAtASecondSignal() throws Exception {
        CompletableFuture<Integer> ended =
                console.start("stream", "retail", "-t", "order", "--sink", "probe", "--mode", "stall", "--drain-timeout", "1h");
        console.awaitErr("the probe holds still");

        console.send(Signals.Kind.INT);
        console.send(Signals.Kind.INT);

        assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(console.err()).contains("failed: ", "not delivered");
    }

    @Test
    void shouldGiveUpARunThatDoesNotEvenEndWhenHalted() throws Exception {
        Path file = folder.resolve("result.json");
        console.start("stream", "retail", "-t", "order", "--sink", "probe", "--mode", "deaf", "--after", "300", "--batch-size",
                "100", "--result", file.toString());
        console.awaitErr("the probe holds still");

        console.send(Signals.Kind.INT);
        console.send(Signals.Kind.INT);

        assertThat(console.haltCode()).isEqualTo(1);
        assertThat(JsonReader.read(file)).isInstanceOfSatisfying(JsonObject.class, result -> {
            long sent = number(result, "events_sent");
            long open = number(result, "in_flight");
            assertThat(sent).as("whole batches, until 300 are taken").isBetween(300L, 399L);
            assertThat(open).isPositive();
            assertThat(sent + open).isEqualTo(number(result, "events_taken"));
        });
    }

    private static long number(JsonObject result, String key) {
        return ((JsonNumber) result.get(key)).value().longValueExact();
    }
}
