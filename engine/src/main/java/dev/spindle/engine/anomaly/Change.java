package dev.spindle.engine.anomaly;

/** What was done to an event last. Overwritten by each anomaly, so that none is allocated. */
final class Change {

    /** Index of the column that was changed. */
    int column;

    /** Its value before. */
    long original;

    /** Whether the anomaly is a group's; what follows holds only then. */
    boolean isGroup;

    /** Tells this anomaly of this group in this period from all others. */
    long occurrence;

    /** The group's window, in microseconds since the epoch. */
    long startMicros;

    long endMicros;
}
