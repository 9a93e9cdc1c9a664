package dev.spindle.bench;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.text.TextProvider;
import dev.spindle.engine.text.TextProviders;
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

/** What does one text of a provider cost? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TextBenchmark {

    @Param({"first_name", "name", "email", "street_address", "phone_number", "sentence"})
    public String provider;

    private TextProvider text;
    private byte[] room;
    private long row;

    @Setup
    public void compile() {
        text = new TextProviders().find(provider).orElseThrow();
        room = new byte[text.maxBytes()];
    }

    @Benchmark
    public int append() {
        return text.append(Draw.bits(42, row++), room, 0);
    }
}
