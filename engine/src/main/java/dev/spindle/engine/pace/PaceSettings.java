package dev.spindle.engine.pace;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.plan.Late;
import java.util.ArrayList;
import java.util.List;

/**
 * What of the pacing does not change while a run lasts.
 *
 * @param seed of the arrivals and of which events are late
 * @param lane this pacer among those of the run, from 0
 * @param lanes how many there are; each takes every so-many-th arrival
 * @param durationNanos only events with an intended time below this are taken; {@link Long#MAX_VALUE} for all
 * @param late events held back for a time
 * @param heldEvents how many events may be held back at once
 * @param heldBytes how many bytes of memory these may take
 * @param firstSequence the stream's first event: what a retune before it names as its own first one
 */
public record PaceSettings(
        long seed,
        int lane,
        int lanes,
        long durationNanos,
        Late late,
        int heldEvents,
        long heldBytes,
        long firstSequence) {

    /** How many events may be held back at once when nothing else is said. */
    public static final int DEFAULT_HELD_EVENTS = 1_000_000;

    public PaceSettings {
        List<Problem> problems = new ArrayList<>();
        late.check("--late", problems);
        if (lane < 0 || lane >= lanes) {
            problems.add(new Problem("--lanes", Integer.toString(lanes), "has no lane " + lane));
        }
        if (durationNanos < 0) {
            problems.add(new Problem("--duration", durationNanos + "ns", "is negative"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** One lane, without end, nothing held back; a quarter of the heap for held events. */
    public static PaceSettings of(long seed) {
        return new PaceSettings(
                seed,
                0,
                1,
                Long.MAX_VALUE,
                Late.NONE,
                DEFAULT_HELD_EVENTS,
                Runtime.getRuntime().maxMemory() / 4,
                0);
    }

    /** The same with a duration in nanoseconds. */
    public PaceSettings withDuration(long nanos) {
        return new PaceSettings(seed, lane, lanes, nanos, late, heldEvents, heldBytes, firstSequence);
    }

    /** The same with events held back. */
    public PaceSettings withLate(Late held) {
        return new PaceSettings(seed, lane, lanes, durationNanos, held, heldEvents, heldBytes, firstSequence);
    }

    /** The same for one of several lanes, which share the bounds for held events. */
    public PaceSettings withLane(int index, int count) {
        return new PaceSettings(
                seed,
                index,
                count,
                durationNanos,
                late,
                Math.max(1, heldEvents / count),
                Math.max(1, heldBytes / count),
                firstSequence);
    }

    /** The same with other bounds for held events. */
    public PaceSettings withHeldAtMost(int events, long bytes) {
        return new PaceSettings(seed, lane, lanes, durationNanos, late, events, bytes, firstSequence);
    }

    /** The same for a stream that begins at an event other than 0. */
    public PaceSettings withFirst(long sequence) {
        return new PaceSettings(seed, lane, lanes, durationNanos, late, heldEvents, heldBytes, sequence);
    }
}
