package dev.spindle.control.request;

import dev.spindle.control.json.Body;
import dev.spindle.control.json.Field;
import dev.spindle.control.json.Shape;
import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.anomaly.AnomalyRegistry;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.pipeline.LaneCount;
import dev.spindle.engine.pipeline.ThreadPlan;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.DurationText;
import dev.spindle.engine.plan.Late;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.RateStage;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.reorder.Disorder;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A request to start a run: the stream command's options as members of a JSON object, under the same names. */
public final class StartRequest {

    /** The sink of a run that names none: a server's standard output is no place for events. */
    public static final String DEFAULT_SINK = "null";

    private static final double MOST_SECONDS = PlanFields.MOST_SECONDS;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_LIST = 20_000;
    private static final List<String> PACING =
            List.of("rate", "stages", "bursts", "pattern", "arrivals", "catch_up", "late");

    private static final Shape.Members STAGE = Shape.closed(
            Field.of("duration_seconds", Shape.real(0, MOST_SECONDS), "Length; 0 is a step.").mandatory(),
            Field.of("rate", Shape.real(0, RunPlan.MOST_PER_SECOND), "The rate of a level stage."),
            Field.of("from_rate", Shape.real(0, RunPlan.MOST_PER_SECOND), "The rate at the start of a ramp."),
            Field.of("to_rate", Shape.real(0, RunPlan.MOST_PER_SECOND), "The rate at the end of a ramp."));

    private static final Shape.Members LATE = Shape.closed(
            Field.of("fraction", Shape.real(0, 1), "How many of the events are held back.").mandatory(),
            Field.of("delay_seconds", Shape.real(0, MOST_SECONDS), "How long each of them is held.").mandatory());

    private StartRequest() {}

    private static Shape duration(Shape seconds) {
        return Shape.either(seconds, Shape.text(40));
    }

    /** The members of the body, with those of every sink on the class path. */
    public static Shape.Members shape() {
        return new Shape.Members(Stream.concat(own().stream(), SinkFields.all().stream()).toList(), true);
    }

    private static List<Field> own() {
        List<String> sinks = Sinks.all().stream().map(SinkProvider::name).toList();
        List<String> threads = Stream.concat(
                        Stream.of("auto"), Arrays.stream(ThreadPlan.Kind.values()).map(ThreadPlan.Kind::toString))
                .toList();
        return List.of(
                Field.of("domain", Shape.oneOf(Domains.NAMES), "A built-in domain.").in("stream"),
                Field.of("schema", new Shape.Free("object"), "A schema in full, in place of a domain; it has no reference data beside it.").in("stream"),
                Field.of("table", Shape.text(LONGEST_LIST), "The table to stream, or several with commas between, interleaved by event time.").mandatory().in("stream"),
                Field.of("scale", Shape.text(LONGEST_NAME), "Scale preset of the domain; the schema's own when there is none.").in("stream"),
                Field.of("seed", Shape.whole(Long.MIN_VALUE, Long.MAX_VALUE), "The same seed gives the same bytes; the schema's own, else 42.").in("bounds"),
                Field.of("from_seq", Shape.whole(0, StreamConfig.MOST_EVENTS), "Begin at event N of the same stream.").withDefault(0).in("bounds"),
                Field.of("max_events", Shape.whole(1, StreamConfig.MOST_EVENTS), "Stop after N events; without realtime and duration, the rows of the tables.").in("pace"),
                Field.of("duration", duration(Shape.above(0, MOST_SECONDS)), "Take the events whose intended time lies within it: seconds, or a text such as 5m.").in("pace"),
                Field.of("timestamp_column", Shape.text(LONGEST_NAME), "The event-time column; the first date-time column when none is named.").in("bounds"),
                Field.of("event_time", Shape.oneOf(List.of("schema", "live")), "Event time from the schema's date range, or the intended send time.").withDefault("schema").in("bounds"),
                Field.of("realtime", Shape.flag(), "Pace to the rate, or go as fast as the sink takes. On when anything of the pace is given.").withDefault(false).in("pace"),
                PlanFields.RATE.withDefault(10).in("pace"),
                PlanFields.ARRIVALS.withDefault("poisson").in("pace"),
                Field.of("bursts", Shape.items(new Shape.Members(BurstRequest.FIELDS, true), RunPlan.MOST_PARTS), "Windows in which the rate is multiplied; overlapping windows multiply each other.").in("pace"),
                Field.of("stages", Shape.items(STAGE, RunPlan.MOST_PARTS), "Ramps and steps in place of the rate; the run ends with them.").in("shape"),
                PlanFields.PATTERN.in("shape"),
                PlanFields.CATCH_UP.withDefault("bucket").in("shape"),
                PlanFields.BURST_CAPACITY.withDefault(0).in("shape"),
                PlanFields.OUT_OF_ORDER.withDefault(0).in("disorder"),
                Field.of("max_delay_slots", Shape.whole(1, Disorder.MOST_SLOTS), "How many positions an out-of-order or repeated event may slip.").withDefault(10).in("disorder"),
                Field.of("duplicates", Shape.real(0, 1), "Fraction of the events that are sent a second time.").withDefault(0).in("disorder"),
                Field.of("late", LATE, "Events held back for a time.").in("disorder"),
                PlanFields.ANOMALY_FRACTION.withDefault(0).in("anomalies"),
                Field.of("anomalies", Shape.either(new Shape.Free("array"), new Shape.Free("object")), "Anomaly definitions: point, contextual, collective.").in("anomalies"),
                Field.of("no_labels", Shape.flag(), "Leave the two anomaly columns out of the events.").withDefault(false).in("anomalies"),
                Field.of("labels", Shape.text(LONGEST_NAME * 5), "File for the ground truth as JSON Lines, inside the output folder.").in("anomalies"),
                Field.of("label_windows", Shape.text(LONGEST_NAME * 5), "File for the anomalies as time windows, inside the output folder.").in("anomalies"),
                Field.of("threads", Shape.oneOf(threads), "How the six stages are grouped onto threads.").withDefault("auto").in("threads"),
                Field.of("lanes", Shape.either(Shape.whole(1, LaneCount.MOST), Shape.oneOf(List.of("auto"))), "Pipelines side by side, each on its own thread over its share of the events.").withDefault("auto").in("threads"),
                Field.of("cpus", Shape.items(Shape.whole(0, 1_023), 1_024), "Cores to pin threads to.").in("threads"),
                Field.of("batch_size", Shape.whole(1, StreamConfig.MOST_BATCH_EVENTS), "Events handed to the sink at once, at most.").withDefault(100).in("threads"),
                Field.of("drain_timeout", duration(Shape.real(0, MOST_SECONDS)), "How long a stop may take: seconds, or a text such as 30s.").withDefault(30).in("threads"),
                Field.of("sink", Shape.oneOf(sinks), "Where the events go.").withDefault(DEFAULT_SINK).in("sink"));
    }

