package dev.spindle.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/** How many bytes are allocated for an event, as the virtual machine counts them: the same on a busy machine. */
final class Allocated {

    /**
     * Bytes an event, on one thread that has seen the same before. An object has 16 bytes at least: one for every batch of
     * a hundred would show.
     */
    static final double NOTHING = 0.1;

    /**
     * Bytes an event of a whole run. What remains are buffers that grow when a longer row comes than any before, and what
     * the virtual machine does for itself meanwhile. One object for every sixteen events would show.
     */
    static final double NEXT_TO_NOTHING = 1;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TRIES = 3;

    private Allocated() {}

    /** Bytes an event on this thread, by things that have done the same before: the least of some tries. */
    static double perEventHere(int events, IntConsumer work) {
        work.accept(events);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            work.accept(events);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return (double) least / events;
    }

    /** Bytes that a whole run takes for each event more, on all threads together. */
    static double perFurtherEvent(int few, int many, IntConsumer run) {
        run.accept(many); // classes are loaded, what grows in the process has grown
        long short1 = everywhere(few, run);
        long long1 = everywhere(many, run);
        long short2 = everywhere(few, run);
        long long2 = everywhere(many, run);
        return (double) (Math.min(long1, long2) - Math.min(short1, short2)) / (many - few);
    }

    private static long everywhere(int events, IntConsumer run) {
        long before = THREADS.getTotalThreadAllocatedBytes();
        run.accept(events);
        return THREADS.getTotalThreadAllocatedBytes() - before;
    }
}
