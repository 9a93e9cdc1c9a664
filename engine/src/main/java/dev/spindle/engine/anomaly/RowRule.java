package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;

/** A compiled definition that looks at one row only. */
sealed interface RowRule permits PointRule, ContextualRule {

    /** Whether the row may become an anomaly of this kind. */
    boolean isEligible(Event event);

    /** Makes an eligible row one; the new value always differs from the original. */
    void apply(Event event, Change change);
}
