package dev.spindle.engine.pipeline;

/** How the events of several lanes come to the sink. */
public enum Joining {
    /** Each lane has a sink of its own, or there is one lane. */
    APART,
    /**
     * One sink, and every N-th event is a lane's: they meet, and a thread of its own takes them in the order of the stream.
     * That suits a pace, which each lane keeps for its own events.
     */
    MEETING,
    /**
     * One sink, and whole blocks of the stream are a lane's, which writes them itself when it is its turn. That is fast,
     * since nothing is handed from thread to thread, and for runs without a pace.
     */
    TURNS;

    /** What suits a run. */
    public static Joining of(int lanes, boolean oneSink, boolean paced) {
        if (lanes == 1 || !oneSink) {
            return APART;
        }
        return paced ? MEETING : TURNS;
    }
}
