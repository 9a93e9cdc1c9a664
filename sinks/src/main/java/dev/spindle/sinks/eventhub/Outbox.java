package dev.spindle.sinks.eventhub;

import dev.spindle.engine.error.SinkException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * What waits to be sent, by lane, and how many batches are under way. Batches are as large as what has gathered while
 * others were under way: single events when there is little to do, full batches when there is much, and no timer.
 */
final class Outbox {

    /** Batches under way at once where their order does not count. */
    static final int UNORDERED_BATCHES = 4;

    /** How much may wait and be under way, in bytes of memory; several full batches. */
    static final long WINDOW_BYTES = 16L << 20;

    /** How often a writer that waits for room looks whether the run has been halted. */
    private static final long LOOK_MILLIS = 20;

    private final int maxUnderWay;
    private final int batchBytes;
    private final BiConsumer<Lane, List<Pending>> shipper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Address, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private int underWay;
    private long weightBytes;
    private SinkException end;

    /**
     * An empty outbox.
     *
     * @param maxUnderWay how many batches may be under way at once over all lanes
     * @param batchBytes about how much goes into a batch
     * @param shipper starts to send a batch and later calls {@link #finished}
     */
    Outbox(int maxUnderWay, int batchBytes, BiConsumer<Lane, List<Pending>> shipper) {
        this.maxUnderWay = maxUnderWay;
        this.batchBytes = batchBytes;
        this.shipper = shipper;
    }

    /**
     * Waits until there is room for more.
     *
     * @throws SinkException when the run is halted or the sink has come to its end
     */
    void awaitRoom(BooleanSupplier halted) {
        lock.lock();
        try {
            while (end == null && weightBytes >= WINDOW_BYTES) {
                if (halted.getAsBoolean()) {
                    throw new SinkException("The run was stopped while it waited for the event hub.");
                }
                changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (end != null) {
                throw new SinkException(end.getMessage(), end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkException("The thread that writes to the event hub was interrupted.", e);
        } finally {
            lock.unlock();
        }
    }

    /** Takes events; false when the sink has come to its end since there was room. */
    boolean add(List<Pending> events) {
        lock.lock();
        try {
            if (end != null) {
                return false;
            }
            Lane lane = null;
            for (Pending event : events) {
                if (lane == null || lane.address != event.address()) {
                    lane = lane(event.address());
                }
                lane.add(event);
                weightBytes += event.weightBytes();
                list(lane);
            }
        } finally {
            lock.unlock();
        }
        ship();
        return true;
    }

    /** A batch is no longer under way: {@code settled} have been reported, {@code putBack} go first into the next. */
    void finished(Lane lane, List<Pending> settled, List<Pending> putBack) {
        lock.lock();
        try {
            lane.end();
            underWay--;
            settled.forEach(event -> weightBytes -= event.weightBytes());
            lane.putBack(putBack);
            list(lane);
            if (lane.isIdle()) {
                lanes.remove(lane.address);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ship();
    }

    /** Sends nothing more; returns what was waiting. The first end is the one that is told. */
    int end(SinkException cause) {
        lock.lock();
        try {
            if (end == null) {
                end = cause;
            }
            int waiting = 0;
            for (Lane lane : lanes.values()) {
                waiting += lane.takeAll().size();
            }
            ready.clear();
            changed.signalAll();
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    boolean isEnded() {
        lock.lock();
        try {
            return end != null;
        } finally {
            lock.unlock();
        }
    }

    private Lane lane(Address address) {
        return lanes.computeIfAbsent(
                address, key -> new Lane(key, key.equals(Address.ANY) ? UNORDERED_BATCHES : 1));
    }

    private void list(Lane lane) {
        if (end == null && lane.list()) {
            ready.add(lane);
        }
    }

    /** One thread at a time starts batches; a call from within only notes that there may be more to do. */
    private void ship() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int answered = 1;
        do {
            while (shipOne()) {
                // One after the other.
            }
            answered = calls.addAndGet(-answered);
        } while (answered != 0);
    }

    private boolean shipOne() {
        Lane lane;
        List<Pending> events;
        lock.lock();
        try {
            if (underWay == maxUnderWay || ready.isEmpty()) {
                return false;
            }
            lane = ready.poll();
            events = lane.begin(batchBytes);
            underWay++;
            list(lane);
        } finally {
            lock.unlock();
        }
        shipper.accept(lane, events);
        return true;
    }
}
