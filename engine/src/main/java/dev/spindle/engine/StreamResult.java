package dev.spindle.engine;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a run has done, so far or in the end. At every moment {@code eventsTaken + duplicates = eventsSent + eventsFailed +
 * eventsDropped + inFlight}; at the end nothing is in flight.
 *
 * @param run the run's id
 * @param scale the scale preset
 * @param eventsTaken events that the pacer took from the generator
 * @param eventsSent events that the sink acknowledged
 * @param eventsFailed events that will never arrive
 * @param eventsDropped events shed because they were overdue
 * @param inFlight events under way
 * @param duplicates second sendings
 * @param eventsSafe file sink: complete lines written, or synced when that was asked for; empty for other sinks
 * @param anomalies events with an anomaly
 * @param anomaliesByType the same by type
 * @param eventsByTable of several tables, the events that passed the stages, second sendings apart; empty for one table
 * @param outOfOrder events that left after one with a higher sequence number
 * @param elapsedSeconds since the run's origin, without its pauses
 * @param eventsPerSecond events sent per second of that time
 * @param bytesSent bytes of the events sent
 * @param missed events late by the generator's own fault
 * @param sinkCounters figures of the sink's own
 * @param error what made the run fail, or null
 */
public record StreamResult(
        String run,
        String domain,
        String table,
        long seed,
        String scale,
        State state,
        long eventsTaken,
        long eventsSent,
        long eventsFailed,
        long eventsDropped,
        long inFlight,
        long duplicates,
        OptionalLong eventsSafe,
        long anomalies,
        Map<String, Long> anomaliesByType,
        Map<String, Long> eventsByTable,
        long outOfOrder,
        double elapsedSeconds,
        double eventsPerSecond,
        long bytesSent,
        Reordering reordering,
        Pacing pacing,
        Percentiles latencyNanos,
        List<ThreadUse> threads,
        Map<String, Long> sinkCounters,
        String error) {

    /** Where a run is. */
    public enum State {
        RUNNING,
        PAUSED,
        /** It ended as it was asked to. */
        COMPLETED,
        /** It was told to stop before its end, or its reader went away. */
        STOPPED,
        FAILED;

        public boolean isOver() {
            return this == COMPLETED || this == STOPPED || this == FAILED;
        }

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Reordering as RFC 4737 has it: ratio, largest extent in positions; and events held back by positions or for a time. */
    public record Reordering(double ratio, long maxExtent, long lateCount) {}

    /**
     * How well the run kept its own schedule.
     *
     * @param targetRate the rate asked for now, in events per second; 0 when unpaced
     * @param offered events let go per second
     * @param rateError (actual − intended release of the last event, from the first) / intended
     * @param lagNanos actual minus intended release
     * @param arrivalsKs Kolmogorov and Smirnov's distance of the releases from the arrival process
     */
    public record Pacing(
            double targetRate,
            double offered,
            double rateError,
            Percentiles lagNanos,
            String arrivals,
            Fit arrivalsKs,
            long missed) {}

    /** Percentiles in nanoseconds. */
    public record Percentiles(long p50, long p90, long p99, long p999, long max, long count) {}

    /** A goodness of fit: the distance, its probability, the size of the sample. */
    public record Fit(double d, double p, long n) {}

    /** One thread, the stages it runs and the core it is pinned to, -1 for none. */
    public record ThreadUse(String name, List<String> stages, int cpu) {}
}
