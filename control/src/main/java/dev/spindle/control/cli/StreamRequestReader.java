package dev.spindle.control.cli;

import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.pipeline.LaneCount;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.BurstText;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.CatchUpText;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.LateText;
import dev.spindle.engine.plan.PatternText;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.RateStage;
import dev.spindle.engine.plan.RateText;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.plan.StagesText;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.reorder.Disorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Turns the arguments of {@code spindle stream} into a request. Reads on after a problem, so that all are known in the
 * end.
 */
final class StreamRequestReader {

    private final Arguments arguments;
    private final List<SinkProvider> sinks;
    private final List<Problem> problems;
    private final Values values;

    StreamRequestReader(Arguments arguments, List<SinkProvider> sinks) {
        this.arguments = arguments;
        this.sinks = sinks;
        this.problems = new ArrayList<>(arguments.problems());
        this.values = new Values(arguments, problems);
    }

    /** @throws ConfigurationException with every problem, also those that only the schema, the table or the sink know of */
    StreamRequest read() {
        StreamConfig.Builder builder = StreamConfig.builder();
        readWhat(builder);
        readSink(builder);
        readPlan().ifPresent(builder::plan);
        readDisorder(builder);
        readAnomalies(builder);
        readThreads(builder);
        values.duration("drain-timeout").ifPresent(builder::drainTimeout);
        List<Condition> conditions = new ArrayList<>();
        for (String text : arguments.all("fail-if")) {
            Condition.parse("--fail-if", text, problems).ifPresent(conditions::add);
        }
        Optional<Path> result = values.fileToWrite("result");
        Optional<Path> hdr = values.fileToWrite("hdr");
        OptionalInt serve = Serving.port(arguments, values);
        StreamConfig config = build(builder);
        if (config == null || !problems.isEmpty()) {
            new StreamInspection(arguments, sinks).addTo(problems);
            throw new ConfigurationException(problems);
        }
        return new StreamRequest(config, result, hdr, conditions, serve);
    }

    private StreamConfig build(StreamConfig.Builder builder) {
        try {
            return builder.build();
        } catch (ConfigurationException e) {
            // A missing --table is told here; one that is there but wrong has been told already.
            e.problems().stream()
                    .filter(p -> !(p.path().equals("--table") && p.value() == null && arguments.has("table")))
                    .forEach(problems::add);
            return null;
        }
    }