    /** A run's configuration, and what must go when the run has been prepared. */
    public record Start(StreamConfig config, Optional<InlineSchema> schema) implements AutoCloseable {
        @Override
        public void close() {
            schema.ifPresent(InlineSchema::close);
        }
    }

    /**
     * Reads a body.
     *
     * @throws ConfigurationException with every problem, under the names of the body's members
     */
    public static Start read(JsonValue value, OutputFolder folder) {
        Body body = Body.of(value, shape());
        List<Problem> problems = new ArrayList<>();
        StreamConfig.Builder builder = StreamConfig.builder();
        Optional<InlineSchema> inline = source(body, builder, problems);
        try {
            stream(body, builder, problems);
            builder.plan(plan(body, problems));
            disorder(body, builder);
            anomalies(body, builder, folder, problems);
            threads(body, builder, problems);
            String sink = body.text("sink").orElse(DEFAULT_SINK);
            Body.gather(problems, () -> builder.sink(sink, SinkFields.read(body, sink, folder, problems)));
            List<StreamConfig> built = new ArrayList<>();
            Body.gather(problems, () -> built.add(builder.build()));
            if (!problems.isEmpty()) {
                throw new ConfigurationException(Paths.asFields(problems));
            }
            return new Start(built.getFirst(), inline);
        } catch (RuntimeException e) {
            inline.ifPresent(InlineSchema::close);
            throw e;
        }
    }

    private static Optional<InlineSchema> source(Body body, StreamConfig.Builder builder, List<Problem> problems) {
        if (body.has("domain") == body.has("schema")) {
            problems.add(new Problem(
                    "domain",
                    null,
                    body.has("domain") ? "cannot be given together with schema" : "is missing",
                    "a domain (" + String.join(", ", Domains.NAMES) + ") or a schema"));
            return Optional.empty();
        }
        Optional<InlineSchema> inline = Optional.empty();
        if (body.has("schema")) {
            InlineSchema schema = InlineSchema.write(body.value("schema"));
            builder.schema(schema.file());
            inline = Optional.of(schema);
        } else {
            builder.domain(body.text("domain").orElseThrow());
        }
        int before = problems.size();
        try {
            StreamConfig.SchemaSource source = inline.isPresent()
                    ? new StreamConfig.SchemaSource.SchemaFile(inline.get().file())
                    : new StreamConfig.SchemaSource.Domain(body.text("domain").orElseThrow());
            check(SpindleStreamer.schema(source), body, problems);
        } catch (ConfigurationException e) {
            e.problems().forEach(p -> problems.add(new Problem("schema." + p.path(), p.value(), p.reason(), p.allowed())));
        }
        if (problems.size() > before) {
            inline.ifPresent(InlineSchema::close);
        }
        return inline;
    }

    /** What can be told of the schema before anything is compiled, so that it is told beside all other problems. */
    private static void check(Schema schema, Body body, List<Problem> problems) {
        String table = body.text("table").orElseThrow();
        for (String name : StreamConfig.tableNames(table)) {
            if (!name.isEmpty() && !schema.tables().containsKey(name)) { // one that is missing is told where the list is read
                problems.add(new Problem(
                        "table", name, "is no table of " + schema.domain(), Suggestion.among(name, schema.tables().keySet())));
            }
        }
        Body.gather(problems, () -> RowCounts.at(schema, body.text("scale").orElse(null)));
    }

