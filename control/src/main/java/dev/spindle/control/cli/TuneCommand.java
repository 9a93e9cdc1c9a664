package dev.spindle.control.cli;

import dev.spindle.control.json.JsonOut;
import dev.spindle.control.run.PlanTree;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.plan.BurstText;
import dev.spindle.engine.plan.PatternText;
import dev.spindle.engine.plan.RateText;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code spindle tune}: the control plane from a shell. */
final class TuneCommand implements Command {

    private static final String PLAN = "What changes";
    private static final String WHERE = "Which control plane";
    private static final String NOW = "now:";

    @Override
    public String name() {
        return "tune";
    }

    @Override
    public String summary() {
        return "Retune a run on a running control plane";
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.of(new Operand("RUN", "The run's id; without it the runs are listed", false, List.of()));
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value(PLAN, "rate", "R", "Target events per second, such as 250, 50k or 1.5M."),
                Option.value(PLAN, "arrivals", "poisson|constant", "Arrival process.").oneOf(StreamOptions.ARRIVALS),
                Option.value(PLAN, "pattern", "NAME|FILE|none", "Multipliers by hour of day and day of week."),
                Option.value(PLAN, "catch-up", "POLICY", "What happens to overdue events: bucket, unlimited, drop, drop:DURATION."),
                Option.value(PLAN, "burst-capacity", "N", "Size of the token bucket in events; 0 for two seconds of the rate."),
                Option.value(PLAN, "out-of-order", "F", "Fraction of events delivered late by some positions."),
                Option.value(PLAN, "anomaly-fraction", "F", "Fraction of rows given the automatic point anomaly."),
                Option.value(PLAN, "burst", "START:DURATION:MULTIPLIER",
                                "Add a burst window; START is in seconds on the run's clock, or now. Repeatable.")
                        .repeated(),
                Option.flag(PLAN, "pause", "Let the run's clock stand still."),
                Option.flag(PLAN, "resume", "Let it go on."),
                Option.flag(PLAN, "stop", "Drain and stop the run."),
                Option.flag(PLAN, "watch", "Show a live line until the run ends."),
                Option.value(WHERE, "url", "URL", "Where the control plane is.").byDefault("http://127.0.0.1:8080"),
                Option.value(WHERE, "token-file", "FILE", "File with its token.").byDefault(ServeCommand.TOKEN_VARIABLE + ", if it is set"));
    }

    @Override
    public int run(Arguments arguments, Io io) {
        List<Problem> problems = new ArrayList<>(arguments.problems());
        Values values = new Values(arguments, problems);
        URI url = url(values, problems);
        Optional<String> token = ServeCommand.token(values, problems);
        Map<String, Object> change = change(arguments, values, problems);
        List<Map<String, Object>> bursts = bursts(arguments, problems);
        boolean acts = !change.isEmpty() || !bursts.isEmpty() || arguments.has("stop") || arguments.has("watch");
        if (arguments.operand().isEmpty() && acts) {
            problems.add(new Problem("RUN", null, "is missing", "a run's id; spindle tune without options lists them"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        Screen screen = new Screen(io.err(), arguments.has("quiet"), arguments.has("verbose"));
        try (RemotePlane plane = new RemotePlane(url, token)) {
            if (arguments.operand().isEmpty()) {
                list(plane, io);
                return ExitCode.OK;
            }
            String run = arguments.operand().get();
            String path = "/v1/runs/" + URLEncoder.encode(run, StandardCharsets.UTF_8);
            if (!acts) {
                io.out().println(describe(plane.ask("GET", path, null), plane.ask("GET", path + "/plan", null)));
                return ExitCode.OK;
            }
            apply(plane, path, change, bursts, screen);
            if (arguments.has("stop")) {
                plane.ask("POST", path + "/stop", null);
                screen.say("stopping");
            }
            return arguments.has("watch") ? new Watch(plane, run, screen, io).untilTheEnd() : ExitCode.OK;
        }
    }

    private static void apply(
            RemotePlane plane, String path, Map<String, Object> change, List<Map<String, Object>> bursts, Screen screen) {
        if (!change.isEmpty()) {
            JsonObject answer = plane.ask("PATCH", path, JsonOut.text(change));
            screen.say("revision " + (long) RemotePlane.number(answer, "revision") + ": " + since(answer));
        }
        for (Map<String, Object> burst : bursts) {
            JsonObject window = plane.ask("POST", path + "/bursts", JsonOut.text(burst));
            screen.say("burst " + (long) RemotePlane.number(window, "n") + ": from "
                    + seconds(RemotePlane.number(window, "start_offset_seconds")) + " on the run's clock");
        }
    }

    private static String since(JsonObject answer) {
        return answer.get("applied_at_ns") instanceof JsonNumber
                ? "holds since " + seconds(RemotePlane.number(answer, "applied_at_ns") / 1e9)
                        + " on the run's clock, from event " + (long) RemotePlane.number(answer, "effective_seq")
                : "will hold when the run comes to it: its sink has stalled";
    }

    private static String seconds(double seconds) {
        return Figures.rate(seconds) + " s";
    }

    private static URI url(Values values, List<Problem> problems) {
        String text = values.text("url").orElse("http://127.0.0.1:8080");
        try {
            URI uri = URI.create(text.endsWith("/") ? text : text + "/");
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as for any text that is no address of a server.
        }
        problems.add(new Problem("--url", text, "is no address of a control plane", "such as http://127.0.0.1:8080"));
        return URI.create("http://127.0.0.1:8080/");
    }

    private static Map<String, Object> change(Arguments arguments, Values values, List<Problem> problems) {
        Map<String, Object> change = new LinkedHashMap<>();
        arguments.text("rate").ifPresent(text -> RateText.parse("--rate", text, problems).ifPresent(rate -> change.put("rate", rate)));
        values.oneOf("arrivals", StreamOptions.ARRIVALS, name -> name).ifPresent(name -> change.put("arrivals", name));
        arguments.text("pattern").ifPresent(text -> {
            if (text.equals("none")) {
                change.put("pattern", null);
            } else {
                PatternText.parse("--pattern", text, problems).ifPresent(pattern -> change.put("pattern", PlanTree.pattern(pattern)));
            }
        });
        values.text("catch-up").ifPresent(text -> change.put("catch_up", text));
        values.whole("burst-capacity", 0, Long.MAX_VALUE, "0 or more").ifPresent(events -> change.put("burst_capacity", events));
        values.fraction("out-of-order").ifPresent(fraction -> change.put("out_of_order", fraction));
        values.fraction("anomaly-fraction").ifPresent(fraction -> change.put("anomaly_fraction", fraction));
        if (arguments.has("pause") && arguments.has("resume")) {
            problems.add(new Problem("--pause", null, "contradicts --resume", "one of the two"));
        } else if (arguments.has("pause") || arguments.has("resume")) {
            change.put("paused", arguments.has("pause"));
        }
        return change;
    }

    private static List<Map<String, Object>> bursts(Arguments arguments, List<Problem> problems) {
        List<Map<String, Object>> bursts = new ArrayList<>();
        for (String text : arguments.all("burst")) {
            boolean now = text.strip().startsWith(NOW);
            String window = now ? "0:" + text.strip().substring(NOW.length()) : text;
            BurstText.parse("--burst", window, problems).ifPresent(burst -> bursts.add(JsonOut.object(
                    "start_offset_seconds", now ? (Object) "now" : burst.startNanos() / 1e9,
                    "duration_seconds", burst.durationNanos() / 1e9,
                    "multiplier", burst.multiplier())));
        }
        return bursts;
    }

    private static void list(RemotePlane plane, Io io) {
        List<List<String>> rows = new ArrayList<>();
        JsonObject answer = plane.ask("GET", "/v1/runs", null);
        for (JsonValue item : ((JsonArray) answer.get("runs")).items()) {
            JsonObject run = (JsonObject) item;
            rows.add(List.of(
                    RemotePlane.text(run, "run"),
                    RemotePlane.text(run, "domain") + "." + RemotePlane.text(run, "table"),
                    RemotePlane.text(run, "state"),
                    Figures.rate(RemotePlane.number(run, "pacing.target_rate")) + "/s",
                    Figures.count((long) RemotePlane.number(run, "events_sent"), "event") + " sent"));
        }
        if (rows.isEmpty()) {
            io.out().println("There are no runs.");
        } else {
            TextTable.print(rows, io.out());
        }
    }

    private static String describe(JsonObject result, JsonObject plan) {
        return RemotePlane.text(result, "run") + ": " + RemotePlane.text(result, "state")
                + ", revision " + (long) RemotePlane.number(plan, "revision")
                + ", rate " + Figures.rate(RemotePlane.number(plan, "rate")) + "/s, " + RemotePlane.text(plan, "arrivals")
                + " arrivals, catch-up " + RemotePlane.text(plan, "catch_up")
                + ", " + ((JsonArray) plan.get("bursts")).items().size() + " burst windows, "
                + Figures.count((long) RemotePlane.number(result, "events_sent"), "event") + " sent, p99 "
                + Figures.time((long) RemotePlane.number(result, "latency_ns.p99"));
    }
}
