package dev.spindle.control.cli;

import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamResult.ThreadUse;
import dev.spindle.engine.plan.RunPlan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said before the first event. */
final class Banner {

    private Banner() {}

    static List<String> lines(StreamRun run) {
        StreamResult result = run.result();
        StreamConfig config = run.config();
        String first = "spindle " + Version.number() + ": " + result.domain() + "." + result.table() + ", scale " + result.scale()
                + ", seed " + result.seed() + ", " + pace(run.plan()) + ", to " + config.sink();
        String second = "threads: " + run.threads().kind() + ", "
                + result.threads().stream().map(Banner::thread).collect(Collectors.joining(" | "))
                + (run.threads().spins() ? ", spinning" : ", parking");
        return List.of(first, second);
    }

    private static String pace(RunPlan plan) {
        if (!plan.paced()) {
            return "as fast as it goes";
        }
        String arrivals = plan.arrivals().name().toLowerCase(Locale.ROOT) + " arrivals";
        return plan.stages().isEmpty()
                ? Figures.rate(plan.ratePerSecond()) + "/s, " + arrivals
                : plan.stages().size() + " stages, " + arrivals;
    }

    private static String thread(ThreadUse thread) {
        return String.join("+", thread.stages()) + (thread.cpu() < 0 ? "" : " on core " + thread.cpu());
    }
}
