package dev.spindle.engine.plan;

/** How events are spread over time. */
public enum Arrivals {
    /** Gaps are exponential: events come independently of each other. */
    POISSON,
    /** Gaps are equal: the first event at 0, then one every 1/rate. */
    CONSTANT
}
