package dev.spindle.engine.pace;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.event.Event;
import java.util.function.Supplier;

/**
 * Events held back by a constant delay: first in, first out, since who comes first falls due first. Swaps each for a
 * spare, makes new spares only while more are held than ever before, and refuses to grow past its bounds.
 */
final class HeldEvents {

    private static final int FIRST_SLOTS = 64;
    /** An object's header and single fields, roughly. */
    private static final int FIXED_BYTES = 192;

    private final Supplier<Event> spares;
    private final long key;
    private final double fraction;
    private final long delayNanos;
    private final int mostEvents;
    private final long mostBytes;

    /** A ring: held events stand from head on; the slots after them keep the spares. Its length is a power of two. */
    private Event[] ring = new Event[FIRST_SLOTS];

    private int head;
    private int held;
    private int idle;
    private long bytes;

    HeldEvents(Supplier<Event> spares, PaceSettings settings) {
        this.spares = spares;
        this.key = Draw.key(settings.seed(), "pace", "late");
        this.fraction = settings.late().fraction();
        this.delayNanos = settings.late().delayNanos();
        this.mostEvents = settings.heldEvents();
        this.mostBytes = settings.heldBytes();
    }

    /** Whether an event is one of those that are held back. */
    boolean wants(Event event) {
        return fraction > 0 && Draw.unit(key, event.sequence) < fraction;
    }

    boolean isEmpty() {
        return held == 0;
    }

    int size() {
        return held;
    }

    /** When the first of them falls due, or {@link Schedule#NEVER}. */
    long nextDueNanos() {
        return held == 0 ? Schedule.NEVER : ring[head].intendedNanos;
    }

    /** Keeps {@code event} until a delay after its arrival, and gives another for it. */
    Event hold(Event event) {
        event.intendedNanos = event.arrivalNanos + delayNanos;
        event.late = true;
        long size = sizeOf(event);
        if (held == mostEvents || bytes + size > mostBytes) {
            throw new EngineException("--late holds back " + held + " events in " + bytes
                    + " bytes, which is as many as there is room for (" + mostEvents + " events, " + mostBytes
                    + " bytes). Lower the fraction, the delay or the rate, or give the JVM a larger heap.");
        }
        if (held == ring.length) {
            grow();
        }
        int slot = (head + held) & (ring.length - 1);
        Event spare = idle > 0 ? ring[slot] : spares.get();
        idle = Math.max(0, idle - 1);
        ring[slot] = event;
        held++;
        bytes += size;
        return spare;
    }

    /** Takes the first out; {@link #giveBack} must follow. */
    Event poll() {
        Event first = ring[head];
        bytes -= sizeOf(first);
        return first;
    }

    /** Ends the taking out of the first, with the event that is given in its place. */
    void giveBack(Event spare) {
        ring[head] = null;
        head = (head + 1) & (ring.length - 1);
        held--;
        ring[(head + held + idle) & (ring.length - 1)] = spare;
        idle++;
    }

    private void grow() {
        Event[] larger = new Event[ring.length * 2];
        for (int i = 0; i < held + idle; i++) {
            larger[i] = ring[(head + i) & (ring.length - 1)];
        }
        ring = larger;
        head = 0;
    }

    private static long sizeOf(Event event) {
        return FIXED_BYTES + event.text.length + event.encoded.length + 8L * event.values.length;
    }
}
