package dev.spindle.bench;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does a draw from a distribution cost, as the column of a row that else has its number only? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DistributionBenchmark {

    @Param({"none", "uniform", "normal", "log_normal", "pareto", "zipf", "poisson", "alias"})
    public String law;

    private RowPlan rows;
    private Event event;
    private long row;

    @Setup
    public void compile() {
        String text = """
                {"model": {"name": "draws", "domain": "draws", "date_range": {"start": "2024-01-01", "end": "2024-12-31"}},
                 "tables": {"draw": {"primary_key": ["id"], "columns": {
                   "id": {"type": "bigint", "generator": {"strategy": "sequence", "start": 1}}%s}}},
                 "generation": {"scale": "small", "scales": {"small": {"draw": 1000000}}}}"""
                .formatted(law.equals("none") ? "" : ", \"value\": " + column(law));
        Schema schema = SchemaReader.read(JsonReader.parse(text, "draws.json"), DataSets.onClassPath("/")).orThrow();
        rows = new RowCompiler(schema, RowCounts.at(schema, "small"), 42, Map.of()).compile("draw");
        event = new Event(rows.slots());
    }

    private static String column(String law) {
        return switch (law) {
            case "uniform" -> number(law, "\"min\": 5, \"max\": 500");
            case "normal" -> number(law, "\"mean\": 100, \"std_dev\": 20");
            case "log_normal" -> number(law, "\"mean\": 3, \"sigma\": 0.8");
            case "pareto" -> number(law, "\"alpha\": 1.2, \"min\": 1, \"max\": 10000");
            case "zipf" -> number(law, "\"alpha\": 1.2, \"max\": 1000");
            case "poisson" -> number(law, "\"lambda\": 3");
            default -> """
                    {"type": "string", "max_length": 10, "generator": {"strategy": "weighted_enum",
                      "values": {"completed": 0.7, "shipped": 0.15, "processing": 0.1, "cancelled": 0.05}}}""";
        };
    }

    private static String number(String law, String parameters) {
        return "{\"type\": \"decimal\", \"precision\": 12, \"scale\": 2, \"generator\": {\"strategy\": \"distribution\","
                + " \"distribution\": \"" + law + "\", " + parameters + "}}";
    }

    @Benchmark
    public long row() {
        rows.fill(row++, event);
        return event.values[event.values.length - 1];
    }
}
