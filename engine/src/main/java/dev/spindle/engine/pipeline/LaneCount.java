package dev.spindle.engine.pipeline;

import dev.spindle.engine.publish.SinkLanes;

/**
 * How many lanes a run has when nobody says: a pure function.
 *
 * <p>A lane does all its work on one thread, so nothing is handed over and no thread waits for a slower one: where each
 * lane has a sink of its own, as many lanes as cores are the fastest plan. Where they have one sink between them, the
 * thread that publishes is as busy as the slowest thread of one lane's plans, so that lanes gain nothing.
 */
public final class LaneCount {

    /** As many as may be asked for: each has its own rows, buffers and statistics. */
    public static final int MOST = 256;

    /** As many as there are without being asked for. */
    private static final int MOST_APART = 32;

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
        return sink == SinkLanes.APART && events >= EVENTS_WORTH_IT ? Math.clamp(cores, 1, MOST_APART) : 1;
    }
}
