package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;

/**
 * A drawn order of the numbers 0 … n-1, both ways in constant time and memory; beyond n the next n numbers follow in
 * their own order. Three rounds of an odd multiplication and a shifted exclusive or, both bijections of the next power of
 * two, are repeated until the result is below n ("cycle walking"; Black and Rogaway, "Ciphers with arbitrary finite
 * domains", 2002): at most two times on average.
 */
final class Permutation implements Arrangement {

    private static final int ROUNDS = 3;

    private final long size;
    private final long mask;
    private final int shift;
    private final long[] factors = new long[ROUNDS];
    private final long[] inverses = new long[ROUNDS];
    private final long[] offsets = new long[ROUNDS];

    Permutation(long size, long key) {
        this.size = size;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(Math.max(1, size - 1)));
        this.mask = (1L << bits) - 1;
        this.shift = (bits + 1) / 2;
        for (int i = 0; i < ROUNDS; i++) {
            factors[i] = Draw.bits(key, 2L * i) | 1;
            offsets[i] = Draw.bits(key, 2L * i + 1);
            inverses[i] = inverse(factors[i]);
        }
    }

    /** The inverse of an odd number modulo 2^64, by Newton's iteration: the right bits double each time. */
    private static long inverse(long odd) {
        long x = odd;
        for (int i = 0; i < 6; i++) {
            x *= 2 - odd * x;
        }
        return x;
    }

    /** Which number stands at {@code position}. */
    @Override
    public long structural(long position) {
        long start = position - position % size;
        long x = position - start;
        do {
            for (int i = 0; i < ROUNDS; i++) {
                x = (x * factors[i] + offsets[i]) & mask;
                x ^= x >>> shift;
            }
        } while (x >= size);
        return start + x;
    }

    /** Where {@code number} stands. */
    @Override
    public long row(long number) {
        long start = number - number % size;
        long x = number - start;
        do {
            for (int i = ROUNDS - 1; i >= 0; i--) {
                x ^= x >>> shift; // shift is half of the bits at least: its own inverse
                x = ((x - offsets[i]) * inverses[i]) & mask;
            }
        } while (x >= size);
        return start + x;
    }
}
