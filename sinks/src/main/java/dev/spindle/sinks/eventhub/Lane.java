package dev.spindle.sinks.eventhub;

import java.util.ArrayDeque;

/**
 * Events that share a batch's address. Where order counts, one batch at a time is under way, so that a batch that is sent
 * again cannot be overtaken. Guarded by the outbox's lock.
 */
final class Lane {

    final Address address;
    private final int maxUnderWay;
    /** All but the last were full when they were packed. */
    private final ArrayDeque<Crate> waiting = new ArrayDeque<>(2);
    private int underWay;
    private boolean listed;

    Lane(Address address, int maxUnderWay) {
        this.address = address;
        this.maxUnderWay = maxUnderWay;
    }

    boolean isOrdered() {
        return maxUnderWay == 1;
    }

    /** The crate that takes more events, if any; it may be full. */
    Crate last() {
        return waiting.peekLast();
    }

    void add(Crate crate) {
        waiting.addLast(crate);
    }

    /** Puts events back that did not fit, before all others. */
    void putBack(Crate crate) {
        waiting.addFirst(crate);
    }

    /** Whether the lane should be put into the list of those that may send; true once until it is taken from it. */
    boolean list() {
        if (listed || waiting.isEmpty() || underWay == maxUnderWay) {
            return false;
        }
        listed = true;
        return true;
    }

    /** Takes out the events of the next batch; about {@code batchBytes} at most, but for what is in one crate already. */
    Crate begin(int batchBytes) {
        listed = false;
        underWay++;
        Crate next = waiting.pollFirst();
        // Batches may have become larger since these were packed.
        while (!waiting.isEmpty() && next.hasRoomFor(waiting.peekFirst(), batchBytes)) {
            Crate more = waiting.pollFirst();
            next.addAll(more, 0, more.size());
        }
        return next;
    }

    void end() {
        underWay--;
    }

    boolean isIdle() {
        return waiting.isEmpty() && underWay == 0;
    }

    /** Empties the lane; returns how many events waited. */
    int clear() {
        int events = waiting.stream().mapToInt(Crate::size).sum();
        waiting.clear();
        return events;
    }
}
