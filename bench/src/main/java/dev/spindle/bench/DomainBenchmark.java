package dev.spindle.bench;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** How many rows, and bytes, a second does one core make of the widest table of each domain, built in or a user's file? */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DomainBenchmark {

    @Param({"retail", "iot", "payments", "clickstream", "telecom"})
    private String domain;

    @Param({"built-in", "custom"})
    private String source;

    private EncodedRows rows;

    /** Counted beside the rows. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Written {
        /** Bytes of encoded lines. */
        public long bytes;
    }

    @Setup
    public void compile() throws IOException {
        Schema schema = source.equals("built-in")
                ? Domains.named(domain)
                : SchemaReader.read(CustomCopy.of(domain, Files.createTempDirectory("domain"))).orThrow();
        rows = new EncodedRows(schema, "small", EncodedRows.widest(schema));
    }

    @Benchmark
    public void generateAndEncode(Written written) {
        written.bytes += rows.next();
    }
}