    private void readWhat(StreamConfig.Builder builder) {
        Optional<Path> schema = values.path("schema");
        Optional<String> domain = arguments.operand();
        if (domain.isEmpty() && !arguments.has("schema")) {
            problems.add(new Problem("DOMAIN", null, "is missing", "a built-in domain, or --schema FILE"));
        }
        if (domain.isPresent() && arguments.has("schema")) {
            problems.add(new Problem(
                    "--schema", arguments.text("schema").orElse(null), "is given together with the domain " + domain.get(),
                    "one of the two"));
        }
        schema.ifPresent(builder::schema);
        if (schema.isEmpty()) {
            domain.ifPresent(builder::domain);
        }
        values.text("table").ifPresent(builder::tables);
        values.text("scale").ifPresent(builder::scale);
        values.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE, "-2^63 to 2^63-1").ifPresent(builder::seed);
        values.whole("max-events", 1, StreamConfig.MOST_EVENTS, "1 to 2^53").ifPresent(builder::maxEvents);
        values.whole("from-seq", 0, StreamConfig.MOST_EVENTS, "0 to 2^53").ifPresent(builder::fromSequence);
        values.duration("duration").ifPresent(builder::duration);
        values.text("timestamp-column").ifPresent(builder::timestampColumn);
        values.oneOf("event-time", StreamOptions.EVENT_TIMES, "live"::equals).ifPresent(builder::liveEventTime);
    }

    private void readSink(StreamConfig.Builder builder) {
        List<String> names = sinks.stream().map(SinkProvider::name).toList();
        String sink = arguments.text("sink").orElse("console");
        if (!names.contains(sink)) {
            problems.add(new Problem("--sink", sink, "is no sink", Suggestion.among(sink, names)));
        }
        builder.sink(sink, new SinkOptions(sinks).settings(arguments, sink, problems));
    }

    /** The plan; empty, with problems added, when it is not valid. */
    private Optional<RunPlan> readPlan() {
        int before = problems.size();
        PlanDraft draft = RunPlan.draft().paced(paced());
        values.parsed("rate", (path, text, to) -> {
            var rate = RateText.parse(path, text, to);
            return rate.isPresent() ? Optional.of(rate.getAsDouble()) : Optional.<Double>empty();
        }).ifPresent(draft::ratePerSecond);
        readStages().ifPresent(draft::stages);
        for (String text : arguments.all("burst")) {
            Optional<BurstWindow> window = BurstText.parse("--burst", text, problems);
            window.ifPresent(draft::addBurst);
        }
        values.parsed("pattern", PatternText::parse).ifPresent(draft::pattern);
        values.oneOf("arrivals", StreamOptions.ARRIVALS, name -> Arrivals.valueOf(name.toUpperCase(Locale.ROOT)))
                .ifPresent(draft::arrivals);
        values.parsed("catch-up", CatchUpText::parse).ifPresent(draft::catchUp);
        values.whole("burst-capacity", 1, Long.MAX_VALUE, "1 or more").ifPresent(draft::burstCapacityEvents);
        values.fraction("out-of-order").ifPresent(draft::outOfOrder);
        values.fraction("anomaly-fraction").ifPresent(draft::anomalyFraction);
        try {
            RunPlan plan = draft.build();
            return problems.size() == before ? Optional.of(plan) : Optional.empty();
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private Optional<List<RateStage>> readStages() {
        if (arguments.has("stages") && arguments.has("rate")) {
            problems.add(new Problem(
                    "--stages", arguments.text("stages").orElse(null), "takes the place of --rate", "one of the two"));
        }
        return arguments.text("stages").map(text -> StagesText.parse("--stages", text, problems));
    }

    private boolean paced() {
        List<String> pacing = StreamOptions.PACING.stream().filter(arguments::has).toList();
        if (!arguments.has("no-realtime")) {
            return arguments.has("realtime") || !pacing.isEmpty();
        }
        if (arguments.has("realtime")) {
            problems.add(new Problem("--no-realtime", null, "contradicts --realtime", "one of the two"));
        }
        for (String name : pacing) {
            problems.add(new Problem("--no-realtime", null, "contradicts --" + name + ", which paces the run", "one of the two"));
        }
        return false;
    }

    private void readDisorder(StreamConfig.Builder builder) {
        values.parsed("late", LateText::parse).ifPresent((Late late) -> builder.late(late));
        values.whole("max-delay-slots", 1, Disorder.MOST_SLOTS,
                        "1 to " + Disorder.MOST_SLOTS)
                .ifPresent(slots -> builder.maxDelaySlots((int) slots));
        values.fraction("duplicates").ifPresent(builder::duplicates);
    }

    private void readAnomalies(StreamConfig.Builder builder) {
        values.path("anomalies").ifPresent(file -> {
            try {
                builder.anomalies(AnomalyRegistry.read(JsonReader.read(file)));
            } catch (ConfigurationException e) {
                e.problems().forEach(p -> problems.add(new Problem("--anomalies", p.path(), p.reason(), p.allowed())));
            }
        });
        builder.labelled(!arguments.has("no-labels"));
        values.fileToWrite("labels").ifPresent(builder::labels);
        values.fileToWrite("label-windows").ifPresent(builder::labelWindows);
    }

    private void readThreads(StreamConfig.Builder builder) {
        values.oneOf("threads", StreamOptions.THREADS, name -> name)
                .filter(name -> !name.equals("auto"))
                .ifPresent(name -> builder.threads(ThreadPlan.Kind.valueOf(name.toUpperCase(Locale.ROOT))));
        if (!arguments.text("lanes").orElse("auto").equals("auto")) {
            values.whole("lanes", 1, LaneCount.MOST, "1 to " + LaneCount.MOST + ", or auto")
                    .ifPresent(count -> builder.lanes((int) count));
        }
        values.parsed("cpus", CpuList::parse).ifPresent(builder::cpus);
        values.whole("batch-size", 1, StreamConfig.MOST_BATCH_EVENTS, "1 to " + StreamConfig.MOST_BATCH_EVENTS)
                .ifPresent(size -> builder.batchSize((int) size));
    }
}
