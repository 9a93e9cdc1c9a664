package dev.spindle.bench.suite;

import dev.spindle.bench.EventHubBenchmark;
import dev.spindle.bench.PacingBenchmark;
import dev.spindle.bench.control.ControlPlaneBenchmark;
import dev.spindle.bench.kafka.KafkaBenchmark;
import dev.spindle.bench.suite.View.Column.Middle;
import dev.spindle.bench.suite.View.Column.PerSecond;
import dev.spindle.bench.suite.View.Column.Ratio;
import dev.spindle.bench.suite.View.Column.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The parts of the suite: what is measured, how long, and how it is shown. */
final class Parts {

    static final List<String> NAMES =
            List.of("throughput", "peers", "flat", "rows", "stages", "pacing", "kafka", "eventhub", "control");

    private static final String LOOP = "hand-written loop, one fixed row, 1 thread";
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final String ALL_THREADS = THREADS + " threads";
    private static final int LAST_CORE = Runtime.getRuntime().availableProcessors() - 1;
    private static final String LOOP_ON_ALL = "hand-written loop, one fixed row, " + ALL_THREADS;
    private static final String LOOP_TO_FILE = "hand-written loop to a file, 1 thread";
    private static final Predicate<String> ALL = name -> true;
    private static final String LANES = "lanes-";
    private static final long PROBE_ROWS = 2_000_000;

    private final SuiteArguments arguments;
    private final Place place;
    private final List<String> flags;

    /** Parts whose virtual machines have some flags. */
    Parts(SuiteArguments arguments, Place place, List<String> flags) {
        this.arguments = arguments;
        this.place = place;
        this.flags = flags;
    }

