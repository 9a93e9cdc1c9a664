package dev.spindle.engine.reorder;

/**
 * How a stream is brought out of order.
 *
 * @param seed the run's seed
 * @param maxDelaySlots how many positions an event may slip, 1 to {@link #MOST_SLOTS}; as many spare events are held
 * @param duplicates fraction of the events that are sent a second time, 0 to 1
 * @param stride difference between the sequence numbers of neighbours: 1, or the number of lanes that share the stream
 */
public record Disorder(long seed, int maxDelaySlots, double duplicates, long stride) {

    /** The largest bound on a slip; it bounds the memory of the stage that holds late events. */
    public static final int MOST_SLOTS = 10_000;

    public Disorder {
        if (maxDelaySlots < 1 || maxDelaySlots > MOST_SLOTS) {
            throw new IllegalArgumentException("maxDelaySlots " + maxDelaySlots + " is not 1 to " + MOST_SLOTS);
        }
        if (!(duplicates >= 0 && duplicates <= 1)) {
            throw new IllegalArgumentException("duplicates " + duplicates + " is not 0 to 1");
        }
        if (stride < 1) {
            throw new IllegalArgumentException("stride " + stride + " is not positive");
        }
    }

    /** A whole stream's disorder. */
    public Disorder(long seed, int maxDelaySlots, double duplicates) {
        this(seed, maxDelaySlots, duplicates, 1);
    }

    /**
     * The largest fraction of events that can be late: of any {@code maxDelaySlots + 1} neighbours one must be in its
     * place, or none would be behind another.
     */
    public static double mostOutOfOrder(int maxDelaySlots) {
        return maxDelaySlots / (maxDelaySlots + 1.0);
    }
}
