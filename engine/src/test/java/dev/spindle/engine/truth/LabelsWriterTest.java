package dev.spindle.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.time.ManualClock;
import dev.spindle.engine.truth.Truth.Misplacement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LabelsWriterTest {

    private static final List<Column> COLUMNS = List.of(
            new Column("total \"net\"", ColumnType.DECIMAL, 2, null, false),
            new Column("note", ColumnType.TEXT, 0, null, false),
            new Column("time", ColumnType.TIMESTAMP, 0, null, false));
    private static final long MOMENT = 1_700_000_000_000_000L;

    private final ManualClock clock = new ManualClock(5_000_000_000L, 0);

    @TempDir
    Path directory;

    private LabelsWriter writer(Path file) {
        return new LabelsWriter(
                file,
                List.of("point:big", "contextual:odd \\"),
                List.of(new LabelledTable("order", COLUMNS, 2)),
                        clock)
                .open();
    }

    private static Event event(long sequence, long micros) {
        Event event = new Event(COLUMNS.size());
        event.sequence = sequence;
        event.values[2] = micros;
        return event;
    }

    @Test
    void shouldWriteOneLineForEachAnomalyAndEachMisplacedEvent() throws IOException {
        Path file = directory.resolve("labels.jsonl");
        LabelsWriter writer = writer(file);
        Truth truth = writer.truth();

        Event big = event(12, MOMENT);
        big.anomaly = 1;
        big.values[0] = 123_456;
        truth.rowAnomaly(big, 0, 1_230);
        Event odd = event(13, MOMENT + 1_500);
        odd.anomaly = 2;
        odd.values[1] = odd.appendText("grün".getBytes(StandardCharsets.UTF_8), 0, 5);
        truth.rowAnomaly(odd, 1, Event.NULL);
        Event late = event(11, Event.NULL);
        late.slip = 3;
        late.extent = 4;
        truth.misplaced(late, Misplacement.REORDERED);
        truth.misplaced(late, Misplacement.DUPLICATE);
        truth.misplaced(late, Misplacement.LATE);
        writer.close();
        writer.close();

        assertThat(Files.readString(file))
                .isEqualTo(
                        """
                        {"seq":12,"type":"point:big","event_time":"2023-11-14T22:13:20Z","changes":{"total \\"net\\"":{"original":12.30,"new":1234.56}}}
                        {"seq":13,"type":"contextual:odd \\\\","event_time":"2023-11-14T22:13:20.001500Z","changes":{"note":{"original":null,"new":"grün"}}}
                        {"seq":11,"type":"reordered","event_time":null,"slip":3,"extent":4}
                        {"seq":11,"type":"duplicate","event_time":null,"slip":3}
                        {"seq":11,"type":"late","event_time":null,"extent":4}
                        """);
    }

    @Test
    void shouldShowLinesToWhoReadsAlongWithoutAWriteForEach() throws IOException {
        Path file = directory.resolve("labels.jsonl");
        try (LabelsWriter writer = writer(file)) {
            Truth truth = writer.truth();
            truth.misplaced(event(1, MOMENT), Misplacement.LATE);
            assertThat(file).isEmptyFile();
            truth.endOfBatch();
            assertThat(Files.readAllLines(file)).hasSize(1);

            truth.misplaced(event(2, MOMENT), Misplacement.LATE);
            truth.endOfBatch();
            assertThat(Files.readAllLines(file)).hasSize(1);

            clock.advanceNanos(200_000_000);
            truth.endOfBatch();
            assertThat(Files.readAllLines(file)).hasSize(2);

            truth.misplaced(event(3, MOMENT), Misplacement.LATE);
            truth.endOfStream();
            assertThat(Files.readAllLines(file)).hasSize(3);
        }
    }

    @Test
    @Timeout(30)
    void shouldKeepLinesWholeWhenLanesWriteSideBySide() throws Exception {
        Path file = directory.resolve("labels.jsonl");
        int lanes = 3;
        int lines = 20_000;
        try (LabelsWriter writer = writer(file)) {
            Thread[] threads = new Thread[lanes];
            for (int lane = 0; lane < lanes; lane++) {
                int offset = lane;
                threads[lane] = Thread.ofPlatform().start(() -> {
                    Truth truth = writer.truth();
                    for (int i = 0; i < lines; i++) {
                        truth.misplaced(event((long) i * lanes + offset, MOMENT), Misplacement.LATE);
                    }
                });
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        List<String> all = Files.readAllLines(file);
        assertThat(all).hasSize(lanes * lines).doesNotHaveDuplicates();
        assertThat(all).allMatch(line -> JsonReader.parse(line, "line") instanceof JsonObject);
    }

    @Test
    void shouldReplaceWhatWasThereAndTakeLinesOfAnyLength() throws IOException {
        Path file = directory.resolve("labels.jsonl");
        Files.writeString(file, "old\n".repeat(100_000));
        byte[] text = "x".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        try (LabelsWriter writer = writer(file)) {
            Truth truth = writer.truth();
            truth.misplaced(event(1, MOMENT), Misplacement.LATE);
            Event event = event(2, MOMENT);
            event.anomaly = 1;
            event.values[1] = event.appendText(text, 0, text.length);
            truth.rowAnomaly(event, 1, Event.NULL);
        }

        assertThat(Files.readAllLines(file)).hasSize(2).last().asString().hasSizeGreaterThan(200_000);
    }

    @Test
    void shouldSayInOneLineWhyTheFileCannotBeWritten() throws IOException {
        Path missing = directory.resolve("nowhere/labels.jsonl");
        assertThatThrownBy(() -> writer(missing))
                .isInstanceOf(SinkException.class)
                .hasMessage("the labels file " + missing + " cannot be written: no such directory");

        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        LabelsWriter writer = writer(full);
        Truth truth = writer.truth();
        truth.misplaced(event(1, MOMENT), Misplacement.LATE);
        assertThatThrownBy(truth::endOfStream)
                .isInstanceOf(SinkException.class)
                .hasMessageStartingWith("the labels file /dev/full cannot be written: ");
        writer.close();
    }
}
