package dev.spindle.bench;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows and bytes a second of processor time: the widest table of each built-in domain, the same from a copy of its file,
 * and every table of a file of one's own. All take turns on one thread, several rounds; the median counts.
 *
 * <pre>
 *   SchemaBenchmark [--rows N] [--rounds N] [--schema FILE]
 * </pre>
 */
public final class SchemaBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Map<String, EncodedRows> contestants = new LinkedHashMap<>();
    private final Map<String, List<Double>> rowRates = new LinkedHashMap<>();
    private final Map<String, List<Double>> byteRates = new LinkedHashMap<>();

    private SchemaBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        System.out.print(Machine.describe("SchemaBenchmark", arguments));
        new SchemaBenchmark().run(options);
    }

    private void run(Map<String, String> options) throws IOException {
        for (String domain : Domains.NAMES) {
            Schema builtIn = Domains.named(domain);
            Schema custom = SchemaReader.read(CustomCopy.of(domain, Files.createTempDirectory("domain"))).orThrow();
            String table = EncodedRows.widest(builtIn);
            contestants.put(domain + "." + table, new EncodedRows(builtIn, "small", table));
            contestants.put(domain + "." + table + " from a file", new EncodedRows(custom, "small", table));
        }
        int builtIns = contestants.size();
        if (options.containsKey("schema")) {
            Schema schema = SchemaReader.read(Path.of(options.get("schema"))).orThrow();
            String scale = RowCounts.scales(schema).contains("small") ? "small" : null;
            schema.tables().keySet().forEach(table ->
                    contestants.put(schema.domain() + "." + table, new EncodedRows(schema, scale, table)));
        }
        long rows = Long.parseLong(options.getOrDefault("rows", "1000000"));
        int rounds = Integer.parseInt(options.getOrDefault("rounds", "7"));
        for (int round = -2; round < rounds; round++) { // the first two warm up
            for (Map.Entry<String, EncodedRows> contestant : contestants.entrySet()) {
                long before = THREADS.getCurrentThreadCpuTime();
                long bytes = contestant.getValue().next(rows);
                double seconds = (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
                if (round >= 0) {
                    rowRates.computeIfAbsent(contestant.getKey(), k -> new ArrayList<>()).add(rows / seconds / 1e6);
                    byteRates.computeIfAbsent(contestant.getKey(), k -> new ArrayList<>()).add(bytes / seconds / 1e6);
                }
            }
        }
        print(builtIns);
    }

    /** A copy stands beside its domain; a file of one's own beside the median of the domains. */
    private void print(int builtIns) {
        List<String> names = List.copyOf(contestants.keySet());
        double middle = Machine.median(names.stream()
                .limit(builtIns)
                .filter(name -> !name.endsWith("from a file"))
                .map(name -> Machine.median(byteRates.get(name)))
                .toList());
        System.out.printf("%n%-34s %7s %-30s %-22s %s%n", "", "columns", "million rows/s of one core", "MB/s", "per byte, of built-in");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            double own = Machine.median(byteRates.get(name));
            double beside = i >= builtIns ? middle : Machine.median(byteRates.get(names.get(i - i % 2)));
            System.out.printf(
                    "%-34s %7d %-30s %-22s %s%n",
                    name,
                    contestants.get(name).columns(),
                    Machine.spread(rowRates.get(name), "%.2f"),
                    Machine.spread(byteRates.get(name), "%.0f"),
                    i < builtIns && i % 2 == 0 ? "" : String.format("%.2f", own / beside));
        }
    }
}
