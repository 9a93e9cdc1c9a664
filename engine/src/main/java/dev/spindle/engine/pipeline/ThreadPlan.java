package dev.spindle.engine.pipeline;

import static dev.spindle.engine.pipeline.StageKind.GENERATE;
import static dev.spindle.engine.pipeline.StageKind.INJECT;
import static dev.spindle.engine.pipeline.StageKind.PACE;
import static dev.spindle.engine.pipeline.StageKind.PUBLISH;
import static dev.spindle.engine.pipeline.StageKind.REORDER;
import static dev.spindle.engine.pipeline.StageKind.STAMP;

import dev.spindle.engine.time.HybridWaiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the six stages are grouped onto threads: a pure function of what was asked for and the cores at hand.
 *
 * @param kind which plan
 * @param groups the threads in the order of the stream
 * @param spins whether a waiting thread may spin on its core; if not, it parks
 * @param warning what the user should know, or null
 */
public record ThreadPlan(Kind kind, List<Group> groups, boolean spins, String warning) {

    /** The plans, from one thread to six. */
    public enum Kind {
        /** No thread of its own: the caller runs all stages. */
        INLINE(List.of(List.of(GENERATE, PACE, REORDER, INJECT, STAMP, PUBLISH))),
        /** Two threads: rows are computed on one, all else happens on the other. */
        SHARED(List.of(List.of(GENERATE), List.of(PACE, REORDER, INJECT, STAMP, PUBLISH))),
        /** Three threads: encoding and the sink have one to themselves. */
        SPLIT(List.of(List.of(GENERATE), List.of(PACE, REORDER, INJECT), List.of(STAMP, PUBLISH))),
        /** One thread for each stage. */
        DEDICATED(List.of(
                List.of(GENERATE), List.of(PACE), List.of(REORDER), List.of(INJECT), List.of(STAMP), List.of(PUBLISH)));

        private final List<List<StageKind>> stages;

        Kind(List<List<StageKind>> stages) {
            this.stages = stages;
        }

        public int threads() {
            return stages.size();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thread.
     *
     * @param cpu the core that it is pinned to, or -1
     */
    public record Group(List<StageKind> stages, int cpu) {

        /** Its thread's name. */
        public String name() {
            return "spindle-" + stages.getFirst() + (stages.size() == 1 ? "" : "-" + stages.getLast());
        }
    }

    private static final int CORES_FOR_SPLIT = 4;

    public ThreadPlan {
        groups = List.copyOf(groups);
    }

    /**
     * The plan for a run.
     *
     * @param asked the plan asked for; empty for the one that suits the cores
     * @param cores how many cores the process may use
     * @param cpus the cores to pin to; empty for none unless the plan is dedicated and there are enough
     */
    public static ThreadPlan of(Optional<Kind> asked, int cores, List<Integer> cpus) {
        int usable = cpus.isEmpty() ? cores : cpus.size();
        Kind kind = asked.orElseGet(() -> fitting(usable));
        boolean fits = kind.threads() <= usable;
        String warning = fits
                ? null
                : "the " + kind + " plan has " + kind.threads() + " threads for " + usable
                        + (usable == 1 ? " core" : " cores") + ": they are parked when they wait, and not pinned";
        List<Integer> pins = pins(kind, cores, cpus, fits);
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < kind.threads(); i++) {
            groups.add(new Group(kind.stages.get(i), pins.isEmpty() ? -1 : pins.get(i % pins.size())));
        }
        // A thread that spins wants a core that nobody else needs: one is left for the sink's and the control plane's.
        boolean spins = fits && (kind.threads() < usable || !cpus.isEmpty());
        return new ThreadPlan(kind, groups, spins, warning);
    }

    private static Kind fitting(int cores) {
        if (cores <= 1) {
            return Kind.INLINE;
        }
        return cores < CORES_FOR_SPLIT ? Kind.SHARED : Kind.SPLIT;
    }

    /** One core for each thread, in the order of the stream; none when they do not suffice. */
    private static List<Integer> pins(Kind kind, int cores, List<Integer> cpus, boolean fits) {
        if (!fits) {
            return List.of();
        }
        if (!cpus.isEmpty()) {
            return cpus;
        }
        if (kind != Kind.DEDICATED) {
            return List.of();
        }
        List<Integer> last = new ArrayList<>();
        for (int i = 0; i < kind.threads(); i++) {
            last.add(cores - kind.threads() + i); // the first cores are left to the machine's own work
        }
        return last;
    }

    /** How the pacing thread may wait: on a core of its own, on one that it shares, or among too many threads. */
    HybridWaiting.Core pacingCore() {
        if (groups.get(groupOf(PACE)).cpu() >= 0) {
            return HybridWaiting.Core.OWN;
        }
        return warning == null ? HybridWaiting.Core.SHARED : HybridWaiting.Core.CROWDED;
    }

    /** Whether a stage is the first of its thread. */
    boolean begins(StageKind stage) {
        return groups.stream().anyMatch(g -> g.stages().getFirst() == stage);
    }

    /** Which thread runs a stage. */
    int groupOf(StageKind stage) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).stages().contains(stage)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no thread runs " + stage);
    }
}
