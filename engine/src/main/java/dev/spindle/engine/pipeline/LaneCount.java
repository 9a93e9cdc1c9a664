package dev.spindle.engine.pipeline;

import dev.spindle.engine.publish.SinkLanes;

/**
 * How many lanes a run has when nobody says: a pure function.
 *
 * <p>A lane does all its work on one thread, so nothing is handed over and no thread waits for a slower one: where each
 * lane has a sink of its own, as many lanes as cores are the fastest plan. Where they have one sink between them they
 * write to it in {@link Joining#TURNS turns}, which is as fast until the sink is always at work: to write a row takes more
 * than half the time that it takes to compute one, also where the file is in memory.
 */
public final class LaneCount {

    /** As many as may be asked for: each has its own rows, buffers and statistics. */
    public static final int MOST = 256;

    /** As many as there are without being asked for. */
    private static final int MOST_APART = 32;

    private static final int MOST_TOGETHER = 4;

    /** Fewer events are sent before another lane has been compiled. */
    private static final long EVENTS_WORTH_IT = 1_000_000;

    private LaneCount() {}

    /**
     * The number of lanes that suits an unpaced run whose events all leave in their places.
     *
     * @param sink what the sink makes of lanes
     * @param cores how many cores the run may use
     * @param events how many events there are; {@link Long#MAX_VALUE} for no end
     */
    public static int fitting(SinkLanes sink, int cores, long events) {
        if (events < EVENTS_WORTH_IT) {
            return 1;
        }
        return switch (sink) {
            case APART -> Math.clamp(cores, 1, MOST_APART);
            case TOGETHER -> Math.clamp(cores, 1, MOST_TOGETHER);
            case APART_WHEN_ASKED -> 1;
        };
    }
}