    private static void stream(Body body, StreamConfig.Builder builder, List<Problem> problems) {
        builder.tables(body.text("table").orElseThrow());
        body.text("scale").ifPresent(builder::scale);
        body.whole("seed").ifPresent(builder::seed);
        body.whole("from_seq").ifPresent(builder::fromSequence);
        body.whole("max_events").ifPresent(builder::maxEvents);
        duration(body, "duration", problems, builder::duration);
        body.text("timestamp_column").ifPresent(builder::timestampColumn);
        body.text("event_time").ifPresent(text -> builder.liveEventTime(text.equals("live")));
    }

    private static void duration(Body body, String name, List<Problem> problems, Consumer<Duration> use) {
        switch (body.value(name)) {
            case JsonNumber seconds -> use.accept(Duration.ofNanos(BurstRequest.nanos(seconds.value().doubleValue())));
            case JsonString text ->
                DurationText.parse(name, text.value(), problems).ifPresent(nanos -> use.accept(Duration.ofNanos(nanos)));
            case null, default -> {}
        }
    }

    private static RunPlan plan(Body body, List<Problem> problems) {
        boolean paced = body.flag("realtime").orElse(PACING.stream().anyMatch(body::has));
        if (!paced) {
            PACING.stream()
                    .filter(body::has)
                    .forEach(name -> problems.add(
                            new Problem(name, null, "cannot be given together with realtime false", "realtime true")));
        }
        if (body.has("rate") && body.has("stages")) {
            problems.add(new Problem("rate", null, "cannot be given together with stages", "one of them"));
        }
        PlanDraft draft = RunPlan.draft().paced(paced);
        List<Problem> found = new ArrayList<>();
        PlanFields.read(body, found).apply(draft);
        List<BurstWindow> bursts = new ArrayList<>();
        body.each("bursts", item -> {
            BurstRequest burst = BurstRequest.read(item);
            bursts.add(new BurstWindow(burst.startNanos().orElse(0), burst.durationNanos(), burst.multiplier()));
        });
        List<RateStage> stages = new ArrayList<>();
        body.each("stages", item -> stages.add(stage(item, "stages[" + stages.size() + "]", found)));
        problems.addAll(found);
        draft.bursts(bursts);
        if (!stages.isEmpty()) {
            draft.stages(stages);
        }
        List<RunPlan> built = new ArrayList<>();
        Body.gather(problems, () -> built.add(draft.build()));
        return built.isEmpty() ? RunPlan.draft().build() : built.getFirst();
    }

    private static RateStage stage(Body item, String path, List<Problem> problems) {
        boolean level = item.has("rate");
        if (level == (item.has("from_rate") || item.has("to_rate")) || item.has("from_rate") != item.has("to_rate")) {
            problems.add(new Problem(path, null, "is neither a level nor a ramp", "rate, or from_rate and to_rate"));
            return new RateStage(1, 0, 0);
        }
        long nanos = BurstRequest.nanos(item.real("duration_seconds").orElseThrow());
        double from = item.real(level ? "rate" : "from_rate").orElseThrow();
        return new RateStage(nanos, from, level ? from : item.real("to_rate").orElseThrow());
    }

    private static void disorder(Body body, StreamConfig.Builder builder) {
        body.whole("max_delay_slots").ifPresent(slots -> builder.maxDelaySlots((int) slots));
        body.real("duplicates").ifPresent(builder::duplicates);
        if (body.value("late") instanceof JsonValue.JsonObject object) {
            Body late = new Body(object);
            builder.late(new Late(
                    late.real("fraction").orElseThrow(), BurstRequest.nanos(late.real("delay_seconds").orElseThrow())));
        }
    }

    private static void anomalies(Body body, StreamConfig.Builder builder, OutputFolder folder, List<Problem> problems) {
        if (body.has("anomalies")) {
            builder.anomalies(AnomalyRegistry.read(body.value("anomalies")));
        }
        builder.labelled(!body.flag("no_labels").orElse(false));
        file(body, "labels", folder, problems).ifPresent(builder::labels);
        file(body, "label_windows", folder, problems).ifPresent(builder::labelWindows);
    }

    private static Optional<Path> file(Body body, String name, OutputFolder folder, List<Problem> problems) {
        return body.text(name).flatMap(text -> folder.resolve(name, text, problems));
    }

    private static void threads(Body body, StreamConfig.Builder builder, List<Problem> problems) {
        body.text("threads")
                .filter(name -> !name.equals("auto"))
                .ifPresent(name -> builder.threads(ThreadPlan.Kind.valueOf(name.toUpperCase(Locale.ROOT))));
        if (body.value("cpus") instanceof JsonValue.JsonArray list) {
            builder.cpus(list.items().stream().map(item -> ((JsonNumber) item).value().intValue()).toList());
        }
        if (body.value("lanes") instanceof JsonNumber count) {
            builder.lanes(count.value().intValue());
        }
        body.whole("batch_size").ifPresent(events -> builder.batchSize((int) events));
        duration(body, "drain_timeout", problems, builder::drainTimeout);
    }
}
