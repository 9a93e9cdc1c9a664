package dev.spindle.engine.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Where the lanes of a paced run meet that have one sink between them: their events go on in the order of the stream,
 * whichever lane is ahead.
 *
 * <p>A lane's <em>turn</em> is all that it lets go of for one event of its generator: that event in most cases, none when
 * it is held back, several when others are due behind it. The generators take turns along the stream, so going round the
 * lanes, one turn of each, is the order of the stream; what the reorder stages have moved goes where its own lane has
 * it. The order follows from the lanes' streams alone, not from the threads.
 *
 * <p>One case is apart: events held back for a time that fall due while their lane waits for its next turn go at once, as
 * soon as nothing else is ready.
 *
 * <p>Each lane has a Disruptor ring of its own, in which a turn without events is an empty slot. Threads wait as they do
 * at a {@link Hop}.
 */
final class Meeting {

    private static final int RELEASE = 64;
    private static final int SPINS_ALONE = 20_000;
    private static final int SPINS_SHARED = 100;
    private static final long PARK_NANOS = 50_000_000;

    /** What a ring is made of: an event, or the empty end of a turn. */
    private static final class Slot extends RingEntry.Slot {
        private boolean empty;
        private boolean endsTurn;
        /** Let go while its lane was waiting for the event of its turn. */
        private boolean early;

        private Slot(Event event) {
            super(event);
        }
    }

    private final int spins;
    private final Halt halt;
    private final Entrance[] entrances;

    /** The publishing thread while it sleeps, and the lane whose turn it waits for. */
    private volatile Thread sleeper;

    private volatile Entrance awaited;

    /**
     * A meeting of lanes.
     *
     * @param slots of each lane's ring, a power of two
     * @param spins whether the publishing thread may spin
     */
    Meeting(int lanes, int slots, boolean spins, Supplier<Event> events, Halt halt) {
        this.spins = spins ? SPINS_ALONE : SPINS_SHARED;
        this.halt = halt;
        this.entrances = new Entrance[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            entrances[lane] = new Entrance(slots, events);
        }
        halt.onCall(this::wakeAll);
    }

    private void wakeAll() {
        LockSupport.unpark(sleeper);
        for (Entrance entrance : entrances) {
            entrance.entry.wake();
        }
    }

    Entrance entrance(int lane) {
        return entrances[lane];
    }

    /** Passes events on until all lanes have ended; run by the publishing thread. */
    void drain(Stage target) {
        List<Entrance> open = new ArrayList<>(List.of(entrances));
        int turn = 0;
        while (!open.isEmpty()) {
            Entrance entrance = open.get(turn);
            if (entrance.takeTurn(target)) {
                turn = turn + 1 == open.size() ? 0 : turn + 1;
            } else if (entrance.isOver()) {
                open.remove(turn);
                turn = turn >= open.size() ? 0 : turn;
            } else {
                idle(entrance, target);
            }
        }
        target.endOfStream();
    }

    /** Waits for a lane's turn, after all that can go without it has gone. */
    private void idle(Entrance entrance, Stage target) {
        for (Entrance any : entrances) {
            any.takeEarly(target);
            any.release();
        }
        target.endOfBatch();
        halt.check();
        for (int i = 0; i < spins; i++) {
            if (entrance.hasNews() || anyEarly()) {
                return;
            }
            Thread.onSpinWait();
        }
        awaited = entrance;
        sleeper = Thread.currentThread();
        try {
            VarHandle.fullFence();
            if (!entrance.hasNews() && !anyEarly()) {
                halt.check();
                LockSupport.parkNanos(this, PARK_NANOS);
            }
        } finally {
            sleeper = null;
        }
    }

    private boolean anyEarly() {
        for (Entrance any : entrances) {
            if (any.hasEarly()) {
                return true;
            }
        }
        return false;
    }

    private void wakePublisher(Entrance from, boolean early) {
        VarHandle.fullFence();
        Thread thread = sleeper;
        if (thread != null && (early || awaited == from)) {
            LockSupport.unpark(thread);
        }
    }

    /** Free slots in the fullest ring, as a fraction of its size. */
    double remaining() {
        double least = 1;
        for (Entrance entrance : entrances) {
            least = Math.min(least, entrance.entry.remaining());
        }
        return least;
    }

    /** The last stage of a lane, used by its thread; the publishing thread takes out what it puts in. */
    final class Entrance implements LaneExit {

        private final RingEntry<Slot> entry;
        private final RingBuffer<Slot> ring;
        private final BlockedTime blocked = new BlockedTime();

        /** The producer's: the first slot of the turn. */
        private long turnStart;

        private volatile boolean ended;

        /** The publishing thread's: the next slot to read, the last that can be read, the last given back. */
        private long next;

        private long available = -1;
        private long released = -1;

        private Entrance(int slots, Supplier<Event> events) {
            this.entry = new RingEntry<>(
                    slots,
                    () -> new Slot(events.get()),
                    new BusySpinWaitStrategy(), // nobody waits on the ring itself
                    halt,
                    blocked);
            this.ring = entry.ring();
        }

        @Override
        public BlockedTime blocked() {
            return blocked;
        }

        @Override
        public Event on(Event event) {
            Slot slot = nextSlot();
            slot.empty = false;
            return slot.swap(event);
        }

        private Slot nextSlot() {
            if (entry.isUsedUp()) {
                publish(false);
                entry.claim();
            }
            Slot slot = entry.next();
            slot.endsTurn = false;
            slot.early = false;
            return slot;
        }

        /** The lane goes on to the next event of its generator. */
        @Override
        public void endTurn() {
            if (entry.used() < turnStart || entry.used() == entry.published()) {
                nextSlot().empty = true;
            }
            ring.get(entry.used()).endsTurn = true;
            turnStart = entry.used() + 1;
            publish(false);
        }

        /** What has come of the turn so far must not wait for the rest. */
        @Override
        public void endOfBatch() {
            boolean early = entry.used() >= turnStart;
            for (long i = Math.max(turnStart, entry.published() + 1); i <= entry.used(); i++) {
                ring.get(i).early = true;
            }
            publish(early);
        }

        @Override
        public void endOfStream() {
            publish(false);
            ended = true;
            wakePublisher(this, false);
        }

        private void publish(boolean early) {
            if (entry.publish()) {
                wakePublisher(this, early);
            }
        }

        /** Passes on the lane's turn, as far as it is there; whether it was all of it. */
        private boolean takeTurn(Stage target) {
            while (isNextThere()) {
                Slot slot = ring.get(next++);
                if (!slot.empty) {
                    slot.event = target.on(slot.event);
                }
                boolean ends = slot.endsTurn;
                if (next - released > RELEASE) {
                    release();
                    halt.check();
                }
                if (ends) {
                    return true;
                }
            }
            return false;
        }

        private boolean isNextThere() {
            if (next > available) {
                available = ring.getCursor();
            }
            return next <= available;
        }

        private void takeEarly(Stage target) {
            while (hasEarly()) {
                Slot slot = ring.get(next++);
                slot.event = target.on(slot.event);
            }
        }

        private boolean hasEarly() {
            return isNextThere() && ring.get(next).early;
        }

        private boolean hasNews() {
            return isNextThere() || ended;
        }

        /** Whether the lane has ended and all of it has been taken. */
        private boolean isOver() {
            return ended && ring.getCursor() < next;
        }

        /** Gives the slots that have been read back to the lane. */
        private void release() {
            if (released != next - 1) {
                released = next - 1;
                entry.release(released);
            }
        }
    }
}
