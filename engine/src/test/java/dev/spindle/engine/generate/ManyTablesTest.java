package dev.spindle.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import dev.spindle.engine.row.StreamOrder;
import dev.spindle.engine.row.StreamRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several tables in one stream: in order of time, parents first, every row once, from any event on. */
class ManyTablesTest {

    private static List<String> tables(Schema schema) {
        return new ArrayList<>(schema.tables().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"retail", "iot", "payments", "clickstream", "telecom"})
    void shouldInterleaveAllTablesOfADomain(String domain) {
        Schema schema = Domains.named(domain);
        assertThat(new InterleavedTables(schema, "small", tables(schema)).broken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldInterleaveSomeTablesNamedInAnyOrder(long seed) {
        Schema schema = Domains.named("retail");
        List<String> tables = tables(schema);
        Collections.shuffle(tables, new Random(seed));
        List<String> some = tables.subList(0, 2 + (int) seed % (tables.size() - 1));
        assertThat(new InterleavedTables(schema, "fabric_demo", some).broken()).as("seed %d: %s", seed, some).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"retail, small", "payments, fabric_demo", "clickstream, fabric_demo"})
    void shouldStandWhereItWouldHaveWalkedTo(String domain, String scale) {
        Schema schema = Domains.named(domain);
        InterleavedTables stream = new InterleavedTables(schema, scale, tables(schema));
        StreamOrder walking = stream.rows().order();
        StreamOrder jumping = stream.rows().order();
        long rows = walking.rows();
        long step = rows / 2_000 + 1;
        for (long n = 0; n < 3 * rows / 2; n++) {
            assertThat(walking.next()).isTrue();
            if (n % step == 0 || Math.abs(n - rows) < 40) {
                jumping.seek(n);
                assertThat(jumping.next()).isTrue();
                assertThat(jumping.table()).as("table of event %d", n).isEqualTo(walking.table());
                assertThat(jumping.row()).as("row of event %d", n).isEqualTo(walking.row());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 17, 1_000, 4_999, 12_345, 21_700, 21_749, 21_750, 30_000})
    void shouldGiveTheTailOfTheStreamFromAnyEvent(long first) {
        Schema schema = Domains.named("retail");
        InterleavedTables stream = new InterleavedTables(schema, "small", tables(schema));
        List<String> whole = stream.from(0, 1, 31_000);
        List<String> tail = stream.from(first, 1, 200);
        assertThat(tail).isEqualTo(whole.subList((int) first, (int) first + 200));
        assertThat(stream.from(first, 3, 50))
                .isEqualTo(java.util.stream.IntStream.range(0, 50).mapToObj(i -> whole.get((int) first + 3 * i)).toList());
    }

    @Test
    void shouldComputeItsFirstEventsTwiceWhenAskedTo() {
        Schema schema = Domains.named("retail");
        StreamRows rows = new InterleavedTables(schema, "fabric_demo", tables(schema)).rows();
        GenerateStage stage = GenerateStage.of(rows, new Slice(100, 500, 1, 1));
        GenerateStage again = stage.again(300);
        List<String> rehearsed = InterleavedTables.lines(rows, again);
        assertThat(rehearsed).hasSize(300);
        assertThat(InterleavedTables.lines(rows, stage)).hasSize(500).startsWith(rehearsed.toArray(String[]::new));
    }

    @Test
    void shouldGoOnBeyondTheScaleInOrderOfTime() {
        Schema schema = Domains.named("retail");
        List<String> tables = List.of("store", "customer", "order", "order_line");
        InterleavedTables stream = new InterleavedTables(schema, "fabric_demo", tables);
        StreamOrder order = stream.rows().order();
        long[] seen = new long[tables.size()];
        order.seek(0);
        for (long n = 0; n < 5 * order.rows(); n++) {
            assertThat(order.next()).isTrue();
            assertThat(order.row()).as("event %d, of %s", n, tables.get(order.table())).isEqualTo(seen[order.table()]);
            seen[order.table()]++;
        }
        RowCounts counts = RowCounts.at(schema, "fabric_demo");
        assertThat(seen[0]).isEqualTo(counts.of("store"));
        for (int i = 1; i < seen.length; i++) {
            assertThat((double) seen[i] / counts.of(tables.get(i))).as(tables.get(i)).isBetween(4.0, 6.0);
        }
    }

    @Test
    void shouldEndWithTheLastRowWhereNoTableHasATime() {
        Schema schema = Domains.named("retail");
        InterleavedTables stream = new InterleavedTables(schema, "small", List.of("product", "store", "product_category"));
        List<String> lines = stream.from(0, 1, 10_000);
        assertThat(lines).hasSize(500 + 150 + 50);
        assertThat(lines.getFirst()).contains("\"_spindle_table\":\"store\"");
        assertThat(lines.get(150)).contains("\"_spindle_table\":\"product_category\"");
        assertThat(lines.getLast()).contains("\"_spindle_table\":\"product\"");
        assertThat(stream.from(690, 4, 100)).hasSize(3);
        assertThat(stream.from(5_000, 1, 100)).isEmpty();
    }

    @Test
    void shouldStandAtItsParentsTimesWhereTheParentIsNotStreamed() {
        Schema schema = Domains.named("retail");
        List<String> lines = new InterleavedTables(schema, "small", List.of("order_line", "return")).from(0, 1, 13_350);
        List<String> whole = new InterleavedTables(schema, "small", List.of("order", "order_line", "return")).from(0, 1, 18_350);
        assertThat(lines.stream().map(ManyTablesTest::withoutSequence))
                .isEqualTo(whole.stream()
                        .filter(line -> !line.contains("\"_spindle_table\":\"order\""))
                        .map(ManyTablesTest::withoutSequence)
                        .toList());
    }

    private static String withoutSequence(String line) {
        return line.replaceAll("\"_spindle_seq\":\\d+", "");
    }

    @Test
    void shouldBeginFarOnInNoTime() {
        Schema schema = Domains.named("retail");
        StreamOrder order = new InterleavedTables(schema, "xxxl", tables(schema)).rows().order();
        assertThat(order.rows()).isGreaterThan(30_000_000_000L);
        long begin = System.nanoTime();
        for (long first : new long[] {10_000_000_000L, order.rows() - 1, order.rows(), 1L << 53}) {
            order.seek(first);
            assertThat(order.next()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    /** A table whose keys are all drawn, one with a second parent, and one whose parents' children are counted. */
    private static final String AWKWARD =
            """
            {"model": {"name": "awkward", "domain": "awkward", "date_range": {"start": "2024-01-01", "end": "2024-12-31"}},
             "tables": {
              "tag": {"primary_key": ["id"], "columns": {
                "id": {"type": "integer", "generator": {"strategy": "sequence"}},
                "item_id": {"type": "integer", "generator": {"strategy": "foreign_key", "ref": "item.id", "distribution": "zipf", "alpha": 1.2}},
                "event_id": {"type": "integer", "generator": {"strategy": "foreign_key", "ref": "event.id"}}}},
              "item": {"primary_key": ["id"], "columns": {
                "id": {"type": "integer", "generator": {"strategy": "sequence"}},
                "box_id": {"type": "integer", "generator": {"strategy": "foreign_key", "ref": "box.id", "distribution": "pareto", "alpha": 1.2}},
                "tags": {"type": "integer", "generator": {"strategy": "computed", "rule": "count_children", "child_table": "tag"}}}},
              "event": {"primary_key": ["id"], "columns": {
                "id": {"type": "integer", "generator": {"strategy": "sequence"}},
                "box_id": {"type": "integer", "generator": {"strategy": "foreign_key", "ref": "box.id"}},
                "item_id": {"type": "integer", "nullable": true, "null_rate": 0.2, "generator": {"strategy": "foreign_key", "ref": "item.id"}},
                "at": {"type": "timestamp", "generator": {"strategy": "temporal", "range_ref": "model.date_range"}}}},
              "sampled": {"primary_key": ["id"], "columns": {
                "id": {"type": "integer", "generator": {"strategy": "sequence"}},
                "event_id": {"type": "integer", "generator": {"strategy": "foreign_key", "ref": "event.id", "sample_rate": 0.3}}}},
              "note": {"primary_key": ["id"], "columns": {
                "id": {"type": "integer", "generator": {"strategy": "sequence"}},
                "event_id": {"type": "integer", "generator": {"strategy": "foreign_key", "ref": "event.id"}},
                "tag_id": {"type": "integer", "generator": {"strategy": "foreign_key", "ref": "tag.id"}}}},
              "box": {"primary_key": ["id"], "columns": {
                "id": {"type": "integer", "generator": {"strategy": "sequence"}},
                "items": {"type": "integer", "generator": {"strategy": "computed", "rule": "count_children", "child_table": "item"}},
                "made_on": {"type": "date", "generator": {"strategy": "temporal", "range_ref": "model.date_range"}}}}},
             "relationships": [{"name": "r", "parent": "box", "child": "item", "parent_key": "id", "child_key": "box_id"}],
             "generation": {"scale": "s", "scales": {"s": {"tag": 3000, "item": 700, "event": 2000, "sampled": 500, "note": 900, "box": 200}}}}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"note,tag,item,event,sampled,box", "box,event,item,tag,sampled,note", "sampled,tag,event", "item,tag,event", "note,tag"})
    void shouldPutParentsFirstWhereverTimesPermit(String tables, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("awkward.spindle.json"), AWKWARD);
        Schema schema = SchemaReader.read(file).orThrow();
        assertThat(new InterleavedTables(schema, "s", List.of(tables.split(","))).broken()).isEmpty();
    }
}
