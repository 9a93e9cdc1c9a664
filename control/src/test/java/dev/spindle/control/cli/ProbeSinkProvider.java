package dev.spindle.control.cli;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The sink of these tests: takes everything, fails after some events, or takes nothing until it is told to halt. */
public class ProbeSinkProvider implements SinkProvider {

    private final String name;
    private final List<SinkOption> more;

    /** Found by the service loader. */
    public ProbeSinkProvider() {
        this("probe");
    }

    ProbeSinkProvider(String name, SinkOption... more) {
        this.name = name;
        this.more = List.of(more);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String help() {
        return "for tests";
    }

    @Override
    public List<SinkOption> options() {
        List<SinkOption> options = new ArrayList<>(more);
        options.add(SinkOption.of("mode", SinkOption.Type.TEXT, "MODE", "What it does")
                .withDefault("take")
                .withAllowed("take, refuse, stall or deaf"));
        options.add(SinkOption.of("after", SinkOption.Type.INTEGER, "N", "How many events it takes before that"));
        return options;
    }

    @Override
    public Sink create(SinkSettings settings) {
        String mode = settings.text("mode").orElse("take");
        if (!List.of("take", "refuse", "stall", "deaf").contains(mode)) {
            throw new ConfigurationException(new Problem("--mode", mode, "is no mode", "take, refuse, stall or deaf"));
        }
        return new ProbeSink(mode, Long.parseLong(settings.text("after").orElse("0")));
    }

    private static final class ProbeSink implements Sink {
        private final String mode;
        private final long after;
        private final AtomicLong taken = new AtomicLong();
        private SinkContext context;

        private ProbeSink(String mode, long after) {
            this.mode = mode;
            this.after = after;
        }

        @Override
        public void open(SinkContext run) {
            context = run;
            run.warn("the probe is open");
            run.detail("the probe sees " + run.tables());
        }

        @Override
        public void write(Batch batch) {
            if (taken.get() >= after && mode.equals("refuse")) {
                throw new SinkException("the probe refuses");
            }
            if (taken.get() >= after && !mode.equals("take")) {
                context.warn("the probe holds still");
            }
            while (taken.get() >= after && (mode.equals("deaf") || mode.equals("stall") && !context.halted())) {
                Thread.onSpinWait();
            }
            if (context.halted()) {
                throw new SinkException("the probe was halted");
            }
            taken.addAndGet(batch.size());
            context.deliveries().acknowledged(batch, 0, batch.size());
        }

        @Override
        public void flush(Duration timeout) {
            // everything was acknowledged when it was written
        }

        @Override
        public void close(Duration timeout) {
            // nothing to let go of
        }

        @Override
        public Map<String, Long> counters() {
            return Map.of("probed", taken.get());
        }
    }
}
