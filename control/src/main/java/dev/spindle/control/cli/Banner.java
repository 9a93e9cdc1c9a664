package dev.spindle.control.cli;

import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamResult.ThreadUse;
import dev.spindle.engine.plan.RunPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is said before the first event. */
final class Banner {

    private Banner() {}

    static List<String> lines(StreamRun run) {
        StreamResult result = run.result();
        StreamConfig config = run.config();
        String first = "spindle " + Version.number() + ": " + result.domain() + "." + result.table() + ", scale " + result.scale()
                + ", seed " + result.seed() + ", " + pace(run.plan()) + ", to " + config.sink();
        String second = "threads: " + (run.threads().lanes() > 1 ? run.threads().lanes() + " lanes" : run.threads().kind()) + ", "
                + threads(result.threads())
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

    /** Threads that do the same, as those of lanes do, are said once. */
    private static String threads(List<ThreadUse> threads) {
        Map<String, Long> alike = threads.stream()
                .collect(Collectors.groupingBy(Banner::thread, LinkedHashMap::new, Collectors.counting()));
        return alike.entrySet().stream()
                .map(group -> (group.getValue() > 1 ? group.getValue() + " × " : "") + group.getKey())
                .collect(Collectors.joining(" | "));
    }

    private static String thread(ThreadUse thread) {
        return String.join("+", thread.stages()) + (thread.cpu() < 0 ? "" : " on core " + thread.cpu());
    }
}
