package dev.spindle.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
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

    private static final int MOST_PER_ROUND = 64;

    private final RingEntry<RingEntry.Slot> entry;
    private final RingBuffer<RingEntry.Slot> ring;
    private final SequenceBarrier barrier;
    private final Stage target;
    private final Halt halt;
    private final boolean atOnce;
    private volatile boolean ended;

    /**
     * A hop.
     *
     * @param slots a power of two
     * @param atOnce whether each event is published by itself, as those behind the pacer of a paced run are
     * @param spins whether the consuming thread may spin
     * @param blocked of the producing thread
     * @param target the first stage of the consuming thread
     */
    Hop(
            int slots,
            boolean atOnce,
            boolean spins,
            Supplier<Event> events,
            Halt halt,
            BlockedTime blocked,
            Stage target) {
        this.entry = new RingEntry<>(
                slots, () -> new RingEntry.Slot(events.get()), new Parking(spins), halt, blocked);
        this.ring = entry.ring();
        this.barrier = ring.newBarrier();
        this.atOnce = atOnce;
        this.halt = halt;
        this.target = target;
        halt.onCall(this::wakeBoth);
    }

    private void wakeBoth() {
        barrier.alert();
        entry.wake();
    }

    @Override
    public Event on(Event event) {
        if (entry.isUsedUp()) {
            entry.publish();
            entry.claim();
        }
        Event back = entry.next().swap(event);
        if (atOnce || entry.isUsedUp()) {
            entry.publish();
        }
        return back;
    }

    @Override
    public void endOfBatch() {
        entry.publish();
    }

    @Override
    public void endOfStream() {
        entry.publish();
        ended = true;
        barrier.alert(); // the consumer looks at what is left, then leaves
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
                RingEntry.Slot slot = ring.get(next++);
                slot.event = target.on(slot.event);
            }
            entry.release(last);
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

    /** Free slots, as a fraction of all. */
    double remaining() {
        return entry.remaining();
    }
}
