package dev.spindle.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spindle.ops.Launched.Ended;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The distribution as its users meet it: processes, pipes, signals, full disks. */
class DistributionTest {

    @TempDir
    private Path scratch;

    private Ended spindle(String... words) throws Exception {
        try (Launched launched = Launched.spindle(scratch, words)) {
            return launched.end();
        }
    }

    private Ended shell(String line) throws Exception {
        try (Launched launched = Launched.shell(scratch, line)) {
            return launched.end();
        }
    }

    @Test
    void shouldSayItsVersion() throws Exception {
        Ended ended = spindle("version");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("spindle ");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void shouldStreamAsManyEventsAsAskedToStandardOutput() throws Exception {
        Ended ended = spindle("stream", "retail", "--table", "order", "--max-events", "1000");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).hasSize(1_000).allMatch(line -> line.startsWith("{\"order_id\":") && line.endsWith("}"));
        assertThat(ended.err()).contains("completed: 1,000 events sent").doesNotContain("warning", "error");
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void shouldDrainAtASignalAndLoseNothing(String signal, int code) throws Exception {
        Path result = scratch.resolve("result.json");
        try (Launched launched = Launched.spindle(
                scratch, "stream", "retail", "-t", "order", "--rate", "500", "--result", result.toString())) {
            launched.awaitLines(50);
            launched.signal(signal);
            Ended ended = launched.end();

            assertThat(ended.code()).as(ended.err()).isEqualTo(code);
            assertThat(ended.out()).endsWith("}\n");
            long lines = ended.out().lines().count();
            assertThat(Files.readString(result))
                    .contains("\"state\": \"stopped\"", "\"events_sent\": " + lines + ",", "\"in_flight\": 0,");
        }
    }

    @Test
    void shouldEndAtOnceAtASecondSignalAndSayWhatIsLost() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "needs /proc");
        // The reader opens the pipe and never reads, so that the sink is stuck in a write.
        try (Launched launched = Launched.shell(scratch, "mkfifo pipe; sleep 60 <pipe & reader=$!; echo; exec \"$SPINDLE\""
                + " stream retail -t order -s large --quiet --drain-timeout 1h >pipe")) {
            launched.awaitLines(1);
            launched.awaitBytesWritten(20_000);
            launched.signal("TERM");
            launched.signal("TERM");
            Ended ended = launched.end();

            assertThat(ended.code()).as(ended.err()).isEqualTo(1);
            assertThat(ended.err()).contains("not delivered");
        }
    }

    @Test
    void shouldEndQuietlyWhenItsReaderHasHadEnough() throws Exception {
        Ended ended = shell("{ \"$SPINDLE\" stream retail -t order -s large; echo $? >code; } | head -n 5");

        assertThat(ended.out().lines()).hasSize(5);
        assertThat(ended.err()).doesNotContain("error", "Exception");
        assertThat(Files.readString(scratch.resolve("code"))).isEqualTo("0\n");
    }

    @Test
    void shouldSayInOneLineThatADiskIsFull() throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "needs /dev/full");

        Ended file = spindle("stream", "retail", "-t", "order", "--sink", "file", "--output", "/dev/full", "--quiet");
        Ended console = shell("\"$SPINDLE\" stream retail -t order --quiet >/dev/full");
        Ended result = spindle("stream", "retail", "-t", "order", "--sink", "null", "--quiet", "--result", "/dev/full");

        assertThat(List.of(file.code(), console.code(), result.code())).containsOnly(1);
        assertThat(file.err()).contains("error: ", "/dev/full", "No space left on device");
        assertThat(console.err()).contains("error: ", "standard output", "No space left on device");
        assertThat(result.err()).containsOnlyOnce("error: ").contains("--result = /dev/full", "No space left on device");
    }

    @Test
    void shouldRefuseWrongOptionsWithoutAStackTrace() throws Exception {
        Ended ended = spindle("stream", "retail", "--tabel", "order", "--rate", "banana");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("--tabel: is no option (did you mean --table?", "--rate = banana: is no rate", "--table: is missing")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void shouldRunItsOwnExamples() throws Exception {
        Path examples = Launched.folder().resolve("examples");
        Ended anomalies = spindle(
                "stream", "retail", "-t", "order", "--anomalies", examples.resolve("anomalies.yaml").toString(), "--fail-if",
                "anomalies_by_type.point:extreme_amount<1", "--fail-if", "anomalies_by_type.contextual:wrong_status<1", "--fail-if",
                "anomalies_by_type.collective:velocity_burst<1");
        Ended pattern = spindle(
                "stream", "retail", "-t", "order", "--rate", "1000", "--pattern", examples.resolve("evenings.yaml").toString(),
                "--max-events", "50");

        assertThat(anomalies.code()).as(anomalies.err()).isZero();
        assertThat(pattern.code()).as(pattern.err()).isZero();
    }

    @Test
    void shouldStartThroughALinkAndFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(
                Files.createDirectory(scratch.resolve("a b")).resolve("sp"), Launched.folder().resolve("bin/spindle"));
        Path further = Files.createSymbolicLink(scratch.resolve("further"), Path.of("a b/sp"));

        assertThat(shell("'" + link + "' version").code()).isZero();
        assertThat(shell("cd / && '" + further + "' version").code()).isZero();
        assertThat(shell("PATH=\"" + scratch + ":$PATH\"; further version").code()).isZero();
        Files.delete(further);
        Files.delete(link);
    }

    @Test
    void shouldSayWhichJavaItNeedsWhenThereIsNone() throws Exception {
        Path old = Files.createDirectories(scratch.resolve("old/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        Files.createFile(old.resolve("bin/java")).toFile().setExecutable(true);
        Path launcher = Launched.folder().resolve("bin/spindle");
        String emptied = Files.readString(launcher).replaceAll("/usr/lib/jvm/\\*[^;]*; do", "/nowhere/*; do");
        Path copy = Files.createDirectories(scratch.resolve("dist/bin")).resolve("spindle");
        Files.writeString(copy, emptied);

        try (Launched launched = Launched.start(
                scratch,
                Map.of("JAVA_HOME", old.toString(), "PATH", old.resolve("bin") + ":/usr/bin:/bin"),
                List.of("sh", copy.toString(), "version"))) {
            Ended ended = launched.end();

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err().lines()).singleElement().asString().startsWith("spindle: a JDK 25 or newer is needed");
        }
    }

    @Test
    void shouldRunWhereverItIsUnpacked() throws Exception {
        Path archive = Path.of(System.getProperty("spindle.archive"));
        Ended unpacked = shell("tar xzf '" + archive + "' && mv spindle-* 'some where' && cd 'some where' && ls && bin/spindle stream"
                + " retail -t order --max-events 3 --quiet");

        assertThat(unpacked.code()).as(unpacked.err()).isZero();
        assertThat(unpacked.out()).contains("LICENSE", "NOTICE", "THIRD-PARTY.txt", "bin", "etc", "lib");
        assertThat(unpacked.out().lines().filter(line -> line.startsWith("{"))).hasSize(3);
        assertThat(unpacked.err()).isEmpty();
    }

    @Test
    void shouldIgnoreAClassDataArchiveThatDoesNotFit() throws Exception {
        Ended copied = shell("cp -r '" + Launched.folder() + "' copy && touch copy/lib/*.jar && copy/bin/spindle version"
                + " && echo nonsense >copy/lib/spindle.jsa && copy/bin/spindle version");

        assertThat(copied.code()).isZero();
        assertThat(copied.err()).isEmpty();
        assertThat(copied.out().lines().filter(line -> line.startsWith("spindle "))).hasSize(2);
        assertThat(copied.out().lines()).hasSize(4);
    }

    @Test
    void shouldFindASinkInAJarThatIsDroppedBesideTheOthers() throws Exception {
        Ended copied = shell("cp -r '" + Launched.folder() + "' copy");
        assertThat(copied.code()).isZero();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(scratch.resolve("copy/lib/dropped.jar")))) {
            jar.putNextEntry(new ZipEntry("META-INF/services/dev.spindle.engine.publish.SinkProvider"));
            jar.write("dev.spindle.sinks.Missing\n".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }

        Ended ended = shell("copy/bin/spindle help stream");

        // A provider that cannot be loaded shows that the jar was looked into.
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("dev.spindle.sinks.Missing").doesNotContain("\tat ");
    }
}
