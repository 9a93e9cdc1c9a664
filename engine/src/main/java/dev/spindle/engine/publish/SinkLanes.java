package dev.spindle.engine.publish;

/** What a sink makes of a run with several lanes. */
public enum SinkLanes {
    /** One sink takes the events of all lanes, in the order of their sequence numbers. */
    TOGETHER,
    /** Each lane has a sink of its own. */
    APART,
    /**
     * Each lane has a sink of its own, but several lanes only when they are asked for: events that belong together, by
     * their key say, would no longer arrive in their order.
     */
    APART_WHEN_ASKED;

    /** What stands for the lane's number, from 0, in the paths of sinks that have a file for each lane. */
    public static final String PLACEHOLDER = "{lane}";
}
