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
 * How the six stages are grouped onto threads: a pure function of what was asked for and the cores at hand. With several
 * lanes each lane has one thread for all of its stages; where they {@link Joining#MEETING meet}, one more publishes.
 *
 * @param kind which plan
 * @param lanes how many pipelines there are side by side
 * @param groups the threads in the order of the stream, or of the lanes
 * @param spins whether a waiting thread may spin on its core; if not, it parks
 * @param warning what the user should know, or null
 */
public record ThreadPlan(Kind kind, int lanes, List<Group> groups, boolean spins, String warning) {

    /** The plans, from one thread to six. */
    public enum Kind {
        /** No thread of its own: the caller runs all stages. */
        INLINE(List.of(List.of(GENERATE, PACE, REORDER, INJECT, STAMP, PUBLISH))),
        /** Two threads: rows are computed on one, all else happens on the other. Unpaced: the sink has one to itself. */
        SHARED(
                List.of(List.of(GENERATE), List.of(PACE, REORDER, INJECT, STAMP, PUBLISH)),
                List.of(List.of(GENERATE, PACE, REORDER, INJECT, STAMP), List.of(PUBLISH))),
        /** Three threads: encoding and the sink have one to themselves. Unpaced: the sink alone has. */
        SPLIT(
                List.of(List.of(GENERATE), List.of(PACE, REORDER, INJECT), List.of(STAMP, PUBLISH)),
                List.of(List.of(GENERATE), List.of(PACE, REORDER, INJECT, STAMP), List.of(PUBLISH))),
        /** One thread for each stage. */
        DEDICATED(List.of(
                List.of(GENERATE), List.of(PACE), List.of(REORDER), List.of(INJECT), List.of(STAMP), List.of(PUBLISH)));

        private final List<List<StageKind>> paced;
        private final List<List<StageKind>> unpaced;

        Kind(List<List<StageKind>> stages) {
            this(stages, stages);
        }

        Kind(List<List<StageKind>> paced, List<List<StageKind>> unpaced) {
            this.paced = paced;
            this.unpaced = unpaced;
        }

        public int threads() {
            return paced.size();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thread.
     *
     * @param name its name
     * @param cpu the core that it is pinned to, or -1
     */
    public record Group(String name, List<StageKind> stages, int cpu) {

        private static Group of(List<StageKind> stages, int cpu) {
            String last = stages.size() == 1 ? "" : "-" + stages.getLast();
            return new Group("spindle-" + stages.getFirst() + last, stages, cpu);
        }

        private static Group ofLane(int lane, List<StageKind> stages, int cpu) {
            return new Group("spindle-lane-" + lane, stages, cpu);
        }
    }

    private static final int CORES_FOR_SPLIT = 4;
    private static final List<StageKind> ALL = List.of(StageKind.values());
    private static final List<StageKind> BEFORE_PUBLISH = ALL.subList(0, ALL.indexOf(PUBLISH));

    public ThreadPlan {
        groups = List.copyOf(groups);
    }

    /**
     * The plan for a run with one lane.
     *
     * @param asked the plan asked for; empty for the one that suits the cores
     * @param cores how many cores the process may use
     * @param cpus the cores to pin to; empty for none unless the plan is dedicated and there are enough
     * @param paced whether the run is: then computing a row shall delay no send, else the work is to be shared evenly
     */
    public static ThreadPlan of(Optional<Kind> asked, int cores, List<Integer> cpus, boolean paced) {
        int usable = cpus.isEmpty() ? cores : cpus.size();
        Kind kind = asked.orElseGet(() -> fitting(usable));
        boolean fits = kind.threads() <= usable;
        String warning = fits
                ? null
                : "the " + kind + " plan has " + kind.threads() + " threads for " + usable
                        + (usable == 1 ? " core" : " cores") + ": they are parked when they wait, and not pinned";
        List<Integer> pins = pins(kind, cores, cpus, fits);
        List<List<StageKind>> stages = paced ? kind.paced : kind.unpaced;
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            groups.add(Group.of(stages.get(i), cpu(pins, i)));
        }
        return new ThreadPlan(kind, 1, groups, fits && spins(kind.threads(), usable, cpus), warning);
    }

    /**
     * The plan for a run with several lanes.
     *
     * @param lanes two or more
     * @param joining how they come to the sink
     * @param cores how many cores the process may use
     * @param cpus the cores to pin to, in the order of the lanes; empty for none
     */
    public static ThreadPlan ofLanes(int lanes, Joining joining, int cores, List<Integer> cpus) {
        int usable = cpus.isEmpty() ? cores : cpus.size();
        boolean meet = joining == Joining.MEETING;
        int threads = lanes + (meet ? 1 : 0);
        boolean fits = threads <= usable;
        String warning = fits
                ? null
                : lanes + " lanes " + (meet ? "and what publishes their events are " : "are ") + threads
                        + " threads for " + usable + (usable == 1 ? " core" : " cores")
                        + ": they are parked when they wait, and not pinned";
        List<Integer> pins = fits ? cpus : List.of();
        List<Group> groups = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            groups.add(Group.ofLane(lane, meet ? BEFORE_PUBLISH : ALL, cpu(pins, lane)));
        }
        if (meet) {
            groups.add(Group.of(List.of(PUBLISH), cpu(pins, lanes)));
        }
        return new ThreadPlan(Kind.INLINE, lanes, groups, fits && spins(threads, usable, cpus), warning);
    }

    /** A thread that spins wants a core that nobody else needs: one is left for the sink's and the control plane's. */
    private static boolean spins(int threads, int usable, List<Integer> cpus) {
        return threads < usable || !cpus.isEmpty();
    }

    private static int cpu(List<Integer> pins, int thread) {
        return pins.isEmpty() ? -1 : pins.get(thread % pins.size());
    }

    /** The plan of one lane's pipeline alone. */
    ThreadPlan lane(int index) {
        return lanes == 1 ? this : new ThreadPlan(kind, 1, List.of(groups.get(index)), spins, warning);
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