    Part named(String name) {
        return switch (name) {
            case "throughput" -> throughput();
            case "peers" -> peers();
            case "flat" -> flat();
            case "rows" -> rows();
            case "stages" -> stages();
            case "pacing" -> pacing();
            case "kafka" -> kafka();
            case "eventhub" -> eventHub();
            case "control" -> control();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** One number for a quick suite, another for a full one. */
    private <T> T of(T quick, T full) {
        return arguments.quick() ? quick : full;
    }

    private Part throughput() {
        List<Contestant> contestants = new ArrayList<>(List.of(
                loop(LOOP, 1, false),
                loop(LOOP_ON_ALL, THREADS, false),
                rows("Spindle's rows generated and encoded, 1 thread", 1),
                rows("Spindle's rows generated and encoded, " + ALL_THREADS, THREADS)));
        arguments.plans().forEach(plan -> contestants.add(stream("Spindle, six stages to null, " + plan, "null", plan(plan))));
        contestants.add(loop(LOOP_TO_FILE, 1, true));
        contestants.add(loop("hand-written loop to a file each, " + ALL_THREADS, THREADS, true));
        arguments.plans().stream()
                .filter(plan -> !plan.equals("split") && !plan.equals("dedicated"))
                .forEach(plan -> contestants.add(stream("Spindle, six stages to a file, " + plan, "file", plan(plan))));
        arguments.plans().stream()
                .filter(plan -> plan.startsWith(LANES))
                .map(plan -> new Contestant.Stream(
                        "Spindle, six stages to a file each, " + plan, "file", true, options(plan(plan)), PROBE_ROWS))
                .forEach(contestants::add);
        return new Race("throughput", contestants, of(1.0, 6.0), of(2, 3), place, List.of(
                new View.Bars("Events of retail.order", "throughput", ALL, Race.RATE, "million/s", 1e6),
                new View.Table("", ALL, List.of(
                        new Spread("million rows/s", Race.RATE, "%.2f", 1e6),
                        new Ratio("of the loop on 1 thread", Race.RATE, LOOP),
                        new Ratio("of it on all cores", Race.RATE, LOOP_ON_ALL),
                        new Ratio("of it to a file", Race.RATE, LOOP_TO_FILE),
                        new Middle("whole process", Race.PROCESS_RATE, "%.2f", 1e6),
                        new Middle("processor ns a row, whole process", Race.CPU, "%.0f", 1),
                        new Middle("bytes a row", Race.BYTES, "%.0f", 1),
                        new Middle("peak MB", Race.MEMORY, "%.0f", 1)))));
    }

    private Part peers() {
        String best = "Spindle, auto plan, to null";
        String bestToFile = "Spindle, auto plan, to a file";
        List<Contestant> contestants = List.of(
                loop(LOOP, 1, false),
                loop(LOOP_ON_ALL, THREADS, false),
                stream(best, "null", List.of()),
                stream(bestToFile, "file", List.of()),
                peer("datafaker, JSON transformer, 1 thread", "datafaker", "DatafakerPeer", false, "threads=1"),
                peer("datafaker, JSON transformer, " + ALL_THREADS, "datafaker", "DatafakerPeer", false, "threads=" + THREADS),
                peer("avro-random-generator, as JSON, 1 thread", "avro", "AvroPeer", false, "threads=1"),
                peer("avro-random-generator, as JSON, " + ALL_THREADS, "avro", "AvroPeer", false, "threads=" + THREADS),
                flink("Flink, DataGeneratorSource, discarded", "generator", 1, false),
                flink("Flink, DataGeneratorSource, discarded", "generator", THREADS, false),
                flink("Flink, DataGeneratorSource, to files", "generator", 1, true),
                flink("Flink, DataGeneratorSource, to files", "generator", THREADS, true),
                flink("Flink, SQL datagen, to JSON files", "sql", 1, true),
                flink("Flink, SQL datagen, to JSON files", "sql", THREADS, true));
        return new Race("peers", contestants, of(1.0, 5.0), of(1, 3), place, List.of(
                new View.Bars("Rows like retail.order", "peers", ALL, Race.RATE, "million/s", 1e6),
                new View.Table("", ALL, List.of(
                        new Spread("million rows/s", Race.RATE, "%.3f", 1e6),
                        new Ratio("of Spindle to null", Race.RATE, best),
                        new Ratio("of Spindle to a file", Race.RATE, bestToFile),
                        new Middle("whole process", Race.PROCESS_RATE, "%.3f", 1e6),
                        new Middle("processor ns a row, whole process", Race.CPU, "%.0f", 1),
                        new Middle("bytes a row", Race.BYTES, "%.0f", 1),
                        new Middle("peak MB", Race.MEMORY, "%.0f", 1)))));
    }

    private Part flat() {
        List<Contestant> contestants = new ArrayList<>();
        for (int power = 5; power <= 9; power++) {
            long from = (long) Math.pow(10, power);
            contestants.add(new Contestant.Stream(
                    "from event 10^" + power, "null", false, List.of("--scale", "xxxl", "--from-seq", Long.toString(from)), 2_000_000));
        }
        for (long events : of(List.of(100_000L, 1_000_000L, 5_000_000L), List.of(100_000L, 1_000_000L, 10_000_000L, 50_000_000L))) {
            contestants.add(new Contestant.Fixed(
                    String.format(Locale.ROOT, "%,d events", events), events,
                    new Contestant.Stream("", "null", false, List.of("--scale", "xxxl"), 0)));
        }
        return new Race("flat", contestants, of(1.0, 3.0), of(2, 3), place, List.of(
                new View.Bars("Cost of an event along the stream", "flat", name -> name.startsWith("from"), Race.CPU,
                        "processor ns, start of the process included", 1),
                new View.Table("where in the stream", name -> name.startsWith("from"), List.of(
                        new Spread("million events/s", Race.RATE, "%.2f", 1e6),
                        new Spread("processor ns an event", Race.CPU, "%.0f", 1),
                        new Middle("events", Race.ROWS, "%,.0f", 1),
                        new Spread("peak MB", Race.MEMORY, "%.0f", 1))),
                new View.Bars("Resident memory after", "memory", name -> name.endsWith("events"), Race.MEMORY, "MB at most", 1),
                new View.Table("how long a stream", name -> name.endsWith("events"), List.of(
                        new Spread("million events/s", Race.RATE, "%.2f", 1e6),
                        new Spread("peak MB", Race.MEMORY, "%.0f", 1)))));
    }

    private Part rows() {
        return jmh("rows", "\\.(Row|Domain)Benchmark\\.", "A row");
    }

    private Part stages() {
        return jmh("stages", "\\.(?!Row|Domain)[A-Za-z]+Benchmark\\.", "One operation");
    }

    private Part jmh(String name, String pattern, String title) {
        List<String> options = new ArrayList<>(of(
                List.of("-f", "1", "-wi", "2", "-w", "200ms", "-i", "2", "-r", "200ms"),
                List.of("-f", "1", "-wi", "3", "-w", "500ms", "-i", "5", "-r", "300ms")));
        options.addAll(List.of("-bm", "avgt", "-tu", "ns", "-prof", "gc", "-foe", "true"));
        return new Jmh(name, pattern, options, flags, place, List.of(
                new View.Bars(title, name, ALL, Jmh.NANOS, "ns", 1),
                new View.Table("", ALL, List.of(
                        new Spread("ns", Jmh.NANOS, "%.1f", 1),
                        new PerSecond("million/s on a core", Jmh.NANOS),
                        new Middle("bytes allocated", Jmh.BYTES, "%.3f", 1)))));
    }

    private Part pacing() {
        Predicate<String> schedules = name -> name.startsWith("poisson") || name.startsWith("constant");
        return programs("pacing", of(1, 2), PacingBenchmark.class, List.of(
                        "seconds=" + of("0.3", "3"), "seeds=" + of("3", "7"), "core=own", "cpu=" + LAST_CORE,
                        "parts=lag,ks,burst,retune"),
                new View.Points("Actual less intended release", "pacing", schedules,
                        List.of("p50 ns", "p50 of the spin ns", "p99 ns", "p99 of the spin ns", "p99.9 ns", "p99.9 of the spin ns"),
                        "ns"),
                new View.Table("arrivals", schedules, List.of(
                        new Spread("p50 ns", "p50 ns", "%,.0f", 1),
                        new Middle("bare spin", "p50 of the spin ns", "%,.0f", 1),
                        new Spread("p99 ns", "p99 ns", "%,.0f", 1),
                        new Middle("bare spin", "p99 of the spin ns", "%,.0f", 1),
                        new Spread("p99.9 ns", "p99.9 ns", "%,.0f", 1),
                        new Middle("bare spin", "p99.9 of the spin ns", "%,.0f", 1),
                        new Spread("rate error %", "rate error %", "%.5f", 1))),
                new View.Table("Kolmogorov and Smirnov's test, p above 0.01", name -> name.startsWith("gaps"), List.of(
                        new Spread("% of the seeds", "good seeds %", "%.0f", 1),
                        new Middle("bare spin", "good seeds of the spin %", "%.0f", 1))),
                new View.Table("reaction", name -> name.startsWith("first") || name.startsWith("retune"), List.of(
                        new Spread("µs", "µs", "%,.0f", 1))));
    }

    private Part kafka() {
        return programs("kafka", 1, KafkaBenchmark.class, List.of("records=" + of("500000", "3000000"), "rounds=" + of("1", "3")),
                new View.Bars("Records into a local broker", "kafka", ALL, "records/s", "thousand/s", 1e3),
                new View.Table("", ALL, List.of(
                        new Spread("thousand records/s", "records/s", "%.0f", 1e3),
                        new Ratio("of the tool", "records/s", "Kafka's producer tool, rows from a file"),
                        new Middle("processor ns a record", "processor ns a record", "%.0f", 1))));
    }

    private Part eventHub() {
        return programs("eventhub", 1, EventHubBenchmark.class,
                List.of("rounds=" + of("2", "7"), "seconds=" + of("1", "3"), "warmup=" + of("5", "25")),
                new View.Bars("Events into a stand-in for Event Hubs", "eventhub", ALL, "events/s", "thousand/s", 1e3),
                new View.Table("", ALL, List.of(
                        new Spread("thousand events/s", "events/s", "%.0f", 1e3),
                        new Ratio("of the client alone", "events/s", "the client alone, 500 prepared events a batch"),
                        new Ratio("of the client that fills its batches", "events/s", "the client alone, batches filled, 500 events each"),
                        new Middle("processor ns an event, stand-in included", "processor ns an event", "%.0f", 1))));
    }

    private Part control() {
        return programs("control", 1, ControlPlaneBenchmark.class, of(
                        List.of("--retunes", "300", "--effects", "50", "--rounds", "2", "--seconds", "1"),
                        List.of("--retunes", "2000", "--effects", "300", "--rounds", "7", "--seconds", "2")),
                new View.Table("", name -> !name.contains("watch"), List.of(
                        new Middle("p50 ms", "p50 ms", "%.3f", 1),
                        new Middle("p90 ms", "p90 ms", "%.3f", 1),
                        new Middle("p99 ms", "p99 ms", "%.3f", 1),
                        new Middle("largest ms", "max ms", "%.3f", 1))),
                new View.Bars("An unpaced run to null while it is watched", "control", name -> name.contains("watch"),
                        "events/s", "million/s", 1e6),
                new View.Table("", name -> name.contains("watch"), List.of(
                        new Spread("million events/s", "events/s", "%.2f", 1e6),
                        new Spread("of that before and after", "of that before and after", "%.2f", 1))));
    }

    private Part programs(String name, int rounds, Class<?> program, List<String> programArguments, View... views) {
        return new Programs(
                name, List.of(new Programs.Call(program, programArguments)), rounds, flags, place, List.of(views));
    }

    private Contestant loop(String name, int threads, boolean toFile) {
        return new Contestant.Program(name, 4_000_000, toFile, (where, rows) -> {
            List<String> command = where.java(flags, System.getProperty("java.class.path"), LoopProgram.class.getName());
            command.addAll(List.of(Long.toString(rows), Integer.toString(threads)));
            if (toFile) {
                command.add(where.scratch().resolve("loop.jsonl").toString());
            }
            return command;
        });
    }

    private Contestant rows(String name, int threads) {
        return new Contestant.Program(name, 1_000_000, false, (where, rows) -> {
            List<String> command = where.java(flags, System.getProperty("java.class.path"), RowsProgram.class.getName());
            command.addAll(List.of(Long.toString(rows), Integer.toString(threads), "order", arguments.scale()));
            return command;
        });
    }

    private Contestant stream(String name, String sink, List<String> options) {
        return new Contestant.Stream(name, sink, false, options(options), PROBE_ROWS);
    }

    private List<String> options(List<String> more) {
        List<String> all = new ArrayList<>(List.of("--scale", arguments.scale()));
        all.addAll(more);
        return all;
    }

    /** {@code lanes-2} is as many lanes; all else a thread plan. */
    private static List<String> plan(String plan) {
        return plan.startsWith(LANES) ? List.of("--lanes", plan.substring(LANES.length())) : List.of("--threads", plan, "--lanes", "1");
    }

    /** A fixed number of rows: the cluster takes so long to start that a short turn first would tell little. */
    private Contestant flink(String name, String source, int parallelism, boolean toFiles) {
        String full = name + ", parallelism " + parallelism;
        Contestant peer =
                peer(full, "flink", "FlinkPeer", toFiles, "source=" + source, "parallelism=" + parallelism);
        return new Contestant.Fixed(full, of(150_000L, 600_000L), peer);
    }

    private Contestant peer(String name, String module, String program, boolean toFiles, String... more) {
        return new Contestant.Program(name, 200_000, toFiles, (where, rows) -> {
            String target = where.home().resolve("bench/peers/" + module + "/target").toString();
            List<String> own = new ArrayList<>(flags);
            own.add("-Djava.io.tmpdir=" + where.scratch()); // Flink unpacks itself there, and leaves it behind
            List<String> command = where.java(own, target + "/classes:" + target + "/lib/*", "dev.spindle.peers." + program);
            command.add("rows=" + rows);
            command.addAll(List.of(more));
            if (toFiles) {
                command.add("folder=" + where.scratch().resolve("orders"));
            }
            return command;
        });
    }
}
