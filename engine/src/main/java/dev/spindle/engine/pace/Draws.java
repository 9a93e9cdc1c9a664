package dev.spindle.engine.pace;

/**
 * Random numbers as a pure function of (seed, purpose, index): the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast
 * Splittable Pseudorandom Number Generators", OOPSLA 2014) over a Weyl sequence. Only integer arithmetic and {@link
 * StrictMath}, so that every machine draws the same.
 */
final class Draws {

    private static final long WEYL = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private final long key;

    /** Draws for one purpose ({@code stream}) of one seed. */
    Draws(long seed, long stream) {
        this.key = mix(mix(seed) + WEYL * (stream + 1));
    }

    /** Uniform in [0, 1). */
    double uniform(long index) {
        return (bits(index) >>> 11) * UNIT;
    }

    /** Exponential with mean 1, from 0 to 36.7. */
    double exponential(long index) {
        return -StrictMath.log(((bits(index) >>> 11) + 1) * UNIT);
    }

    private long bits(long index) {
        return mix(key + WEYL * (index + 1));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
