package dev.spindle.engine.pipeline;

import com.lmax.disruptor.EventFactory;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.ProducerType;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.stats.BlockedTime;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * How the one thread that fills a Disruptor ring gets at its slots: some at a time, and when there are none it spins a
 * little, then parks until half the ring is free.
 *
 * <p>Neither side can miss the other: the producer says that it sleeps, then looks for room once more; the consumer gives
 * slots back, then looks whether the producer sleeps; a full fence between the two steps on each side, as in
 * {@link Parking}.
 *
 * @param <S> what the ring is made of
 */
final class RingEntry<S extends RingEntry.Slot> {

    private static final int CLAIM = 64;
    private static final int SPINS = 200;
    private static final long LONGEST_PARK_NANOS = 50_000_000;

    /** A place in a ring. It owns an event, which is swapped for the one that is put in. */
    static class Slot {
        Event event;

        Slot(Event event) {
            this.event = event;
        }

        /** Puts an event in; the one that was there. */
        final Event swap(Event in) {
            Event out = event;
            event = in;
            return out;
        }
    }

    private final RingBuffer<S> ring;
    private final Sequence consumed = new Sequence();
    private final Halt halt;
    private final BlockedTime blocked;

    /** The producer's: the last slot used, the last claimed, the last published. */
    private long used = -1;
    private long claimed = -1;
    private long published = -1;
    private volatile Thread sleeper;

    /**
     * A ring, empty, and the way in.
     *
     * @param slots a power of two
     * @param waiting how the consumer waits, where it waits on the ring itself
     * @param blocked where the producing thread notes its waits
     */
    RingEntry(int slots, EventFactory<S> factory, WaitStrategy waiting, Halt halt, BlockedTime blocked) {
        this.ring = RingBuffer.create(ProducerType.SINGLE, factory, slots, waiting);
        this.ring.addGatingSequences(consumed);
        this.halt = halt;
        this.blocked = blocked;
    }

    /** The ring itself, for its consumer. */
    RingBuffer<S> ring() {
        return ring;
    }

    /** The last slot that has been used; -1 before the first. */
    long used() {
        return used;
    }

    /** The last slot that the consumer may see; -1 before the first. */
    long published() {
        return published;
    }

    /** Whether all slots that were claimed have been used: they are to be published, and more to be claimed. */
    boolean isUsedUp() {
        return used == claimed;
    }

    /** The next slot, of those that were claimed. */
    S next() {
        return ring.get(++used);
    }

    /** Lets the consumer see all slots that have been used; whether there were any. */
    boolean publish() {
        if (published == used) {
            return false;
        }
        published = used;
        ring.publish(used);
        return true;
    }

    /** Claims more slots, once there is room for them; what has been used must be published. */
    void claim() {
        if (!ring.hasAvailableCapacity(CLAIM)) {
            awaitRoom();
        }
        claimed = ring.next(CLAIM);
    }

    private void awaitRoom() {
        long before = System.nanoTime();
        for (int i = 0; i < SPINS; i++) {
            if (ring.hasAvailableCapacity(CLAIM)) {
                blocked.add(System.nanoTime() - before);
                return;
            }
            Thread.onSpinWait();
        }
        sleeper = Thread.currentThread();
        VarHandle.fullFence();
        while (!ring.hasAvailableCapacity(CLAIM)) {
            halt.check();
            LockSupport.parkNanos(this, LONGEST_PARK_NANOS);
        }
        sleeper = null;
        blocked.add(System.nanoTime() - before);
    }

    /** The consumer gives back all slots up to {@code last}. A producer that sleeps is woken when half of them are free. */
    void release(long last) {
        consumed.set(last);
        VarHandle.fullFence();
        Thread producer = sleeper;
        if (producer != null && ring.remainingCapacity() >= ring.getBufferSize() / 2) {
            LockSupport.unpark(producer);
        }
    }

    /** Wakes the producer if it sleeps, from any thread, to look whether the run is halted. */
    void wake() {
        LockSupport.unpark(sleeper);
    }

    /** Free slots, as a fraction of all. */
    double remaining() {
        return (double) ring.remainingCapacity() / ring.getBufferSize();
    }
}
