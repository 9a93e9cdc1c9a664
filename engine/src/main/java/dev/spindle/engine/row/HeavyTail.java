package dev.spindle.engine.row;

import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.draw.Draw;

/**
 * Draws parents with Pareto-distributed weights, out of any number of them, in constant memory.
 *
 * <p>Parents are taken in blocks of {@value #BLOCK}. Every block has the same weights, the quantiles of the Pareto law
 * bounded by the largest allowed, dealt to its rows by a permutation drawn for the block; so a parent's weight is its own
 * for good, and heavy ones are spread over the whole table. A draw takes a weight's place, then a block. When parents
 * come into being over time, the block is the later of two drawn uniformly: a parent that exists from the fraction x of
 * the stream on then has 2(1 - x) times the children it would have had if all had been there from the start, and the
 * first parents are not drowned in children as they would be with one draw.
 */
record HeavyTail(AliasTable places, long key) {

    /** Bound on the growth that {@link #pick} gives to parents that exist early. */
    static final double MOST_GROWTH = 2;

    private static final int BLOCK = 256;
    private static final int ATTEMPTS = 64;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /**
     * Weights.
     *
     * @param alpha the Pareto law's exponent
     * @param largest the largest weight, as a multiple of the mean; 0 for no bound
     * @param key what the permutations hang on
     */
    HeavyTail(double alpha, double largest, long key) {
        this(new AliasTable(weights(alpha, largest)), key);
    }

    /** Quantiles of the law, bounded at {@code largest} times their mean, which is found by repetition. */
    static double[] weights(double alpha, double largest) {
        double[] weights = new double[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            weights[i] = StrictMath.pow(1 - (i + 0.5) / BLOCK, -1 / alpha);
        }
        if (largest > 1) {
            for (int round = 0; round < 200; round++) {
                double mean = 0;
                for (double weight : weights) {
                    mean += weight / BLOCK;
                }
                for (int i = 0; i < BLOCK; i++) {
                    weights[i] = Math.min(weights[i], largest * mean);
                }
            }
        }
        return weights;
    }

    /** A parent out of the first {@code count}; {@code growing} when the count grows along the stream. */
    long pick(long bits, long count, boolean growing) {
        long blocks = (count + BLOCK - 1) / BLOCK;
        long more = bits;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int place = places.pick(more);
            more = Draw.mix(more + GOLDEN);
            long block = block(more, blocks, count, growing);
            long parent = block * BLOCK + row(block, place);
            if (parent < count) {
                return parent;
            }
            more = Draw.mix(more + GOLDEN);
        }
        return Draw.below(more, count);
    }

    private static long block(long bits, long blocks, long count, boolean growing) {
        if (blocks == 1) {
            return 0;
        }
        long one = Draw.below(bits, count);
        return (growing ? Math.max(one, Draw.below(Draw.mix(bits + 1), count)) : one) / BLOCK;
    }

    /** Where a block's permutation puts a place: an affine map of the place modulo the block, its factor odd. */
    private int row(long block, int place) {
        long draw = Draw.bits(key, block);
        return (int) (((draw | 1) * place + (draw >>> 32)) & (BLOCK - 1));
    }
}
