package dev.spindle.engine.pipeline;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.BatchWriter;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.NanoClock;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * How lanes that have one sink between them write to it, one after the other: each has blocks of the stream, encodes a block
 * into batches of its own meanwhile, and writes them when the lane before has written its block. So the sink gets the
 * stream in its order, from one thread at a time, and no event goes from thread to thread.
 */
final class Turns {

    private static final int SPINS_ALONE = 20_000;
    private static final int SPINS_SHARED = 100;
    private static final long LONGEST_PARK_NANOS = 50_000_000;

    private final int spins;
    private final Halt halt;
    private final Place[] places;
    private volatile int turn;

    /**
     * Turns of lanes, of which the first begins.
     *
     * @param blockEvents how many events in a row are a lane's
     * @param outlet the one that all write to
     * @param spins whether a lane that waits may spin on its core
     */
    Turns(int lanes, int blockEvents, Outlet outlet, NanoClock clock, boolean spins, Halt halt) {
        this.spins = spins ? SPINS_ALONE : SPINS_SHARED;
        this.halt = halt;
        this.places = new Place[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            places[lane] = new Place(lane, blockEvents, outlet, clock);
        }
        halt.onCall(this::wakeAll);
    }

    private void wakeAll() {
        for (Place place : places) {
            LockSupport.unpark(place.sleeper);
        }
    }

    Place place(int lane) {
        return places[lane];
    }

    /** Called by the lane whose turn it is. A lane that has ended has none any more. */
    private void passOn() {
        for (int i = 1; i <= places.length; i++) {
            int next = (turn + i) % places.length;
            if (!places[next].ended) {
                turn = next;
                VarHandle.fullFence();
                LockSupport.unpark(places[next].sleeper);
                return;
            }
        }
    }

    /** The last stage of a lane, used by its thread. */
    final class Place implements LaneExit {

        private final int lane;
        private final int blockEvents;
        private final Batch[] batches;
        private final BatchWriter writer;
        private final BlockedTime blocked = new BlockedTime();
        private int full;

        /** Read and written by whoever's turn it is. */
        private boolean ended;

        private volatile Thread sleeper;

        private Place(int lane, int blockEvents, Outlet outlet, NanoClock clock) {
            this.lane = lane;
            this.blockEvents = blockEvents;
            this.writer = new BatchWriter(outlet, clock, blocked);
            int capacity = Math.min(blockEvents, outlet.batch().capacity());
            this.batches = new Batch[Math.ceilDiv(blockEvents, capacity)];
            for (int i = 0; i < batches.length; i++) {
                batches[i] = outlet.batch().another(capacity);
            }
        }

        /** How many events in a row are the lane's. */
        int blockEvents() {
            return blockEvents;
        }

        @Override
        public BlockedTime blocked() {
            return blocked;
        }

        @Override
        public Event on(Event event) {
            Batch batch = batches[full];
            batch.add(event);
            if (batch.isFull() && (++full == batches.length || batch.size() < batch.capacity())) {
                write(); // also in the middle of a block whose events are so large that one batch has enough
            }
            batches[full].lend(event);
            return event;
        }

        /** Nothing to do before the turn ends. */
        @Override
        public void endOfBatch() {}

        @Override
        public void endTurn() {
            write();
            passOn();
        }

        @Override
        public void endOfStream() {
            write();
            ended = true;
            passOn();
        }

        /** Writes what there is of the block, once it is the lane's turn. */
        private void write() {
            if (turn != lane) {
                awaitTurn();
            }
            boolean another = full < batches.length && batches[full].size() > 0;
            int count = another ? full + 1 : full;
            full = 0;
            if (count > 0) {
                writer.writeAll(batches, count);
            }
        }

        private void awaitTurn() {
            long before = System.nanoTime();
            for (int i = 0; i < spins && turn != lane; i++) {
                Thread.onSpinWait();
            }
            sleeper = Thread.currentThread();
            VarHandle.fullFence();
            while (turn != lane) {
                halt.check();
                LockSupport.parkNanos(this, LONGEST_PARK_NANOS);
            }
            sleeper = null;
            blocked.add(System.nanoTime() - before);
        }
    }
}
