package dev.spindle.control;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.publish.SinkLanes;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkOption.Type;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sinks for tests: one that takes everything at once, and one with every type of option that can be slow or fail. */
public final class TestSinks {

    private TestSinks() {}

    /** Acknowledges within write. */
    public static final class Nowhere implements SinkProvider {
        @Override
        public String name() {
            return "null";
        }

        @Override
        public String help() {
            return "takes events and forgets them";
        }

        @Override
        public List<SinkOption> options() {
            return List.of();
        }

        @Override
        public Sink create(SinkSettings settings) {
            return new Taking(0, false);
        }

        @Override
        public SinkLanes lanes(SinkSettings settings) {
            return SinkLanes.APART;
        }
    }

    /** The one with options. */
    public static final class Slow implements SinkProvider {
        @Override
        public String name() {
            return "slow";
        }

        @Override
        public String help() {
            return "takes its time";
        }

        @Override
        public List<SinkOption> options() {
            return List.of(
                    SinkOption.of("write-micros", Type.INTEGER, "N", "how long a write takes, in microseconds").withDefault("0"),
                    SinkOption.of("refuse", Type.FLAG, null, "fails at once"),
                    SinkOption.of("output", Type.PATH, "PATH", "a file"),
                    SinkOption.of("password", Type.TEXT, "TEXT", "a secret").asSecret(),
                    SinkOption.of("setting", Type.PROPERTIES, "K=V", "any"));
        }

        @Override
        public Sink create(SinkSettings settings) {
            settings.text("output").ifPresent(file -> {
                try {
                    Files.writeString(Path.of(file), "opened");
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            return new Taking(Long.parseLong(settings.text("write-micros").orElse("0")), settings.flag("refuse"));
        }
    }

    private static final class Taking implements Sink {
        private final long writeMicros;
        private final boolean refuse;
        private SinkContext context;

        private Taking(long writeMicros, boolean refuse) {
            this.writeMicros = writeMicros;
            this.refuse = refuse;
        }

        @Override
        public void open(SinkContext given) {
            if (refuse) {
                throw new SinkException("the test sink refuses");
            }
            context = given;
        }

        @Override
        public void write(Batch batch) {
            long until = System.nanoTime() + writeMicros * 1_000;
            for (long left = writeMicros * 1_000; left > 0 && !context.halted(); left = until - System.nanoTime()) {
                LockSupport.parkNanos(left); // ends early when the pacer on this thread is woken
            }
            context.deliveries().acknowledged(batch, 0, batch.size());
        }

        @Override
        public void flush(Duration timeout) {}

        @Override
        public void close(Duration timeout) {}
    }
}
