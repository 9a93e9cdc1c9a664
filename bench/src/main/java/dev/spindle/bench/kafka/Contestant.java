package dev.spindle.bench.kafka;

import dev.spindle.sinks.testing.KafkaBroker;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who sends records: each a command that prints how fast it was. */
enum Contestant {
    /** Kafka's own producer performance tool, which picks its payloads at random out of a file. */
    TOOL {
        @Override
        List<String> command(Task task) {
            // The newest tools on Maven Central are older than the newest client; of the client that they were made
            // with, they use only what the newest has no more, because that stands last.
            Path lib = KafkaBroker.lib();
            Path tool = lib.resolveSibling("tool-lib");
            List<String> command = java(task, String.join(
                    File.pathSeparator,
                    tool.resolve("kafka-tools-4.3.1.jar").toString(),
                    tool.resolve("argparse4j-0.7.0.jar").toString(),
                    lib + "/*",
                    tool.resolve("kafka-clients-4.3.1.jar").toString()));
            command.addAll(List.of(
                    "org.apache.kafka.tools.ProducerPerformance",
                    "--bootstrap-server", task.bootstrap(),
                    "--topic", task.topic(),
                    "--num-records", Long.toString(task.records()),
                    "--payload-file", task.payload().toString(),
                    "--throughput", "-1",
                    "--command-property"));
            command.addAll(task.properties());
            return command;
        }
    },

    /** Spindle's sink alone, with rows that are encoded already. */
    SINK {
        @Override
        List<String> command(Task task) {
            return spindle(task, KafkaSinkProgram.class);
        }
    },

    /** A whole run of Spindle. */
    RUN {
        @Override
        List<String> command(Task task) {
            return spindle(task, KafkaRunProgram.class);
        }
    };

    /**
     * What is to be sent where.
     *
     * @param payload encoded rows, one a line
     * @param properties of the producer, {@code K=V}
     */
    record Task(
            String bootstrap,
            String topic,
            long records,
            int batchEvents,
            Path payload,
            List<String> properties,
            List<String> jvmOptions) {

        /** As arguments of one of Spindle's programs. */
        List<String> toArguments() {
            List<String> all = new ArrayList<>(List.of(
                    bootstrap, topic, Long.toString(records), Integer.toString(batchEvents), payload.toString()));
            all.addAll(properties);
            return all;
        }

        static Task parse(String[] args) {
            return new Task(
                    args[0],
                    args[1],
                    Long.parseLong(args[2]),
                    Integer.parseInt(args[3]),
                    Path.of(args[4]),
                    Arrays.asList(args).subList(5, args.length),
                    List.of());
        }
    }

    private static final Pattern RATE = Pattern.compile("[0-9]+ records sent, ([0-9.]+) records/sec.*");

    abstract List<String> command(Task task);

    /** In a table's words. */
    String description() {
        return switch (this) {
            case TOOL -> "Kafka's producer tool, rows from a file";
            case SINK -> "Spindle's sink alone, rows encoded before";
            case RUN -> "Spindle, a whole run, a new row in each record";
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Contestant named(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** The figure in the last line that has one; all contestants print it as the tool does. */
    double recordsPerSecond(List<String> lines) {
        return lines.reversed().stream()
                .map(RATE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Double.parseDouble(matcher.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(String.join("\n", lines)));
    }

    private static List<String> spindle(Task task, Class<?> program) {
        List<String> command = java(task, System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(task.toArguments());
        return command;
    }

    private static List<String> java(Task task, String classPath) {
        List<String> command = new ArrayList<>(List.of(KafkaBroker.tool("java")));
        command.addAll(task.jvmOptions());
        command.addAll(List.of("-cp", classPath));
        return command;
    }
}
