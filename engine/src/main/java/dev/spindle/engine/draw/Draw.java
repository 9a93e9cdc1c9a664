package dev.spindle.engine.draw;

/**
 * Counter-based random draws: a draw is a pure function of a key (what is drawn) and a counter (for which row), so that
 * any row can be computed anywhere in any order. The output function is SplitMix64's finaliser, "variant 13" of
 * Stafford's murmur mixers (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
 */
public final class Draw {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Draw() {}

    /** The 64 bits drawn under {@code key} for {@code counter}. */
    public static long bits(long key, long counter) {
        return mix(key + counter * GOLDEN);
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public static double unit(long key, long counter) {
        return unit(bits(key, counter));
    }

    /** Drawn bits as a number in [0, 1). */
    public static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /** Drawn bits as a whole number in [0, bound); the bias is below bound / 2^32. */
    public static int below(long bits, int bound) {
        return (int) (((bits >>> 32) * bound) >>> 32);
    }

    /** Drawn bits as a whole number in [0, bound), for any bound; the bias is below bound / 2^64. */
    public static long below(long bits, long bound) {
        return Math.unsignedMultiplyHigh(bits, bound);
    }

    /** A bijection of 64-bit values in which every input bit reaches every output bit. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A key that follows from a seed and names, such as those of a table, a column and a purpose. */
    public static long key(long seed, String... names) {
        long key = mix(seed + GOLDEN);
        for (String name : names) {
            for (int i = 0; i < name.length(); i++) {
                key = mix(key ^ (name.charAt(i) + 1));
            }
            key = mix(key + GOLDEN);
        }
        return key;
    }
}
