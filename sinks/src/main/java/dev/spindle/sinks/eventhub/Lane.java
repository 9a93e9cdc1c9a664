package dev.spindle.sinks.eventhub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that share a batch's address. Where order counts, one batch at a time is under way, so that a batch that is sent
 * again cannot be overtaken. Guarded by the outbox's lock.
 */
final class Lane {

    /** AMQP's frame around an event, its content type, and what the client adds: roughly, in bytes. */
    private static final int ENVELOPE_BYTES = 56;

    final Address address;
    private final int maxUnderWay;
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private int underWay;
    private boolean listed;

    Lane(Address address, int maxUnderWay) {
        this.address = address;
        this.maxUnderWay = maxUnderWay;
    }

    void add(Pending event) {
        queue.add(event);
    }

    /** Puts events back that did not fit, before all others. */
    void putBack(List<Pending> events) {
        for (Pending event : events.reversed()) {
            queue.addFirst(event);
        }
    }

    /** Whether the lane should be put into the list of those that may send; true once until it is taken from it. */
    boolean list() {
        if (listed || queue.isEmpty() || underWay == maxUnderWay) {
            return false;
        }
        listed = true;
        return true;
    }

    /** Takes out the events of the next batch, about as many as fit into {@code bytes}. */
    List<Pending> begin(int bytes) {
        listed = false;
        underWay++;
        List<Pending> events = new ArrayList<>();
        int left = bytes;
        while (!queue.isEmpty() && (events.isEmpty() || left >= queue.peek().bytes() + ENVELOPE_BYTES)) {
            left -= queue.peek().bytes() + ENVELOPE_BYTES;
            events.add(queue.poll());
        }
        return events;
    }

    void end() {
        underWay--;
    }

    boolean isIdle() {
        return queue.isEmpty() && underWay == 0;
    }

    /** Empties the lane. */
    List<Pending> takeAll() {
        List<Pending> all = List.copyOf(queue);
        queue.clear();
        return all;
    }
}
