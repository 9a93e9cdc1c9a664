package dev.spindle.control.http;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;

import dev.spindle.control.json.Field;
import dev.spindle.control.json.JsonOut;
import dev.spindle.control.json.Shape;
import dev.spindle.control.live.ProblemTree;
import dev.spindle.control.metrics.Prometheus;
import dev.spindle.control.request.BurstRequest;
import dev.spindle.control.request.OutputFolder;
import dev.spindle.control.request.RetuneRequest;
import dev.spindle.control.request.StartRequest;
import dev.spindle.control.run.ControlledRun;
import dev.spindle.control.run.ControlledRun.AddedBurst;
import dev.spindle.control.run.IntervalLog;
import dev.spindle.control.run.PlanTree;
import dev.spindle.control.run.Runs;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RetuneAck;
import dev.spindle.engine.plan.RunPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** The routes, each with what it takes, gives and refuses. */
final class RunOperations {

    private static final long ACK_PATIENCE_MILLIS = 1_000;
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final Shape TIME = Shape.either(Shape.whole(0, Long.MAX_VALUE), new Shape.Nothing());
    private static final Shape.Members STATUS =
            Shape.open(Field.of("status", Shape.oneOf(List.of("ok", "stopping")), "ok, or stopping.").mandatory());
    private static final Shape.Members RETUNED = Shape.open(
            Field.of("revision", Shape.whole(1, Long.MAX_VALUE), "The plan's revision.").mandatory(),
            Field.of("applied_at_ns", TIME, "Since when it holds on the run's clock; null when the run has not come to it yet.").mandatory(),
            Field.of("effective_seq", TIME, "The first event under the new plan; null like that.").mandatory(),
            Field.of("plan", PlanTree.SHAPE, "The plan.").mandatory());

    private final Runs runs;
    private final Vertx vertx;
    private final OutputFolder folder;
    private final boolean startsRuns;
    private final BooleanSupplier ready;

    RunOperations(Runs runs, Vertx vertx, OutputFolder folder, boolean startsRuns, BooleanSupplier ready) {
        this.runs = runs;
        this.vertx = vertx;
        this.folder = folder;
        this.startsRuns = startsRuns;
        this.ready = ready;
    }

    /** The schemas that the routes name. */
    static Map<String, Shape.Members> shapes() {
        Map<String, Shape.Members> shapes = new LinkedHashMap<>();
        shapes.put("StartRun", StartRequest.shape());
        shapes.put("Retune", RetuneRequest.SHAPE);
        shapes.put("Burst", BurstRequest.SHAPE);
        shapes.put("Result", ResultShape.SHAPE);
        shapes.put("Runs", Shape.open(Field.of("runs", Shape.items(ResultShape.SHAPE, 10_000), "Oldest first.").mandatory()));
        shapes.put("Plan", PlanTree.SHAPE);
        shapes.put("Retuned", RETUNED);
        shapes.put("BurstWindow", PlanTree.BURST);
        shapes.put("Events", Shape.open(Field.of("events", Shape.items(new Shape.Free("object"), 1_000), "Oldest first.").mandatory()));
        shapes.put("Histogram", HistogramText.SHAPE);
        shapes.put("Catalogue", Catalogue.SHAPE);
        shapes.put("Status", STATUS);
        shapes.put("Problem", Refusal.SHAPE);
        shapes.put("ProblemEntry", ProblemTree.SHAPE);
        return shapes;
    }

