package dev.spindle.bench;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.text.ListedText;
import dev.spindle.engine.text.PersonText;
import dev.spindle.engine.text.TextProviders;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What do a person's first name, last name and an e-mail address made of them cost? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PersonBenchmark {

    private final TextProviders providers = new TextProviders();
    private final ListedText first = (ListedText) providers.find("first_name").orElseThrow();
    private final ListedText last = (ListedText) providers.find("last_name").orElseThrow();
    private final PersonText email = (PersonText) providers.find("email").orElseThrow();
    private final byte[] room = new byte[email.maxBytes()];
    private long row;

    @Benchmark
    public int person() {
        long thisRow = row++;
        int firstIndex = first.index(Draw.bits(1, thisRow));
        int lastIndex = last.index(Draw.bits(2, thisRow));
        return email.append(
                Draw.bits(3, thisRow), thisRow, first.dictionary(), firstIndex, last.dictionary(), lastIndex, room, 0);
    }
}
