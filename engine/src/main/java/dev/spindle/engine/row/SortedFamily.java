package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;
import java.util.Arrays;

/**
 * Children that follow their parent at drawn delays and stand in the order of their times, though the children of
 * neighbouring parents overlap. Parents are taken in blocks; a block's children are sorted by time when a row of it is
 * first asked for, and all their times lie between the block's first moment and the next block's. A delay that would lead
 * out of that is drawn again, uniformly, within it and the law's range: blocks are as long as several usual delays, so
 * that this is rare, or, where that would be too many parents, are set the usual delay later.
 */
final class SortedFamily extends TimeLine implements Arrangement {

    private static final int MOST_PARENTS = 2_048;
    private static final int LEAST_PARENTS = 16;
    private static final int MOST_CHILDREN = 65_536;
    private static final int CACHED = 16;
    private static final int DELAYS_PER_BLOCK = 8;

    private final Children children;
    private final TimeLine parents;
    private final Sampler delayDays;
    private final long leastMicros;
    private final long mostMicros;
    private final boolean wholeDays;
    private final long key;
    private final int blockParents;
    private final long parentRows;
    private final long blocks;
    private final long anchorMicros;
    private final Block[] cache = new Block[CACHED];
    private final TimeOrder timeOrder = new TimeOrder();
    /** The times of a block's children before they are put in order. */
    private long[] drawn = {};

    /**
     * Sorted children.
     *
     * @param parents the times that the delays are counted from
     * @param parentRows rows of the parent table, over {@code spanMicros}
     * @param perParent children per parent on average
     */
    SortedFamily(
            Children children,
            TimeLine parents,
            long parentRows,
            double perParent,
            long spanMicros,
            Sampler delayDays,
            long leastMicros,
            long mostMicros,
            boolean wholeDays,
            long key) {
        this.children = children;
        this.parents = parents;
        this.delayDays = delayDays;
        this.leastMicros = leastMicros;
        this.mostMicros = mostMicros;
        this.wholeDays = wholeDays;
        this.key = key;
        double usual = usualMicros();
        double wanted = DELAYS_PER_BLOCK * Math.max(0, usual - leastMicros) * parentRows / Math.max(1, spanMicros);
        int most = (int) Math.max(1, Math.min(MOST_PARENTS, MOST_CHILDREN / Math.max(1, perParent)));
        this.blockParents = (int) Math.max(Math.min(LEAST_PARENTS, most), Math.min(most, wanted));
        this.parentRows = parentRows;
        this.blocks = (parentRows + blockParents - 1) / blockParents;
        this.anchorMicros = wanted > 4.0 * blockParents ? (long) usual : leastMicros;
    }

    /** The median of some delays. */
    private double usualMicros() {
        double[] delays = new double[101];
        for (int i = 0; i < delays.length; i++) {
            delays[i] = delayDays.sample(Draw.bits(key ^ 1, i)) * Calendar.DAY_MICROS;
        }
        Arrays.sort(delays);
        return Math.max(leastMicros, Math.min(mostMicros, delays[delays.length / 2]));
    }

    @Override
    long micros(long row) {
        Block block = blockOfRow(row);
        return block.times[(int) (row - block.first)];
    }

    @Override
    long countBy(long micros) {
        Block block = blockOfParent(parents.countBy(micros - anchorMicros) - 1);
        int low = 0;
        int high = block.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (block.times[middle] <= micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(1, block.first + low);
    }

    @Override
    public long structural(long row) {
        Block block = blockOfRow(row);
        return block.first + block.order[(int) (row - block.first)];
    }

    @Override
    public long row(long structural) {
        Block block = blockOfRow(structural);
        return block.first + block.places[(int) (structural - block.first)];
    }

    @Override
    Calendar calendar() {
        return parents.calendar();
    }

    @Override
    long shiftMicros() {
        return parents.shiftMicros() + anchorMicros;
    }

    private Block blockOfRow(long row) {
        return blockOfParent(children.parentOf(row));
    }

    private Block blockOfParent(long parent) {
        long period = parent / parentRows;
        long index = period * blocks + (parent - period * parentRows) / blockParents;
        int slot = (int) (index & (CACHED - 1));
        Block block = cache[slot];
        if (block == null) {
            block = new Block();
            cache[slot] = block;
        }
        if (block.index != index) {
            block.fill(index);
        }
        return block;
    }

    private final class Block {
        private long index = -1;
        private long first;
        private int size;
        /** By place in time: the time, and which child of the block it is. */
        private long[] times = {};

        private int[] order = {};
        /** By child of the block: its place in time. */
        private int[] places = {};

        private void fill(long index) {
            this.index = index;
            long period = index / blocks;
            long within = (index - period * blocks) * blockParents;
            long parent = period * parentRows + within;
            long next = period * parentRows + Math.min(parentRows, within + blockParents);
            first = children.first(parent);
            size = (int) (children.first(next) - first);
            long low = parents.micros(parent) + anchorMicros;
            long high = Math.max(low, parents.micros(next) + anchorMicros);
            if (times.length < size) {
                times = new long[2 * size];
                order = new int[2 * size];
                places = new int[2 * size];
            }
            if (drawn.length < size) {
                drawn = new long[2 * size];
            }
            long known = -1;
            long from = 0;
            for (int i = 0; i < size; i++) {
                long p = children.parentOf(first + i);
                if (p != known) { // most parents may have none: their times are not looked at
                    known = p;
                    from = parents.micros(p);
                }
                drawn[i] = time(from, low, high, first + i);
            }
            int[] sorted = timeOrder.of(drawn, size);
            for (int i = 0; i < size; i++) {
                order[i] = sorted[i];
                places[sorted[i]] = i;
                times[i] = drawn[sorted[i]];
            }
        }

        private long time(long from, long low, long high, long child) {
            double delay = delayDays.sample(Draw.bits(key, child)) * Calendar.DAY_MICROS;
            long time = from + (long) Math.max(leastMicros, Math.min(mostMicros, delay));
            if (time < low || time > high) {
                long least = Math.max(low, from + leastMicros);
                long most = Math.max(least, Math.min(high, from + mostMicros));
                time = least + (long) (Draw.unit(key ^ 2, child) * (most - least));
            }
            time = Math.min(time, Calendar.LAST_MICROS);
            return wholeDays ? -Math.floorDiv(-time, Calendar.DAY_MICROS) * Calendar.DAY_MICROS : time;
        }
    }
}
