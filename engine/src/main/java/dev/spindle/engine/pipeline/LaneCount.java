package dev.spindle.engine.pipeline;

import dev.spindle.engine.publish.SinkLanes;

/** How many lanes a run has when nobody says. */
public final class LaneCount {

    /** As many as may be asked for: each has its own rows, buffers and statistics. */
    public static final int MOST = 256;

    private LaneCount() {}

    /**
     * The number of lanes that suits an unpaced run whose events all leave in their places.
     *
     * @param sink what the sink makes of lanes
     * @param cores how many cores the run may use
     * @param events how many events there are; {@link Long#MAX_VALUE} for no end
     */
    public static int fitting(SinkLanes sink, int cores, long events) {
        return 1;
    }
}
