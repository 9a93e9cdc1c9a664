package dev.spindle.engine.text;

/**
 * Several independent draws from one hash.
 *
 * <p>The mixing is the finaliser of SplitMix64 with its increment (G. L. Steele, D. Lea, C. H. Flood: Fast splittable
 * pseudorandom number generators, OOPSLA 2014; the constants are D. Stafford's variant 13, as published there).
 */
final class Draw {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Draw() {}

    /** The first draw from {@code hash}. */
    static long next(long hash) {
        return nth(hash, 1);
    }

    /** Draw number {@code n} from {@code hash}, from 1: what SplitMix64 seeded with the hash gives as its n-th. */
    static long nth(long hash, int n) {
        long z = hash + n * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 to {@code bound - 1}, of the hash's high bits; uniform to within bound / 2^64. */
    static int below(long hash, int bound) {
        return (int) Math.unsignedMultiplyHigh(hash, bound);
    }
}
