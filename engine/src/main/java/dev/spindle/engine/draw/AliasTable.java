package dev.spindle.engine.draw;

import java.util.Arrays;

/**
 * Draws an index with given weights in one table read: Walker's alias method with Vose's construction (M. D. Vose, "A
 * linear algorithm for generating random numbers with a given distribution", 1991). A cell holds its threshold in the
 * upper 32 bits and its alias in the lower. A record, because the JIT compiler takes its components for constants.
 *
 * @param cells thresholds and aliases; not for others to change
 */
public record AliasTable(long[] cells) {

    /** A table over {@code weights}, each 0 or more, not all 0. */
    public AliasTable(double[] weights) {
        this(cells(weights));
    }

    private static long[] cells(double[] weights) {
        int n = weights.length;
        double sum = Arrays.stream(weights).sum();
        if (n == 0 || !(sum > 0)) {
            throw new IllegalArgumentException("no weight is above 0");
        }
        double[] scaled = new double[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] * n / sum;
            if (scaled[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        long[] cells = new long[n];
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[larges - 1];
            cells[less] = ((long) (scaled[less] * 0x1p32) << 32) | more;
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1) {
                larges--;
                small[smalls++] = more;
            }
        }
        while (larges > 0) {
            int full = large[--larges];
            cells[full] = full;
        }
        while (smalls > 0) { // rounding left them a little below 1
            int full = small[--smalls];
            cells[full] = full;
        }
        return cells;
    }

    /** An index for 64 drawn bits: the upper half chooses the cell, the lower half between it and its alias. */
    public int pick(long bits) {
        int cell = (int) (((bits >>> 32) * cells.length) >>> 32);
        long entry = cells[cell];
        // -1 when the cell itself is meant: no branch, since nobody can foresee which it is.
        int own = (int) ((bits & 0xFFFF_FFFFL) - (entry >>> 32) >> 63);
        return (int) entry ^ ((int) entry ^ cell) & own;
    }

    public int size() {
        return cells.length;
    }
}
