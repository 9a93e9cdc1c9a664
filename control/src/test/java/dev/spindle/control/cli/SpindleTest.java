package dev.spindle.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.control.cli.Console.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command but stream. */
class SpindleTest {

    @TempDir
    private Path folder;

    @Test
    void shouldTellHowItIsUsedWhenNothingIsAsked() {
        Ended ended = new Console().call();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.errText()).contains("Usage: spindle COMMAND", "stream [DOMAIN]", "validate FILE");
    }

    @Test
    void shouldSuggestTheCommandThatWasMeant() {
        Ended ended = new Console().call("strem", "retail");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().startsWith("strem: is no command (did you mean stream?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "domains", "describe", "validate", "doctor", "completion", "version", "help"})
    void shouldHelpWithEveryCommand(String command) {
        Ended help = new Console().call("help", command);
        Ended option = new Console().call(command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: spindle " + command).contains("--verbose");
        assertThat(option).isEqualTo(help);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-V"})
    void shouldSayItsVersion(String word) {
        Ended ended = new Console().call(word);

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).matches("(?s)spindle \\d+\\.\\d+\\.\\d+\\S*\n.*25.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"domains", "version", "doctor"})
    void shouldRefuseWordsThatACommandDoesNotTake(String command) {
        Ended ended = new Console().call(command, "more", "--nope");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"describe", "validate", "completion"})
    void shouldAskForTheWordThatACommandNeeds(String command) {
        Ended ended = new Console().call(command);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().contains("is missing");
    }

    @Test
    void shouldListTheDomains() {
        Ended ended = new Console().call("domains");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("retail: ", "order_line", "xxxl");
    }

    @Test
    void shouldDescribeADomain() {
        Ended ended = new Console().call("describe", "retail");

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("order_id*", "key of customer.customer_id, pareto(1.16)", "email", "5 % null")
                .contains("order_line.order_id", "-> order.order_id")
                .contains("  event time: order_date", "the rows follow those of order\n", "the rows come first")
                .containsPattern("\n  order_id +customer_id +store_id .*\n  1 +\\d+ .* 2022-01-01T00:00:00Z .*\n  2 ")
                .containsPattern("xxxl +100,000,000 .* 10,000,000,000");
    }

    @Test
    void shouldDescribeNumbersWithoutExponents() {
        Ended ended = new Console().call("describe", "iot");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("0.000001..0.02 days").doesNotContainPattern("\\dE-?\\d");
    }

    @Test
    void shouldSuggestTheDomainThatWasMeant() {
        Ended ended = new Console().call("describe", "retial");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().contains("retial", "did you mean retail?");
    }

    @Test
    void shouldTellEveryProblemOfASchemaFileWithItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.spindle.json"), """
                {"model": {"name": "m", "domain": "d"},
                 "tables": {"a": {"primary_key": ["id"], "columns": {
                   "id": {"type": "integer", "generator": {"strategy": "sequense"}},
                   "n": {"type": "nonsense", "generator": {"strategy": "uuid"}}}}}}
                """);

        Ended ended = new Console().call("validate", file.toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .hasSizeGreaterThanOrEqualTo(2)
                .anySatisfy(line -> assertThat(line).contains(":3:", "tables.a.columns.id", "sequense"))
                .anySatisfy(line -> assertThat(line).contains(":4:", "tables.a.columns.n", "nonsense"));
    }

    @Test
    void shouldSayThatASchemaFileIsValid() throws IOException {
        Path file = Files.writeString(folder.resolve("good.spindle.json"), """
                {"model": {"name": "m", "domain": "d"},
                 "tables": {"a": {"primary_key": ["id"], "columns": {
                   "id": {"type": "integer", "generator": {"strategy": "sequence"}}}}}}
                """);

        Ended ended = new Console().call("validate", file.toString());

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("good.spindle.json: valid, 1 table");
    }

    @Test
    void shouldTellWhyAFileCannotBeRead() {
        Ended ended = new Console().call("validate", folder.resolve("none.json").toString());

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).singleElement().asString().contains("none.json", "no such file");
    }

    @Test
    void shouldPrintACompletionScriptThatAShellUnderstands() throws Exception {
        Ended ended = new Console().call("completion", "bash");
        Path script = Files.writeString(folder.resolve("completion"), ended.out());
        Process shell = new ProcessBuilder("sh", "-c", "command -v bash >/dev/null || exit 0; bash -n '" + script + "'")
                .redirectErrorStream(true)
                .start();

        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
        assertThat(ended.out()).contains("--max-events", "describe", "poisson");
        assertThat(new Console().call("completion", "fish").code()).isEqualTo(2);
    }

    @Test
    void shouldSayWhetherTheHostIsFit() {
        Ended ended = new Console().call("doctor");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("clock jitter", "park lateness");
    }
}
