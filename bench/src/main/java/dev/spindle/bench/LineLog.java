package dev.spindle.bench;

import java.time.Instant;
import java.util.Arrays;

/** When each line was seen, and when it was meant to come, in nanoseconds of the wall clock. */
final class LineLog {

    static final long UNKNOWN = Long.MIN_VALUE;

    /** The wall clock is read once and then followed by the monotonic one, so that it does not jump. */
    private static final long WALL_AHEAD = offset();

    private long[] seen = new long[1 << 20];
    private long[] intended = new long[1 << 20];
    private int lines;
    private long reads;

    private static long offset() {
        long best = Long.MAX_VALUE;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 1_000; i++) {
            long before = System.nanoTime();
            Instant wall = Instant.now();
            long after = System.nanoTime();
            if (after - before < least) {
                least = after - before;
                best = wall.getEpochSecond() * 1_000_000_000L + wall.getNano() - (before + (after - before) / 2);
            }
        }
        return best;
    }

    static long wallNanos() {
        return System.nanoTime() + WALL_AHEAD;
    }

    void add(long seenNanos, long intendedNanos) {
        if (lines == seen.length) {
            seen = Arrays.copyOf(seen, lines * 2);
            intended = Arrays.copyOf(intended, lines * 2);
        }
        seen[lines] = seenNanos;
        intended[lines] = intendedNanos;
        lines++;
    }

    /** Something was read, be it several lines or a part of one. */
    void read() {
        reads++;
    }

    /** Whether nothing has come for so long that a reader that spins had better block, such as at the end. */
    boolean isSilent() {
        return lines == 0 || wallNanos() - seen[lines - 1] > 2_000_000_000L;
    }

    int lines() {
        return lines;
    }

    long reads() {
        return reads;
    }

    long seen(int i) {
        return seen[i];
    }

    long intended(int i) {
        return intended[i];
    }

    /** Whether lines say when they were meant to come. */
    boolean isTimed() {
        return lines > 0 && intended[0] != UNKNOWN;
    }
}
