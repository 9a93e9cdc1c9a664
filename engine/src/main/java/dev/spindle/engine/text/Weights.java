package dev.spindle.engine.text;

/**
 * Draws indexes with given weights in two table reads: A. J. Walker's alias method (ACM TOMS 3, 1977), built as M. D.
 * Vose has it (IEEE Trans. Software Eng. 17, 1991).
 */
final class Weights {

    private static final double TWO_POW_32 = 0x1.0p32;

    /** Of 2^32 draws that hit place i, how many stay there; the others go to {@code alias[i]}. */
    private final long[] stay;

    private final int[] alias;

    /** Indexes 0 to {@code weights.length - 1}; weights are 0 or more and need not add up to 1. */
    Weights(double... weights) {
        int n = weights.length;
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        stay = new long[n];
        alias = new int[n];
        double[] scaled = new double[n];
        int[] open = new int[n];
        int small = 0;
        int large = n;
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] * n / sum;
            if (scaled[i] < 1) {
                open[small++] = i;
            } else {
                open[--large] = i;
            }
        }
        while (small > 0 && large < n) {
            int poor = open[--small];
            int rich = open[large];
            stay[poor] = (long) (scaled[poor] * TWO_POW_32);
            alias[poor] = rich;
            scaled[rich] -= 1 - scaled[poor];
            if (scaled[rich] < 1) {
                open[small++] = rich;
                large++;
            }
        }
        while (large < n) {
            fill(open[large++]);
        }
        while (small > 0) {
            fill(open[--small]);
        }
    }

    private void fill(int index) {
        stay[index] = 1L << 32;
        alias[index] = index;
    }

    /** The place comes of the hash's high bits, the choice between place and alias of its low 32. */
    int index(long hash) {
        int place = Draw.below(hash, stay.length);
        return (hash & 0xFFFF_FFFFL) < stay[place] ? place : alias[place];
    }
}