    List<Operation> all() {
        return List.of(
                Operation.of(GET, "/healthz", "health", "Whether the process is alive.", call -> status(200, "ok"))
                        .gives(200, "Status", "It is."),
                Operation.of(GET, "/readyz", "readiness", "Whether runs can be started.", call -> ready.getAsBoolean()
                                ? status(200, "ok")
                                : status(503, "stopping"))
                        .gives(200, "Status", "They can.")
                        .gives(503, "Status", "The control plane is shutting down."),
                Operation.of(GET, "/metrics", "metrics", "All runs' figures for Prometheus.", call -> blocking(
                                () -> new Answer(200, Prometheus.MEDIA_TYPE, Prometheus.page(runs.all()))))
                        .gives(200, "text/plain", null, "The text format, version 0.0.4."),
                Operation.of(GET, "/v1/domains", "listDomains", "Domains, tables, columns, scales; sinks and patterns.", call -> blocking(
                                () -> Answer.json(200, Catalogue.json())))
                        .gives(200, "Catalogue", "All of them."),
                Operation.of(POST, "/v1/runs", "startRun", "Starts a run.", this::start)
                        .takes("StartRun")
                        .gives(201, "Result", "It has started; Location says where it is.")
                        .refuses(400, 409, 413, 429),
                Operation.of(GET, "/v1/runs", "listRuns", "All runs.", call -> blocking(this::list))
                        .gives(200, "Runs", "Their results so far."),
                Operation.of(GET, "/v1/runs/{id}", "getRun", "A run's result so far.", this::result)
                        .gives(200, "Result", "The ETag is the plan's revision.")
                        .refuses(404),
                Operation.of(PATCH, "/v1/runs/{id}", "retune", "Changes a run's plan while it runs.", this::retune)
                        .takes("Retune")
                        .ifMatch()
                        .gives(200, "Retuned", "The plan is changed.")
                        .refuses(400, 404, 409, 412, 413),
                Operation.of(DELETE, "/v1/runs/{id}", "forgetRun", "Forgets a run that has ended.", this::forget)
                        .gives(204, null, "It is forgotten.")
                        .refuses(404, 409),
                Operation.of(GET, "/v1/runs/{id}/plan", "getPlan", "A run's plan with its burst windows.", this::plan)
                        .gives(200, "Plan", "The ETag is its revision.")
                        .refuses(404),
                Operation.of(GET, "/v1/runs/{id}/events", "sampleEvents", "A few of the last events that left.", this::events)
                        .gives(200, "Events", "From the first request on events are kept, one from ten batches a second at most.")
                        .refuses(404),
                Operation.of(POST, "/v1/runs/{id}/bursts", "addBurst", "Adds a burst window.", this::addBurst)
                        .takes("Burst")
                        .ifMatch()
                        .gives(201, "BurstWindow", "It is added; Location says where it is.")
                        .refuses(400, 404, 409, 412, 413),
                Operation.of(DELETE, "/v1/runs/{id}/bursts/{n}", "removeBurst", "Removes a burst window that is not over.", this::removeBurst)
                        .ifMatch()
                        .gives(204, null, "It is removed.")
                        .refuses(404, 409, 412),
                Operation.of(POST, "/v1/runs/{id}/stop", "stopRun", "Drains and stops a run; may be repeated.", this::stop)
                        .gives(202, "Result", "It is stopping.")
                        .gives(200, "Result", "It has ended.")
                        .refuses(404),
                Operation.of(GET, "/v1/runs/{id}/histogram", "histogram", "A run's latencies or lags.", this::histogram)
                        .asks("format", List.of("json", "hgrm", "hlog"), "json; hgrm: HdrHistogram's percentile distribution, in microseconds; hlog: its log of intervals, in nanoseconds.")
                        .asks("of", List.of("latency", "lag"), "What was measured.")
                        .gives(200, "Histogram", "The histogram.")
                        .gives(200, "text/plain", null, "The histogram.")
                        .refuses(400, 404));
    }

    private Future<Answer> blocking(Callable<Answer> work) {
        return vertx.executeBlocking(work, false);
    }

    private static Future<Answer> status(int status, String word) {
        return Future.succeededFuture(Answer.json(status, JsonOut.text(JsonOut.object("status", word))));
    }

    private Future<Answer> start(Call call) {
        if (!startsRuns) {
            throw new Refusal(409, "this control plane serves the one run that it was opened for");
        }
        var body = call.body();
        return blocking(() -> {
            ControlledRun run;
            try (StartRequest.Start start = StartRequest.read(body, folder)) {
                run = runs.start(start.config());
            }
            return Answer.json(201, ControlledRun.json(run.result()))
                    .revision(run.plan().revision())
                    .header("Location", "/v1/runs/" + run.id());
        });
    }

    private Answer list() {
        return Answer.json(200, JsonOut.text(JsonOut.object(
                "runs",
                runs.all().stream().map(run -> new JsonOut.Raw(ControlledRun.json(run.result()))).toList())));
    }

    private Future<Answer> result(Call call) {
        ControlledRun run = call.run();
        return blocking(() -> result(200, run));
    }

    private static Answer result(int status, ControlledRun run) {
        long revision = run.plan().revision();
        return Answer.json(status, ControlledRun.json(run.result())).revision(revision);
    }

    private Future<Answer> plan(Call call) {
        Map<String, Object> plan = call.run().planTree();
        return Future.succeededFuture(
                Answer.json(200, JsonOut.text(plan)).header("ETag", "\"" + plan.get("revision") + "\""));
    }

    private Future<Answer> events(Call call) {
        List<JsonOut.Raw> events = call.run().sampleEvents().stream().map(JsonOut.Raw::new).toList();
        return Future.succeededFuture(Answer.json(200, JsonOut.text(JsonOut.object("events", events))));
    }

