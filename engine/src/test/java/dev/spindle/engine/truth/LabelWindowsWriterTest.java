package dev.spindle.engine.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelWindowsWriterTest {

    private static final long MOMENT = 1_700_000_000_000_000L;

    @TempDir
    Path directory;

    private final Event event = new Event(1);

    private Event event(int table, long sequence, long micros) {
        event.table = table;
        event.sequence = sequence;
        event.values[0] = micros;
        event.anomaly = 1;
        return event;
    }

    private static LabelledTable table(String name) {
        return new LabelledTable(name, List.of(new Column("time", ColumnType.TIMESTAMP, 0, null, false)), 0);
    }

    private LabelWindowsWriter writer(Path file, int most) {
        return new LabelWindowsWriter(file, List.of(table("order"), table("re\"turn")), most).open();
    }

    @Test
    void shouldWriteTheShapeOfTheBenchmarkWithNeighboursMergedAndOneWindowForEachGroup() throws IOException {
        Path file = directory.resolve("windows.json");
        LabelWindowsWriter writer = writer(file, 100);
        Truth truth = writer.truth();
        truth.rowAnomaly(event(0, 10, MOMENT), 0, 0);
        truth.rowAnomaly(event(0, 11, MOMENT + 1_000_000), 0, 0);
        truth.rowAnomaly(event(0, 13, MOMENT + 3_000_000), 0, 0);
        truth.groupAnomaly(event(0, 14, MOMENT), 0, 0, 77, MOMENT - 60_000_000, MOMENT - 1);
        truth.groupAnomaly(event(0, 20, MOMENT), 0, 0, 78, MOMENT - 90_000_000, MOMENT - 2);
        truth.groupAnomaly(event(0, 30, MOMENT), 0, 0, 77, MOMENT - 60_000_000, MOMENT - 1);
        truth.misplaced(event(0, 40, MOMENT), Truth.Misplacement.LATE);
        truth.rowAnomaly(event(0, 12, MOMENT + 2_000_000), 0, 0);
        truth.rowAnomaly(event(0, 50, Event.NULL), 0, 0);
        truth.rowAnomaly(event(1, 51, MOMENT), 0, 0);
        truth.endOfBatch();
        truth.endOfStream();
        writer.close();
        writer.close();

        assertThat(Files.readString(file))
                .isEqualTo(
                        """
                        {
                          "order": [
                            ["2023-11-14 22:11:50.000000", "2023-11-14 22:13:19.999998"],
                            ["2023-11-14 22:12:20.000000", "2023-11-14 22:13:19.999999"],
                            ["2023-11-14 22:13:20.000000", "2023-11-14 22:13:23.000000"]
                          ],
                          "re\\"turn": [
                            ["2023-11-14 22:13:20.000000", "2023-11-14 22:13:20.000000"]
                          ]
                        }
                        """);
    }

    @Test
    void shouldMergeAcrossLanes() throws IOException {
        Path file = directory.resolve("windows.json");
        LabelWindowsWriter writer = writer(file, 1_000);
        Truth even = writer.truth();
        Truth odd = writer.truth();
        for (int n = 0; n < 200; n++) {
            Truth lane = n % 2 == 0 ? even : odd;
            lane.rowAnomaly(event(0, n, MOMENT + n), 0, 0);
            lane.groupAnomaly(event(0, 1_000 + n, 0), 0, 0, n / 50 * 7L, MOMENT + n / 50, MOMENT + 99);
        }
        writer.close();

        assertThat(Files.readAllLines(file)).hasSize(1 + 1 + 5 + 1 + 1 + 1).anySatisfy(line -> assertThat(line)
                .contains("\"2023-11-14 22:13:20.000000\", \"2023-11-14 22:13:20.000199\""));
    }

    @Test
    void shouldWriteEmptyListsWhenNothingHappened() throws IOException {
        Path file = directory.resolve("windows.json");
        writer(file, 1).close();

        assertThat(Files.readString(file)).isEqualTo("{\n  \"order\": [],\n  \"re\\\"turn\": []\n}\n");
    }

    @Test
    void shouldRefuseMoreWindowsThanItsMemoryHolds() throws IOException {
        Path file = directory.resolve("windows.json");
        try (LabelWindowsWriter writer = writer(file, 2)) {
            Truth truth = writer.truth();
            truth.rowAnomaly(event(0, 1, MOMENT), 0, 0);
            truth.rowAnomaly(event(0, 3, MOMENT), 0, 0);
            truth.rowAnomaly(event(0, 4, MOMENT), 0, 0);
            assertThatThrownBy(() -> truth.rowAnomaly(event(0, 6, MOMENT), 0, 0))
                    .isInstanceOf(SinkException.class)
                    .hasMessageContaining("2 windows at most");
        }
        assertThatThrownBy(() -> writer(directory.resolve("nowhere/w.json"), 1)).isInstanceOf(SinkException.class);
    }

    @Test
    void shouldHoldManyNumbersInASetOnce() {
        LongSet set = new LongSet();
        for (int round = 0; round < 2; round++) {
            for (long n = 0; n < 10_000; n++) {
                assertThat(set.add(n * 0x9E3779B97F4A7C15L)).isEqualTo(round == 0);
            }
        }
    }
}
