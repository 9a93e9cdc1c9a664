package dev.spindle.control.cli;

import dev.spindle.engine.ResultJson;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code --fail-if}: a figure of the result beyond a bound.
 *
 * @param text as given
 * @param metric the figure's path in the result
 * @param above whether the condition holds above the bound or below it
 */
record Condition(String text, String metric, boolean above, double bound) {

    private static final Pattern FORM = Pattern.compile("\\s*([^<>=\\s]+)\\s*([<>])\\s*([^<>=]+)");
    private static final String ALLOWED = "METRIC>VALUE or METRIC<VALUE, such as latency_ns.p99>5000000";

    /** Figures whose names depend on the run: they are checked when there is one. */
    private static final List<String> OPEN = List.of("anomalies_by_type.", "sink_counters.", "events_by_table.");

    /** The condition; empty, with a problem added, when {@code text} is none. */
    static Optional<Condition> parse(String path, String text, List<Problem> problems) {
        Matcher form = FORM.matcher(text);
        OptionalDouble bound = form.matches() ? Values.number(form.group(3)) : OptionalDouble.empty();
        if (bound.isEmpty()) {
            problems.add(new Problem(path, text, "is no condition", ALLOWED));
            return Optional.empty();
        }
        String metric = form.group(1);
        List<String> known = ResultJson.figurePaths();
        if (!known.contains(metric) && OPEN.stream().noneMatch(metric::startsWith)) {
            problems.add(new Problem(path, text, metric + " is no metric", Suggestion.among(metric, known)));
            return Optional.empty();
        }
        return Optional.of(new Condition(text, metric, form.group(2).equals(">"), bound.getAsDouble()));
    }

    /** What is wrong with this for a run that has {@code figures} and may count {@code anomalyTypes}. */
    Optional<Problem> unfit(Map<String, Double> figures, List<String> anomalyTypes) {
        String byType = OPEN.getFirst();
        boolean known = metric.startsWith(byType)
                ? anomalyTypes.contains(metric.substring(byType.length()))
                : figures.containsKey(metric);
        if (known) {
            return Optional.empty();
        }
        List<String> candidates = metric.startsWith(byType)
                ? anomalyTypes.stream().map(type -> byType + type).toList()
                : List.copyOf(figures.keySet());
        return Optional.of(new Problem(
                "--fail-if",
                text,
                metric + " is no metric of this run",
                candidates.isEmpty() ? "the run has no anomalies" : Suggestion.among(metric, candidates)));
    }

    /** What holds, in one line; empty when it does not. */
    Optional<String> holding(Map<String, Double> figures) {
        double figure = figures.getOrDefault(metric, 0.0);
        boolean holds = above ? figure > bound : figure < bound;
        return holds ? Optional.of("--fail-if " + text + ": " + metric + " is " + Figures.plain(figure)) : Optional.empty();
    }
}
