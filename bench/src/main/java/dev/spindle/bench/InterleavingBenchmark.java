package dev.spindle.bench;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.generate.GenerateStage;
import dev.spindle.engine.generate.Slice;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.StreamOrder;
import dev.spindle.engine.row.StreamRows;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.stamp.Encoder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs to interleave tables: rows computed and encoded in the common order, beside as many rows of each table
 * alone, and beside the walk through the order alone; processor time of one thread. All take turns, several rounds; the
 * median counts.
 *
 * <pre>
 *   InterleavingBenchmark [--domain NAME] [--table NAME,NAME,…] [--scale NAME] [--events N] [--rounds N]
 * </pre>
 */
public final class InterleavingBenchmark {

    private final Schema schema;
    private final RowCounts counts;
    private final List<String> tables;
    private final long events;
    private final long[] eventsByTable;
    private final Map<String, List<Double>> nanos = new LinkedHashMap<>();

    private InterleavingBenchmark(Map<String, String> options) {
        this.schema = Domains.named(options.getOrDefault("domain", "retail"));
        this.counts = RowCounts.at(schema, options.getOrDefault("scale", "medium"));
        this.tables = Arrays.asList(options.getOrDefault("table", "order,order_line").split(","));
        this.events = Long.parseLong(options.getOrDefault("events", "5000000"));
        this.eventsByTable = new long[tables.size()];
        StreamOrder order = rows(tables).order();
        for (long n = 0; n < events && order.next(); n++) {
            eventsByTable[order.table()]++;
        }
    }

    public static void main(String[] arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        System.out.print(Machine.describe("InterleavingBenchmark", arguments));
        new InterleavingBenchmark(options).run(Integer.parseInt(options.getOrDefault("rounds", "5")));
    }

    private void run(int rounds) {
        for (int round = -1; round < rounds; round++) { // the first one warms up
            double alone = 0;
            for (int i = 0; i < tables.size(); i++) {
                if (eventsByTable[i] > 0) {
                    double each = timed(tables.get(i) + " alone", round, rows(List.of(tables.get(i))), eventsByTable[i]);
                    alone += each * eventsByTable[i] / events;
                }
            }
            note("all of them, one after the other", round, alone);
            double interleaved = timed("interleaved", round, rows(tables), events);
            note("interleaved minus one after the other", round, interleaved - alone);
            note("the walk through their order alone", round, walk());
        }
        System.out.printf("%n%-44s %s%n", "", "ns of processor time an event, median");
        nanos.forEach((name, figures) -> System.out.printf("%-44s %s%n", name, Machine.spread(figures, "%.1f")));
    }

    private void note(String name, int round, double figure) {
        if (round >= 0) {
            nanos.computeIfAbsent(name, n -> new ArrayList<>()).add(figure);
        }
    }

    private StreamRows rows(List<String> names) {
        return new RowCompiler(schema, counts, 42, Map.of()).stream(names);
    }

    private double timed(String name, int round, StreamRows rows, long wanted) {
        Encoder[] encoders = rows.tables().stream()
                .map(t -> new Encoder(t.table(), t.columns(), t.timestampColumn(), true, List.of(), -1))
                .toArray(Encoder[]::new);
        GenerateStage stage = GenerateStage.of(rows, Slice.whole(0, wanted));
        Event event = new Event(rows.slots());
        long begin = processorNanos();
        while (stage.next(event)) {
            encoders[event.table].encode(event);
        }
        double each = (double) (processorNanos() - begin) / wanted;
        note(name, round, each);
        return each;
    }

    private double walk() {
        StreamOrder order = rows(tables).order();
        long begin = processorNanos();
        for (long n = 0; n < events && order.next(); n++) {
            // where it stands is all that is asked
        }
        return (double) (processorNanos() - begin) / events;
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
