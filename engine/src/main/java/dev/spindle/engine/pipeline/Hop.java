package dev.spindle.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.EventFactory;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.dsl.ProducerType;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Takes events from one thread to the next through a Disruptor ring. To the thread before, it is a stage; the thread after
 * runs {@link #drain()}, which passes what comes to the stage behind.
 *
 * <p>The ring's slots own events, which are swapped: the producer puts its event into a slot and takes the slot's old one;
 * the consumer leaves behind what its stage gives back. Slots are claimed some at a time. A paced event is published at
 * once; others in runs, for a fraction of the cost.
 */
final class Hop implements Stage {

    private static final int CLAIM = 64;
    private static final int MOST_PER_ROUND = 64;
    private static final int SPINS = 200;
    private static final long PARK_NANOS = 50_000_000;

    /** What a ring is made of. */
    private static final class Slot {
        private Event event;
    }

    private final RingBuffer<Slot> ring;
    private final SequenceBarrier barrier;
    private final Sequence consumed = new Sequence();
    private final Stage target;
    private final Halt halt;
    private final BlockedTime blocked;
    private final BooleanSupplier atOnce;

    /** The producer's: the last slot used, the last claimed, the last published. */
    private long used = -1;

    private long claimed = -1;
    private long published = -1;
    private volatile boolean ended;
    private volatile Thread waitingProducer;

    /**
     * A hop.
     *
     * @param slots a power of two
     * @param atOnce whether each event is published by itself, as those behind the pacer of a paced run are; asked for each
     * @param spins whether the consuming thread may spin
     * @param blocked of the producing thread
     * @param target the first stage of the consuming thread
     */
    Hop(
            int slots,
            BooleanSupplier atOnce,
            boolean spins,
            Supplier<Event> events,
            Halt halt,
            BlockedTime blocked,
            Stage target) {
        EventFactory<Slot> factory = () -> {
            Slot slot = new Slot();
            slot.event = events.get();
            return slot;
        };
        this.ring = RingBuffer.create(ProducerType.SINGLE, factory, slots, new Parking(spins));
        this.ring.addGatingSequences(consumed);
        this.barrier = ring.newBarrier();
        this.atOnce = atOnce;
        this.halt = halt;
        this.blocked = blocked;
        this.target = target;
        halt.onCall(this::wakeBoth);
    }

    private void wakeBoth() {
        barrier.alert();
        LockSupport.unpark(waitingProducer);
    }

    @Override
    public Event on(Event event) {
        if (used == claimed) {
            claim();
        }
        Slot slot = ring.get(++used);
        Event back = slot.event;
        slot.event = event;
        if (used == claimed || atOnce.getAsBoolean()) {
            publish();
        }
        return back;
    }

    @Override
    public void endOfBatch() {
        publish();
    }

    @Override
    public void endOfStream() {
        publish();
        ended = true;
        barrier.alert(); // the consumer looks at what is left, then leaves
    }

    private void publish() {
        if (published != used) {
            published = used;
            ring.publish(used);
        }
    }

    private void claim() {
        publish();
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
        waitingProducer = Thread.currentThread();
        VarHandle.fullFence();
        while (!ring.hasAvailableCapacity(CLAIM)) {
            halt.check();
            LockSupport.parkNanos(this, PARK_NANOS);
        }
        waitingProducer = null;
        blocked.add(System.nanoTime() - before);
    }

    /** Passes events on until the stream ends; run by the consuming thread. */
    void drain() {
        long next = 0;
        while (true) {
            long available = ring.getCursor();
            if (available < next) {
                target.endOfBatch();
                available = await(next);
                if (available < next) {
                    target.endOfStream();
                    return;
                }
            }
            long last = Math.min(available, next + MOST_PER_ROUND - 1);
            while (next <= last) {
                Slot slot = ring.get(next++);
                slot.event = target.on(slot.event);
            }
            consumed.set(last);
            wakeProducer(last);
            halt.check();
        }
    }

    /** The last slot that can be read; before {@code next} when the stream has ended. */
    private long await(long next) {
        try {
            return barrier.waitFor(next);
        } catch (AlertException e) {
            halt.check();
            if (ended) {
                return ring.getCursor();
            }
            throw new IllegalStateException("an alert without an end");
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A producer that waits is woken when half the ring is free, not for each slot. */
    private void wakeProducer(long last) {
        VarHandle.fullFence();
        Thread producer = waitingProducer;
        if (producer != null && ring.remainingCapacity() >= ring.getBufferSize() / 2) {
            LockSupport.unpark(producer);
        }
    }

    /** Slots that are free, of {@link #size()}. */
    long free() {
        return ring.remainingCapacity();
    }

    int size() {
        return ring.getBufferSize();
    }
}
