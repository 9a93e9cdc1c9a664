package dev.spindle.bench.kafka;

import dev.spindle.bench.Machine;
import dev.spindle.bench.Report;
import dev.spindle.sinks.testing.KafkaBroker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records a second Spindle sends to a Kafka broker, beside Kafka's own producer performance tool, with the same
 * client, the same producer properties, rows of the same table and the same number of them, in turn on the same machine.
 *
 * <pre>
 *   tool   payload file ──► producer ──┐
 *   sink   payload file ──► KafkaSink ─┼──► one broker, a new topic each time
 *   run    six stages ────► KafkaSink ─┘
 * </pre>
 *
 * <p>Each contestant is a process of its own that starts cold; its time runs from its first record to the last
 * acknowledgement. {@code sink} sends rows that are encoded already and shows what the sink adds to the client;
 * {@code run} is a whole unpaced run with a new row in every record. After each, the topic must hold exactly as many
 * records as were asked for.
 *
 * <pre>
 *   KafkaBenchmark [records=5000000] [rounds=3] [partitions=1] [contestants=tool,sink,run] [batch=500]
 *                  [property=K=V …] [jvm=OPTION …] [profile=FILE.jfr]
 * </pre>
 */
public final class KafkaBenchmark {

    private static final int PAYLOAD_ROWS = 100_000;
    private static final Duration WATCH = Duration.ofMillis(20);

    private final KafkaBenchmarkArguments arguments;
    private final PrintStream out;
    private final Map<Contestant, List<Double>> rates = new EnumMap<>(Contestant.class);
    private final Map<Contestant, List<Double>> cpuNanos = new EnumMap<>(Contestant.class);

    private KafkaBenchmark(KafkaBenchmarkArguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        KafkaBenchmarkArguments arguments = KafkaBenchmarkArguments.parse(args);
        new KafkaBenchmark(arguments, System.out).run(args);
    }

    private void run(String[] args) throws Exception {
        Report report = Report.begin("KafkaBenchmark", args);
        print("contestant flags  %s", String.join(" ", arguments.jvmOptions()));
        print("properties        %s", String.join(" ", arguments.properties()));
        Path folder = Files.createTempDirectory("spindle-kafka-benchmark-");
        Path payload = folder.resolve("rows.jsonl");
        try (KafkaBroker broker = KafkaBroker.forBenchmarks()) {
            OrderRows.write(payload, PAYLOAD_ROWS);
            print("payload      %d rows of retail's table order, %.1f bytes each", PAYLOAD_ROWS,
                    (Files.size(payload) - PAYLOAD_ROWS) / (double) PAYLOAD_ROWS);
            for (int round = 1; round <= arguments.rounds(); round++) {
                for (Contestant contestant : arguments.contestants()) {
                    measure(contestant, round, broker, payload);
                }
            }
            printRatios();
            rates.forEach((contestant, figures) -> report.figure(contestant.description(), "records/s", figures));
            cpuNanos.forEach((contestant, figures) -> report.figure(contestant.description(), "processor ns a record", figures));
        } finally {
            Files.deleteIfExists(payload);
            Files.deleteIfExists(folder);
        }
    }

    private void measure(Contestant contestant, int round, KafkaBroker broker, Path payload) throws Exception {
        String topic = contestant.label() + "-" + round;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            NewTopic newTopic = new NewTopic(topic, Optional.of(arguments.partitions()), Optional.of((short) 1));
            admin.createTopics(List.of(newTopic)).all().get();
            List<String> command = contestant.command(new Contestant.Task(
                    broker.bootstrap(), topic, arguments.records(), arguments.batchEvents(), payload,
                    arguments.properties(), jvmOptions(contestant, round)));
            if (round == 1) {
                print("%s", shortened(command));
            }
            Outcome outcome = run(command);
            double rate = contestant.recordsPerSecond(outcome.lines());
            double cpu = outcome.cpu().toNanos() / (double) arguments.records();
            rates.computeIfAbsent(contestant, c -> new ArrayList<>()).add(rate);
            cpuNanos.computeIfAbsent(contestant, c -> new ArrayList<>()).add(cpu);
            print("round %d  %-5s %,12.0f records/s, %,6.0f ns of processor time a record", round, contestant.label(), rate, cpu);
            long stored = records(admin, topic);
            if (stored != arguments.records()) {
                throw new IllegalStateException(topic + " holds " + stored + " records, not " + arguments.records());
            }
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    private List<String> jvmOptions(Contestant contestant, int round) {
        List<String> options = new ArrayList<>(arguments.jvmOptions());
        if (arguments.profile() != null) {
            String file = arguments.profile().replaceFirst("(\\.jfr)?$", "-" + contestant.label() + "-" + round + ".jfr");
            options.add("-XX:StartFlightRecording=settings=profile,filename=" + file);
        }
        return options;
    }

    private long records(Admin admin, String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < arguments.partitions(); partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(info -> info.offset())
                .sum();
    }

    /** A command without its class path, which says nothing. */
    private static String shortened(List<String> command) {
        List<String> parts = new ArrayList<>(command);
        parts.set(parts.indexOf("-cp") + 1, "…");
        return String.join(" ", parts);
    }

    /**
     * What a process did.
     *
     * @param lines what it printed
     * @param cpu its processor time, to the last {@link #WATCH}, from its start to its end
     */
    private record Outcome(List<String> lines, Duration cpu) {}

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("spindle-kafka-benchmark-", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Duration cpu = Duration.ZERO;
            while (!process.waitFor(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                cpu = process.info().totalCpuDuration().orElse(cpu);
            }
            List<String> lines = Files.readAllLines(output);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(String.join("\n", lines));
            }
            return new Outcome(lines, cpu);
        } finally {
            Files.delete(output);
        }
    }

    private void printRatios() {
        print("%nmedian of %d rounds", arguments.rounds());
        List<Double> tool = rates.get(Contestant.TOOL);
        for (Contestant contestant : arguments.contestants()) {
            double median = Machine.median(rates.get(contestant));
            String ratio = tool == null ? "" : String.format(Locale.ROOT, "   %.3f of the tool's", median / Machine.median(tool));
            print("%-5s %,12.0f records/s%s", contestant.label(), median, ratio);
        }
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
