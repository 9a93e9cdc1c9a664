package dev.spindle.engine.generate;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.ValueText;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.row.StreamRows;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import dev.spindle.engine.stamp.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds an interleaved stream against what is promised of it: event times never go back, no row is missing, added or
 * changed, and a parent is before its children. Knows nothing of how the order comes about.
 */
final class InterleavedTables {

    private static final long SEED = 42;

    private final Schema schema;
    private final RowCounts counts;
    private final List<String> tables;
    private final Map<String, Integer> broken = new LinkedHashMap<>();

    InterleavedTables(Schema schema, String scale, List<String> tables) {
        this.schema = schema;
        this.counts = RowCounts.at(schema, scale);
        this.tables = tables;
    }

    /** The stream's rows, compiled anew. */
    StreamRows rows() {
        return new RowCompiler(schema, counts, SEED, Map.of()).stream(tables);
    }

    /** What does not hold in the whole stream, with how often; empty when all is well. */
    Map<String, Integer> broken() {
        StreamRows rows = rows();
        if (tables.size() > 1 && rows.rows() != tables.stream().mapToLong(counts::of).sum()) {
            fail("the stream has " + rows.rows() + " rows");
        }
        GenerateStage stage = GenerateStage.of(rows, Slice.whole(0, rows.rows()));
        Encoder[] encoders = encoders(rows.tables());
        List<List<Long>> hashes = new ArrayList<>();
        tables.forEach(t -> hashes.add(new ArrayList<>()));
        Parents parents = new Parents(rows.tables());
        Event event = new Event(rows.slots());
        long last = Long.MIN_VALUE;
        long sequence = 0;
        while (stage.next(event)) {
            if (event.sequence != sequence++) {
                fail("the sequence has a hole");
            }
            int time = rows.tables().get(event.table).timestampColumn();
            if (time >= 0 && event.values[time] != Event.NULL) {
                if (event.values[time] < last) {
                    fail("the time of " + tables.get(event.table) + " goes back");
                }
                last = event.values[time];
            }
            parents.see(event);
            hashes.get(event.table).add(hash(encoders[event.table], event));
        }
        for (int i = 0; i < tables.size(); i++) {
            if (!hashes.get(i).stream().sorted().toList().equals(alone(tables.get(i)))) {
                fail("the rows of " + tables.get(i) + " are not those that it has alone");
            }
        }
        return broken;
    }

    private void fail(String what) {
        broken.merge(what, 1, Integer::sum);
    }

    private List<Long> alone(String table) {
        RowPlan plan = new RowCompiler(schema, counts, SEED, Map.of()).compile(table);
        Encoder encoder = encoders(List.of(plan))[0];
        Event event = new Event(plan.slots());
        List<Long> hashes = new ArrayList<>();
        for (long row = 0; row < plan.rows(); row++) {
            plan.fill(row, event);
            hashes.add(hash(encoder, event));
        }
        return hashes.stream().sorted().toList();
    }

    static Encoder[] encoders(List<RowPlan> plans) {
        return plans.stream()
                .map(p -> new Encoder(p.table(), p.columns(), p.timestampColumn(), false, List.of(), -1))
                .toArray(Encoder[]::new);
    }

    /** A number for the event's bytes, its sequence number aside. */
    private static long hash(Encoder encoder, Event event) {
        long sequence = event.sequence;
        event.sequence = 0;
        encoder.encode(event);
        event.sequence = sequence;
        long hash = event.encodedLength;
        for (int i = 0; i < event.encodedLength; i++) {
            hash = hash * 0x5851F42D4C957F2DL + event.encoded[i];
        }
        return hash;
    }

    /** Which parents have been seen. */
    private final class Parents {

        private record Link(int column, String parent, int parentColumn) {}

        private final List<RowPlan> plans;
        private final List<List<Link>> links = new ArrayList<>();
        private final Map<String, Set<Object>> seen = new HashMap<>();

        private Parents(List<RowPlan> plans) {
            this.plans = plans;
            for (RowPlan plan : plans) {
                List<Link> own = new ArrayList<>();
                for (ColumnDefinition column : schema.tables().get(plan.table()).columns().values()) {
                    if (column.strategy() instanceof Strategy.ForeignKey key) {
                        add(own, plan, column.name(), key.ref().table(), key.ref().column());
                    }
                }
                for (Schema.Relationship r : schema.relationships()) {
                    if (r.child().equals(plan.table()) && r.childColumns().size() == 1) {
                        add(own, plan, r.childColumns().getFirst(), r.parent(), r.parentColumns().getFirst());
                    }
                }
                links.add(own);
            }
        }

        private void add(List<Link> own, RowPlan plan, String column, String parent, String parentColumn) {
            int at = tables.indexOf(parent);
            boolean shown = at >= 0 && index(plan, column) >= 0 && index(plans.get(at), parentColumn) >= 0;
            if (shown && !parent.equals(plan.table())) {
                Link link = new Link(index(plan, column), parent, index(plans.get(at), parentColumn));
                if (!own.contains(link)) {
                    own.add(link);
                    seen.computeIfAbsent(parent + "." + link.parentColumn(), p -> new HashSet<>());
                }
            }
        }

        private void see(Event event) {
            RowPlan plan = plans.get(event.table);
            for (Link link : links.get(event.table)) {
                Object key = value(plan.columns().get(link.column()), event, link.column());
                if (key != null && !seen.get(link.parent() + "." + link.parentColumn()).contains(key)) {
                    fail(plan.table() + "." + plan.columns().get(link.column()).name() + " is before its " + link.parent());
                }
            }
            for (int i = 0; i < plan.columns().size(); i++) {
                Set<Object> keys = seen.get(plan.table() + "." + i);
                if (keys != null) {
                    keys.add(value(plan.columns().get(i), event, i));
                }
            }
        }

        private static int index(RowPlan plan, String column) {
            return plan.columns().stream().map(Column::name).toList().indexOf(column);
        }

        private static Object value(Column column, Event event, int index) {
            long value = event.values[index];
            return value == Event.NULL
                    ? null
                    : column.type() == ColumnType.INTEGER ? (Object) value : ValueText.text(column, value, event);
        }
    }

    /** The bytes of some events from one on; those of every {@code stride}-th. */
    List<String> from(long first, long stride, int events) {
        StreamRows rows = rows();
        return lines(rows, GenerateStage.of(rows, new Slice(first, events, 1, stride - 1)));
    }

    static List<String> lines(StreamRows rows, GenerateStage stage) {
        Encoder[] encoders = encoders(rows.tables());
        List<String> lines = new ArrayList<>();
        Event event = new Event(rows.slots());
        while (stage.next(event)) {
            encoders[event.table].encode(event);
            lines.add(new String(Arrays.copyOf(event.encoded, event.encodedLength), java.nio.charset.StandardCharsets.UTF_8));
        }
        return lines;
    }
}
