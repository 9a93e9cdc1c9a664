package dev.spindle.engine.anomaly;

/** The definition of one kind of anomaly. */
public sealed interface Anomaly permits PointAnomaly, ContextualAnomaly, CollectiveAnomaly {

    /** The definition's own name, unique among its type. */
    String name();

    /** The fraction of what is eligible that becomes anomalous, 0 to 1: of rows, or of groups if collective. */
    double fraction();

    /** What an event's metadata calls it: {@code point:NAME}, {@code contextual:NAME} or {@code collective:NAME}. */
    default String label() {
        return switch (this) {
            case PointAnomaly p -> "point:" + p.name();
            case ContextualAnomaly c -> "contextual:" + c.name();
            case CollectiveAnomaly c -> "collective:" + c.name();
        };
    }
}
