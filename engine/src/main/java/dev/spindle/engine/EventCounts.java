package dev.spindle.engine;

/**
 * The counts of a run at one moment, read from the side without touching a histogram: cheap enough for ten looks a
 * second.
 *
 * @param taken events that the pacer took from the generator
 * @param sent events that the sink acknowledged
 * @param failed events that will never arrive
 * @param dropped events shed because they were overdue
 * @param duplicates second sendings
 * @param anomalies events with an anomaly
 * @param outOfOrder events that left after one with a higher sequence number
 * @param bytesSent bytes of the events sent
 * @param targetRatePerSecond the rate asked for now; 0 when unpaced
 */
public record EventCounts(
        long taken,
        long sent,
        long failed,
        long dropped,
        long duplicates,
        long anomalies,
        long outOfOrder,
        long bytesSent,
        double targetRatePerSecond) {

    /** Events under way. */
    public long inFlight() {
        return Math.max(0, taken + duplicates - sent - failed - dropped);
    }
}
