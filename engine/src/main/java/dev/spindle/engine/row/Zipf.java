package dev.spindle.engine.row;

import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.draw.Draw;

/**
 * Ranks 0 … n-1 with weights (rank + 1)^-alpha. Up to {@value #EXACT} ranks each have their own entry; beyond, ranks are
 * drawn by geometric buckets, uniformly within one, whose width is 1/256 of their rank at most.
 */
record Zipf(AliasTable table, long[] starts) {

    private static final int EXACT = 65_536;
    private static final int HEAD = 4_096;
    private static final int BUCKETS_PER_FACTOR = 256;

    static Zipf of(double alpha, long n) {
        if (n <= EXACT) {
            double[] weights = new double[(int) n];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = StrictMath.pow(i + 1, -alpha);
            }
            return new Zipf(new AliasTable(weights), null);
        }
        long[] edges = new long[HEAD + 64 * BUCKETS_PER_FACTOR];
        double[] weights = new double[edges.length];
        int buckets = 0;
        long at = 0;
        while (at < n) {
            long next = at < HEAD ? at + 1 : Math.min(n, at + Math.max(1, at / BUCKETS_PER_FACTOR));
            edges[buckets] = at;
            double middle = (at + next - 1) / 2.0 + 1;
            weights[buckets] = (next - at) * StrictMath.pow(middle, -alpha);
            buckets++;
            at = next;
        }
        long[] starts = java.util.Arrays.copyOf(edges, buckets + 1);
        starts[buckets] = n;
        return new Zipf(new AliasTable(java.util.Arrays.copyOf(weights, buckets)), starts);
    }

    long rank(long bits) {
        int bucket = table.pick(bits);
        if (starts == null) {
            return bucket;
        }
        long start = starts[bucket];
        long width = starts[bucket + 1] - start;
        return width == 1 ? start : start + Draw.below(Draw.mix(bits), width);
    }
}
