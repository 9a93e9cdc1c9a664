package dev.spindle.engine.reorder;

/**
 * Measures how far events are out of order, as RFC 4737 defines it, in bounded memory.
 *
 * <p>An event is reordered when it leaves after one with a higher sequence number; its extent is the number of
 * positions since the earliest such event left (sections 3.3 and 4.2.2). That event is where the highest sequence number
 * so far first passed the event's own. As long as all is in order, sequence numbers and positions grow together, so the
 * history of the highest number is kept as the places where they did not: a ring of the latest ones.
 */
final class ReorderingMeter {

    private final long stride;
    private final long[] positions;
    private final long[] sequences;
    private final long[] lastSequences;
    private final int mask;
    private long pieces;
    private long position = -1;
    private long highest = -1;
    private long highestAt = -1;
    private boolean exact = true;

    /** @param memory how many pieces of history are kept; a power of two */
    ReorderingMeter(long stride, int memory) {
        this.stride = stride;
        this.positions = new long[memory];
        this.sequences = new long[memory];
        this.lastSequences = new long[memory];
        this.mask = memory - 1;
    }

    /** Whether an event has left that has a higher sequence number. */
    boolean isBehind(long sequence) {
        return sequence < highest;
    }

    /** Takes note that an event leaves; gives its extent, 0 when it is in order. */
    long left(long sequence) {
        position++;
        if (sequence < highest) {
            return position - firstAbove(sequence);
        }
        boolean goesOn = sequence - highest == stride && position - highestAt == 1;
        if (!goesOn || pieces == 0) {
            lastSequences[(int) (pieces - 1) & mask] = highest;
            positions[(int) pieces & mask] = position;
            sequences[(int) pieces & mask] = sequence;
            pieces++;
        }
        highest = sequence;
        highestAt = position;
        exact = true;
        return 0;
    }

    /** Whether what {@link #left} gave last is exact, not a lower bound. */
    boolean isExact() {
        return exact;
    }

    /** The first position at which the highest sequence number was above {@code sequence}. */
    private long firstAbove(long sequence) {
        long oldest = Math.max(0, pieces - positions.length);
        long low = oldest - 1;
        long high = pieces - 1;
        while (low < high) { // the last piece that begins at or below the sequence
            long middle = low + (high - low + 1) / 2;
            if (sequences[(int) middle & mask] <= sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        exact = low >= oldest || oldest == 0;
        if (low < oldest) {
            return positions[(int) oldest & mask];
        }
        int piece = (int) low & mask;
        boolean isWithin = low == pieces - 1 || sequence < lastSequences[piece];
        return isWithin
                ? positions[piece] + (sequence - sequences[piece]) / stride + 1
                : positions[(int) (low + 1) & mask];
    }
}
