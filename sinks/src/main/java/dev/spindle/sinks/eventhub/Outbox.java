package dev.spindle.sinks.eventhub;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
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

    /** A writer that waited for room goes on when so much is left, so that it is not woken for every batch. */
    private static final long LOW_BYTES = WINDOW_BYTES * 3 / 4;

    /** Crates kept for other events. */
    private static final int SPARE_CRATES = 16;

    /** How often a writer that waits for room looks whether the run has been halted. */
    private static final long LOOK_MILLIS = 20;

    private final int maxUnderWay;
    private final int limitBytes;
    private final BatchSize batchSize;
    private final BiConsumer<Lane, Crate> shipper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Address, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private final ArrayDeque<Crate> spare = new ArrayDeque<>(SPARE_CRATES);
    private Lane lane;
    private int underWay;
    private long weightBytes;
    private SinkException end;

    /**
     * An empty outbox.
     *
     * @param maxUnderWay how many batches may be under way at once over all lanes
     * @param limitBytes about how much goes into a batch at most
     * @param batchSize about how much goes into a batch whose order does not count
     * @param shipper starts to send a batch and later calls {@link #finished}
     */
    Outbox(int maxUnderWay, int limitBytes, BatchSize batchSize, BiConsumer<Lane, Crate> shipper) {
        this.maxUnderWay = maxUnderWay;
        this.limitBytes = limitBytes;
        this.batchSize = batchSize;
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
            if (weightBytes >= WINDOW_BYTES) {
                while (end == null && weightBytes >= LOW_BYTES) {
                    if (halted.getAsBoolean()) {
                        throw new SinkException("The run was stopped while it waited for the event hub.");
                    }
                    changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                }
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

    /** Begins to take events; false when the sink has come to its end since there was room. */
    boolean begin() {
        lock.lock();
        if (end != null) {
            lock.unlock();
            return false;
        }
        return true;
    }

    /** Takes a copy of an event; between {@link #begin} and {@link #commit}. */
    void add(Address address, Batch batch, int i, String key, Map<String, Object> metadata) {
        if (lane == null || lane.address != address) {
            lane = lanes.computeIfAbsent(address, a -> new Lane(a, a.equals(Address.ANY) ? UNORDERED_BATCHES : 1));
        }
        int length = batch.length(i);
        Crate crate = lane.last();
        if (crate == null || !crate.hasRoomFor(length, batchBytes(lane))) {
            crate = spare.isEmpty() ? new Crate() : spare.removeLast();
            lane.add(crate);
            list(lane);
        }
        crate.add(batch, i, key, metadata);
        weightBytes += Crate.weightBytes(length);
    }

    /** Sends what has been added, as soon as may be. */
    void commit() {
        lane = null;
        lock.unlock();
        ship();
    }

    /**
     * A batch is no longer under way.
     *
     * @param settledBytes what its events that have been reported took in memory
     * @param putBack its events that have not, which go first into the next batches
     */
    void finished(Lane finished, Crate crate, long settledBytes, Deque<Crate> putBack) {
        lock.lock();
        try {
            finished.end();
            underWay--;
            weightBytes -= settledBytes;
            putBack.descendingIterator().forEachRemaining(finished::putBack);
            if (spare.size() < SPARE_CRATES && crate.capacityBytes() <= 2 * limitBytes) {
                spare.add(crate.emptied());
            }
            list(finished);
            if (finished.isIdle()) {
                lanes.remove(finished.address);
            }
            if (weightBytes < LOW_BYTES) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        ship();
    }

    /** Sends nothing more; returns how many events were waiting. The first end is the one that is told. */
    int end(SinkException cause) {
        lock.lock();
        try {
            if (end == null) {
                end = cause;
            }
            int waiting = lanes.values().stream().mapToInt(Lane::clear).sum();
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

    /** Where order counts, each batch waits for the one before, so it should be as large as may be. */
    private int batchBytes(Lane of) {
        return of.isOrdered() ? limitBytes : batchSize.bytes();
    }

    private void list(Lane may) {
        if (end == null && may.list()) {
            ready.add(may);
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
        Lane next;
        Crate crate;
        lock.lock();
        try {
            if (underWay == maxUnderWay || ready.isEmpty()) {
                return false;
            }
            next = ready.poll();
            crate = next.begin(batchBytes(next));
            underWay++;
            list(next);
        } finally {
            lock.unlock();
        }
        shipper.accept(next, crate);
        return true;
    }
}
