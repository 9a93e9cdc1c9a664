package dev.spindle.sinks.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.testing.RecordingContext;
import dev.spindle.sinks.testing.SinkContract;
import dev.spindle.sinks.testing.TestEvents;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class FileSinkTest extends SinkContract {

    private final TestEvents texts = new TestEvents("orders");

    @TempDir
    Path folder;

    @Override
    protected Class<? extends SinkProvider> provider() {
        return FileSinkProvider.class;
    }

    private Path file() {
        return folder.resolve("events.jsonl");
    }

    @Override
    protected Sink newSink() {
        return new FileSink(file(), false, false);
    }

    @Override
    protected Optional<List<String>> received() {
        try {
            return Optional.of(Files.readAllLines(file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(FileSink sink, int from, int to) {
        RecordingContext context = new RecordingContext(texts.tables(), to);
        sink.open(context);
        sink.write(texts.batch(from, to));
        sink.close(Duration.ofSeconds(1));
        assertThat(sink.counters()).containsEntry("events_safe", (long) to - from);
    }

    private StreamResult stream(int lanes, String output) {
        StreamResult result = new SpindleStreamer(StreamConfig.builder()
                        .domain("retail")
                        .table("order")
                        .maxEvents(20_003)
                        .lanes(lanes)
                        .sink("file", SinkSettings.NONE.with("output", folder.resolve(output).toString()))
                        .build())
                .stream();
        assertThat(result.state()).as("%s", result).isEqualTo(StreamResult.State.COMPLETED);
        assertThat(result.eventsSafe()).hasValue(20_003);
        return result;
    }

    @Test
    @Timeout(30)
    void shouldWriteTheSameFileFromSeveralLanes() {
        stream(1, "one.jsonl");
        stream(3, "three.jsonl");
        assertThat(folder.resolve("three.jsonl")).hasSameBinaryContentAs(folder.resolve("one.jsonl"));
    }

    @Test
    @Timeout(30)
    void shouldWriteAFileForEachLane() throws Exception {
        stream(1, "one.jsonl");
        StreamResult result = stream(3, "lane-{lane}.jsonl");
        List<String> one = Files.readAllLines(folder.resolve("one.jsonl"));
        for (int lane = 0; lane < 3; lane++) {
            List<String> own = new ArrayList<>();
            for (int i = lane; i < one.size(); i += 3) {
                own.add(one.get(i));
            }
            assertThat(Files.readAllLines(folder.resolve("lane-" + lane + ".jsonl"))).isEqualTo(own);
        }
        assertThat(result.threads()).hasSize(3);
        stream(1, "single-{lane}.jsonl");
        assertThat(folder.resolve("single-0.jsonl")).hasSameBinaryContentAs(folder.resolve("one.jsonl"));
    }

    @Test
    @Timeout(30)
    void shouldLeaveTheFirstEventsOfTheStreamWhenLanesAreStopped() throws Exception {
        stream(1, "one.jsonl");
        StreamRun run = new SpindleStreamer(StreamConfig.builder()
                        .domain("retail")
                        .table("order")
                        .plan(RunPlan.draft().paced(true).ratePerSecond(100_000).build())
                        .lanes(2)
                        .sink("file", SinkSettings.NONE.with("output", file().toString()))
                        .build())
                .prepare("stopped");
        CompletableFuture<StreamResult> result = CompletableFuture.supplyAsync(run::run);
        while (run.eventCounts().sent() < 1_000) {
            Thread.onSpinWait();
        }
        run.halt();
        StreamResult ended = result.get(20, TimeUnit.SECONDS);
        List<String> lines = Files.readAllLines(file());
        assertThat(ended.eventsSafe()).hasValue(lines.size());
        assertThat(lines).isEqualTo(Files.readAllLines(folder.resolve("one.jsonl")).subList(0, lines.size()));
    }

    @Test
    void shouldReplaceOrAppend() throws Exception {
        write(new FileSink(file(), false, false), 0, 10);
        write(new FileSink(file(), false, true), 0, 5);
        write(new FileSink(file(), true, false), 5, 8);
        assertThat(Files.readAllLines(file())).isEqualTo(texts.texts(0, 8));
    }

    @Test
    void shouldBeginALineOfItsOwnAfterOneThatIsTorn() throws Exception {
        Files.writeString(file(), "{\"torn\":");
        write(new FileSink(file(), true, false), 0, 2);
        assertThat(Files.readAllLines(file()).subList(1, 3)).isEqualTo(texts.texts(0, 2));
    }

    @Test
    void shouldRefuseADirectoryAndAMissingName() {
        assertThatThrownBy(() -> new FileSinkProvider().create(SinkSettings.NONE.with("output", folder.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("--output = " + folder + ": is a directory (a file)");
        assertThatThrownBy(() -> new FileSinkProvider().create(SinkSettings.NONE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--output: is missing");
    }

    @Test
    void shouldSayInOneLineWhyAFileCannotBeOpened() {
        Path missing = folder.resolve("none/here.jsonl");
        assertThatThrownBy(() -> new FileSink(missing, false, false).open(new RecordingContext(texts.tables(), 1)))
                .isInstanceOf(SinkException.class)
                .hasMessage("cannot write to " + missing + ": no such file or folder");
    }

    /** A named pipe that stays open for a reader who reads no more than the test does. */
    private RandomAccessFile pipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        } catch (IOException e) {
            throw new TestAbortedException("this system has no named pipes", e);
        }
        assertThat(made.waitFor()).isZero();
        return new RandomAccessFile(pipe.toFile(), "rw");
    }

    @Test
    @Timeout(20)
    void shouldWriteToANamedPipe() throws Exception {
        RecordingContext context = new RecordingContext(texts.tables(), 3);
        try (RandomAccessFile reader = pipe()) {
            FileSink sink = new FileSink(folder.resolve("pipe"), false, false);
            sink.open(context);
            Batch batch = texts.batch(0, 3);
            sink.write(batch);
            sink.close(Duration.ofSeconds(1));
            byte[] read = new byte[batch.endOffset()];
            reader.readFully(read);
            assertThat(new String(read, StandardCharsets.UTF_8).lines().toList()).isEqualTo(texts.texts(0, 3));
        }
        assertThat(context.acknowledged()).isEqualTo(3);
    }

    @Test
    @Timeout(20)
    void shouldGiveUpAPipeThatNobodyReadsWhenTheRunIsHalted() throws Exception {
        RecordingContext context = new RecordingContext(texts.tables(), 20_000);
        try (RandomAccessFile reader = pipe()) {
            FileSink sink = new FileSink(folder.resolve("pipe"), false, false);
            sink.open(context);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread writer = Thread.ofPlatform().daemon().start(() -> {
                try {
                    for (int i = 0; i < 20_000; i += 100) {
                        sink.write(texts.batch(i, i + 100));
                    }
                    thrown.complete(null);
                } catch (Throwable e) {
                    thrown.complete(e);
                }
            });
            while (!inPipeWrite(writer)) {
                Thread.onSpinWait();
            }
            context.halt();
            assertThat(thrown.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("the run was stopped while the reader of");
            sink.close(Duration.ZERO);
            assertThat(reader.read()).isEqualTo('{');
            assertThat(context.acknowledged()).isPositive().isLessThan(20_000);
            assertThat(sink.counters()).containsEntry("events_safe", context.acknowledged());
        }
    }

    /** Whether nothing has moved for so long that the pipe must be full. */
    private static boolean inPipeWrite(Thread writer) {
        StackTraceElement[] before = writer.getStackTrace();
        boolean isWriting = Arrays.stream(before).anyMatch(frame -> frame.getMethodName().equals("write0"));
        LockSupport.parkNanos(100_000_000);
        return isWriting && Arrays.equals(before, writer.getStackTrace());
    }

    @Test
    @Timeout(20)
    void shouldSayThatTheReaderHasGone() throws Exception {
        RecordingContext context = new RecordingContext(texts.tables(), 10);
        RandomAccessFile reader = pipe();
        FileSink sink = new FileSink(folder.resolve("pipe"), false, false);
        sink.open(context);
        reader.close();
        assertThatThrownBy(() -> sink.write(texts.batch(0, 10)))
                .isInstanceOfSatisfying(SinkException.class, e -> assertThat(e.isReaderGone()).isTrue());
        sink.close(Duration.ZERO);
    }

    /** On a real disk of 16 KiB, in memory, where this process may mount one. */
    @Test
    void shouldKeepTheWholeLinesOfBatchesThatFillTheDiskTogether() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString()), "nothing can be mounted here");
        try {
            RecordingContext context = new RecordingContext(texts.tables(), 800);
            FileSink sink = new FileSink(disk.resolve("events.jsonl"), false, false);
            sink.open(context);
            Batch[] batches = new Batch[4];
            for (int i = 0; i < batches.length; i++) {
                batches[i] = texts.batch(200L * i, 200L * (i + 1));
            }
            assertThatThrownBy(() -> sink.writeAll(batches, 0, 4))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("No space left on device");
            List<String> lines = Files.readAllLines(disk.resolve("events.jsonl"));
            assertThat(lines).hasSizeBetween(201, 599).isEqualTo(texts.texts(0, lines.size()));
            assertThat(Files.size(disk.resolve("events.jsonl"))).isGreaterThan(16_384 - 200);
            assertThat(context.acknowledged()).isEqualTo(lines.size());
            assertThat(Arrays.stream(batches).mapToInt(Batch::accepted).sum()).isEqualTo(lines.size());
            assertThat(batches[0].accepted()).isEqualTo(200);
            assertThat(batches[3].accepted()).isZero();
            assertThat(sink.counters()).containsEntry("events_safe", (long) lines.size());
            sink.close(Duration.ofSeconds(1));
        } finally {
            ran("umount", disk.toString());
        }
    }

    private static boolean ran(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldSayWhatIsSafeWhenTheDiskIsFull() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "this system has no /dev/full");
        RecordingContext context = new RecordingContext(texts.tables(), 10);
        FileSink sink = new FileSink(full, false, false);
        sink.open(context);
        Batch batch = texts.batch(0, 10);
        assertThatThrownBy(() -> sink.write(batch))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("cannot write to /dev/full: No space left on device");
        assertThat(batch.accepted()).isZero();
        assertThat(context.acknowledged()).isZero();
        assertThat(sink.counters()).containsEntry("events_safe", 0L);
        sink.close(Duration.ofSeconds(1));
    }
}