    private Future<Answer> retune(Call call) {
        ControlledRun run = call.run();
        RetuneRequest request = RetuneRequest.read(call.body());
        RunPlan now = run.plan();
        OptionalLong expected = call.expectedRevision(now.revision());
        if (request.isEmpty()) {
            if (expected.isPresent() && expected.getAsLong() != now.revision()) {
                throw Refusal.stale(now.revision());
            }
            return Future.succeededFuture(retuned(run, now, null));
        }
        Retune.Accepted accepted = accepted(run, run.retune(expected, request::apply));
        return acknowledged(accepted.ack()).map(ack -> retuned(run, accepted.plan(), ack));
    }

    private static Answer retuned(ControlledRun run, RunPlan plan, RetuneAck ack) {
        return Answer.json(200, JsonOut.text(JsonOut.object(
                        "revision", plan.revision(),
                        "applied_at_ns", ack == null ? null : ack.appliedAtNanos(),
                        "effective_seq", ack == null ? null : ack.effectiveSequence(),
                        "plan", run.planTree())))
                .revision(plan.revision());
    }

    private static Retune.Accepted accepted(ControlledRun run, Retune retune) {
        return switch (retune) {
            case Retune.Accepted accepted -> accepted;
            case Retune.Stale stale -> throw Refusal.stale(stale.currentRevision());
            case Retune.Ended ended -> throw Refusal.ended(run.id());
        };
    }

    /** The acknowledgement, or null when it takes long: the pacer may be waiting for a sink that has stalled. */
    private Future<RetuneAck> acknowledged(CompletableFuture<RetuneAck> ack) {
        Promise<RetuneAck> answer = Promise.promise();
        long timer = vertx.setTimer(ACK_PATIENCE_MILLIS, t -> answer.tryComplete(null));
        ack.whenComplete((value, failure) -> {
            vertx.cancelTimer(timer);
            answer.tryComplete(value);
        });
        return answer.future();
    }

    private Future<Answer> addBurst(Call call) {
        ControlledRun run = call.run();
        BurstRequest request = BurstRequest.read(call.body());
        AddedBurst added = run.addBurst(
                call.expectedRevision(run.plan().revision()), request.startNanos(), request.durationNanos(), request.multiplier());
        Retune.Accepted accepted = accepted(run, added.retune());
        return Future.succeededFuture(
                Answer.json(201, JsonOut.text(PlanTree.burst(added.number(), added.window())))
                        .revision(accepted.plan().revision())
                        .header("Location", "/v1/runs/" + run.id() + "/bursts/" + added.number()));
    }

    private Future<Answer> removeBurst(Call call) {
        ControlledRun run = call.run();
        int number = call.path("n").matches("\\d{1,9}") ? Integer.parseInt(call.path("n")) : -1;
        return Future.succeededFuture(
                switch (run.removeBurst(call.expectedRevision(run.plan().revision()), number)) {
                    case REMOVED -> Answer.nothing().revision(run.plan().revision());
                    case UNKNOWN -> throw new Refusal(404, "the run " + run.id() + " has no such burst window");
                    case OVER -> throw new Refusal(409, "the burst window " + number + " is over");
                    case RUN_ENDED -> throw Refusal.ended(run.id());
                    case STALE -> throw Refusal.stale(run.plan().revision());
                });
    }

    private Future<Answer> stop(Call call) {
        ControlledRun run = call.run();
        run.stop();
        return blocking(() -> result(run.isOver() ? 200 : 202, run));
    }

    private Future<Answer> forget(Call call) {
        ControlledRun run = call.run();
        if (!run.isOver()) {
            throw new Refusal(409, "the run " + run.id() + " is still going on: stop it first");
        }
        runs.forget(run.id());
        return Future.succeededFuture(Answer.nothing());
    }

    private Future<Answer> histogram(Call call) {
        ControlledRun run = call.run();
        String format = call.choice("format", List.of("json", "hgrm", "hlog"));
        String of = call.choice("of", List.of("latency", "lag"));
        boolean lag = of.equals("lag");
        return blocking(() -> {
            String name = "attachment; filename=\"" + run.id() + "-" + of + "." + format + "\"";
            Histogram total = lag ? run.lagTotal() : run.latencyTotal();
            IntervalLog log = lag ? run.lagLog() : run.latencyLog();
            return switch (format) {
                case "hgrm" -> new Answer(200, TEXT, HistogramText.hgrm(total)).header("Content-Disposition", name);
                case "hlog" -> new Answer(200, TEXT, HistogramText.hlog(run.id(), of, log)).header("Content-Disposition", name);
                default -> Answer.json(200, HistogramText.json(run.id(), of, total));
            };
        });
    }
}
