package dev.spindle.control.cli;

import dev.spindle.engine.ResultJson;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.anomaly.Anomaly;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code --fail-if} conditions of a run. */
final class Conditions {

    private Conditions() {}

    /** @throws ConfigurationException when one names a metric that the run will not have */
    static void check(StreamRequest request, StreamRun run) {
        if (request.conditions().isEmpty()) {
            return;
        }
        Map<String, Double> figures = ResultJson.figures(run.result());
        List<String> types = new ArrayList<>(request.config().anomalies().anomalies().stream()
                .map(Anomaly::label)
                .toList());
        if (request.config().plan().anomalyFraction() > 0) {
            types.add("point:auto");
        }
        List<Problem> problems = request.conditions().stream()
                .map(condition -> condition.unfit(figures, types))
                .flatMap(Optional::stream)
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** Those that hold, one line each. */
    static List<String> holding(List<Condition> conditions, StreamResult result) {
        Map<String, Double> figures = ResultJson.figures(result);
        return conditions.stream()
                .map(condition -> condition.holding(figures))
                .flatMap(Optional::stream)
                .toList();
    }
}
