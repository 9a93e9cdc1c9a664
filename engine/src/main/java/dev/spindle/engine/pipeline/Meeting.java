package dev.spindle.engine.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.dsl.ProducerType;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Where the lanes of a run meet that have one sink between them: their events go on in the order of the stream, whichever
 * lane is ahead.
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

    private static final int CLAIM = 64;
    private static final int RELEASE = 64;
    private static final int PRODUCER_SPINS = 200;
    private static final int SPINS_ALONE = 20_000;
    private static final int SPINS_SHARED = 100;
    private static final long PARK_NANOS = 50_000_000;

    /** What a ring is made of: an event, or the empty end of a turn. */
    private static final class Slot {
        private Event event;
        private boolean empty;
        private boolean endsTurn;
        /** Let go while its lane was waiting for the event of its turn. */
        private boolean early;
    }

    private final BooleanSupplier paced;
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
     * @param paced whether each turn is to be seen at once; asked at each
     * @param spins whether the publishing thread may spin
     */
    Meeting(int lanes, int slots, BooleanSupplier paced, boolean spins, Supplier<Event> events, Halt halt) {
        this.paced = paced;
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
            LockSupport.unpark(entrance.waitingProducer);
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
            if (entrance.hasNews() || paced.getAsBoolean() && anyEarly()) {
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
            least = Math.min(least, (double) entrance.ring.remainingCapacity() / entrance.ring.getBufferSize());
        }
        return least;
    }

    /** The last stage of a lane, used by its thread; the publishing thread takes out what it puts in. */
    final class Entrance implements Stage {

        private final RingBuffer<Slot> ring;
        private final Sequence consumed = new Sequence();
        private BlockedTime blocked = new BlockedTime();

        /** The producer's: the last slot used, the last claimed, the last published; the first of the turn. */
        private long used = -1;

        private long claimed = -1;
        private long published = -1;
        private long turnStart;
        private volatile boolean ended;
        private volatile Thread waitingProducer;

        /** The publishing thread's: the next slot to read, the last that can be read, the last given back. */
        private long next;

        private long available = -1;
        private long released = -1;

        private Entrance(int slots, Supplier<Event> events) {
            this.ring = RingBuffer.create(
                    ProducerType.SINGLE,
                    () -> {
                        Slot slot = new Slot();
                        slot.event = events.get();
                        return slot;
                    },
                    slots,
                    new BusySpinWaitStrategy()); // nobody waits on the ring itself
            this.ring.addGatingSequences(consumed);
        }

        /** Where the lane's thread notes how long it was kept waiting here. */
        Entrance noting(BlockedTime time) {
            blocked = time;
            return this;
        }

        @Override
        public Event on(Event event) {
            Slot slot = nextSlot();
            Event back = slot.event;
            slot.event = event;
            slot.empty = false;
            return back;
        }

        private Slot nextSlot() {
            if (used == claimed) {
                claim();
            }
            Slot slot = ring.get(++used);
            slot.endsTurn = false;
            slot.early = false;
            return slot;
        }

        /** The lane goes on to the next event of its generator. */
        void endTurn() {
            if (used < turnStart || used == published) {
                nextSlot().empty = true;
            }
            ring.get(used).endsTurn = true;
            turnStart = used + 1;
            if (used == claimed || paced.getAsBoolean()) {
                publish(false);
            }
        }

        /** What has come of the turn so far must not wait for the rest. */
        @Override
        public void endOfBatch() {
            boolean early = used >= turnStart;
            for (long i = Math.max(turnStart, published + 1); i <= used; i++) {
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
            if (published != used) {
                published = used;
                ring.publish(used);
                wakePublisher(this, early);
            }
        }

        private void claim() {
            publish(false);
            if (!ring.hasAvailableCapacity(CLAIM)) {
                awaitRoom();
            }
            claimed = ring.next(CLAIM);
        }

        private void awaitRoom() {
            long before = System.nanoTime();
            for (int i = 0; i < PRODUCER_SPINS; i++) {
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

        /** Gives the slots that have been read back to the lane; one that waits is woken when half of them are free. */
        private void release() {
            if (released == next - 1) {
                return;
            }
            released = next - 1;
            consumed.set(released);
            VarHandle.fullFence();
            Thread producer = waitingProducer;
            if (producer != null && ring.remainingCapacity() >= ring.getBufferSize() / 2) {
                LockSupport.unpark(producer);
            }
        }
    }
}
