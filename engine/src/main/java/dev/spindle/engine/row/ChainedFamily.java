package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;
import java.util.Arrays;

/**
 * Children that follow one another: the first of a parent stands at the parent's time, each other one a drawn gap after
 * the one before. The table's rows are all of them in the order of their times, those of parents that are under way at the
 * same time interleaved, and still a row's parent and a parent's rows are found without a scan.
 *
 * <p>Parents are taken in blocks of neighbours in time; a <em>window</em> lasts from the first parent of one block to the
 * first of the next. The children of a block lie in its own window and the {@value #LATER} after it. So the rows of a
 * window are found from its block and those few before it, sorted by time; and the number of the window's first row is that
 * of the block's first child less the children of earlier blocks that are still to come then. Both hang on nothing further
 * back.
 *
 * <p>So that this holds, a chain that lasts longer than 199 of 200 drawn at start, or than the windows that its block may
 * reach, is shortened in proportion: its order and the shape of its gaps stay. Blocks are long enough that the latter is
 * as rare, until so many chains are under way at once that the cost of a jump to any row, some ten milliseconds then,
 * bounds them. Chains under way when the table's rows end are finished by then, so that a table streamed to its end has
 * whole chains only.
 */
final class ChainedFamily extends TimeLine implements Arrangement {

    /** Children per parent on average at most: a block's children are kept in memory. */
    static final int MOST_PER_PARENT = 10_000;

    /** Windows after its own that a block's children may lie in. */
    private static final int LATER = 8;

    private static final int LEAST_PARENTS = 16;
    private static final int MOST_PARENTS = 1 << 15;
    private static final int MOST_CHILDREN = 1 << 15;
    private static final int TRIED_CHAINS = 4_096;
    /** The fraction of the tried chains that none is longer than: the longest would have blocks be much larger. */
    private static final double USUAL = 0.995;
    private static final int TRIED_GAPS = 1 << 20;
    private static final int CACHED_BLOCKS = 32;
    private static final int CACHED_WINDOWS = 16;

    private final Children children;
    private final TimeLine parents;
    private final Sampler gapDays;
    private final long key;
    private final long parentRows;
    /** Parents per block are 2 to this. */
    private final int blockBits;

    private final long blocks;
    private final double mostMicros;
    private final Block[] cachedBlocks = new Block[CACHED_BLOCKS];
    private final Window[] cachedWindows = new Window[CACHED_WINDOWS];
    private Window last;
    private Block lastBlock;
    private final TimeOrder order = new TimeOrder();
    /** What a window is put together in. */
    private long[] unsortedTimes = {};

    private long[] unsortedChildren = {};

    /**
     * Chains.
     *
     * @param parents the times at which the chains start
     * @param parentRows rows of the parent table, over {@code spanMicros}
     * @param perParent children per parent on average
     */
    ChainedFamily(
            Children children,
            TimeLine parents,
            long parentRows,
            double perParent,
            long spanMicros,
            Sampler gapDays,
            long key) {
        this.children = children;
        this.parents = parents;
        this.gapDays = gapDays;
        this.key = key;
        this.parentRows = parentRows;
        this.mostMicros = longestChain((int) Math.max(64, Math.min(TRIED_CHAINS, TRIED_GAPS / Math.max(1, perParent))));
        double underWay = mostMicros * parentRows / Math.max(1, spanMicros);
        int most = (int) Math.max(1, Math.min(MOST_PARENTS, MOST_CHILDREN / Math.max(1, perParent)));
        int wanted = (int) Math.max(Math.min(LEAST_PARENTS, most), Math.min(most, underWay / 4));
        this.blockBits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(wanted);
        int blockParents = 1 << blockBits;
        this.blocks = (parentRows + blockParents - 1) / blockParents;
    }

    private double longestChain(int tried) {
        double[] lengths = new double[tried];
        for (int i = 0; i < tried; i++) {
            long parent = Draw.below(Draw.bits(key ^ 1, i), parentRows);
            long first = children.first(parent);
            int count = children.count(parent);
            for (int c = 1; c < count; c++) {
                lengths[i] += gapMicros(first + c);
            }
        }
        Arrays.sort(lengths);
        return lengths[(int) (USUAL * (tried - 1))];
    }

    private double gapMicros(long child) {
        return Math.max(0, gapDays.sample(Draw.bits(key, child)) * Calendar.DAY_MICROS);
    }

    @Override
    long micros(long row) {
        Window window = windowOfRow(row);
        return window.times[(int) (row - window.first)];
    }

    @Override
    public long structural(long row) {
        Window window = windowOfRow(row);
        return window.children[(int) (row - window.first)];
    }

    @Override
    public long row(long structural) {
        Block block = lastBlock;
        if (block == null || !block.holds(structural)) {
            block = block(blockOf(children.parentOf(structural)));
            lastBlock = block;
        }
        int at = (int) (structural - block.first);
        if (block.rows[at] < 0) {
            Window window = window(windowAt(block.index, block.times[at]));
            if (block.rows[at] < 0) { // the window was made before the block was: once more, for the block's rows
                window.place(block);
            }
        }
        return block.rows[at];
    }

    @Override
    long countBy(long micros) {
        long index = windowAt(blockOf(parents.countBy(micros) - 1), micros);
        return Math.max(1, window(index).countBy(micros));
    }

    @Override
    Calendar calendar() {
        return parents.calendar();
    }

    @Override
    long shiftMicros() {
        return parents.shiftMicros();
    }

    private Window windowOfRow(long row) {
        Window window = last;
        if (window == null || !window.holds(row)) {
            long index = blockOf(children.parentOf(row));
            window = window(index);
            while (row >= window.first + window.size) {
                window = window(++index);
            }
            last = window;
        }
        return window;
    }

    /** The window that a moment lies in, which is that of the block {@code index} or a later one of its period. */
    private long windowAt(long index, long micros) {
        long at = index;
        while (!endsPeriod(at) && at < index + LATER && micros >= start(at + 1)) {
            at++;
        }
        return at;
    }

    private boolean endsPeriod(long block) {
        return (block + 1) % blocks == 0;
    }

    private long blockOf(long parent) {
        if (parent < parentRows) {
            return parent >>> blockBits;
        }
        long period = parent / parentRows;
        return period * blocks + (parent - period * parentRows >>> blockBits);
    }

    private long firstParent(long block) {
        long period = block < blocks ? 0 : block / blocks;
        return period * parentRows + (block - period * blocks << blockBits);
    }

    private long parentsEnd(long block) {
        return endsPeriod(block) ? (block / blocks + 1) * parentRows : firstParent(block) + (1L << blockBits);
    }

    /** When a block's window begins. */
    private long start(long block) {
        return block(block).start;
    }

    private Block block(long index) {
        int slot = (int) (index & (CACHED_BLOCKS - 1));
        Block block = cachedBlocks[slot];
        if (block == null) {
            block = new Block();
            cachedBlocks[slot] = block;
        }
        if (block.index != index) {
            block.fill(index);
        }
        return block;
    }

    private Window window(long index) {
        int slot = (int) (index & (CACHED_WINDOWS - 1));
        Window window = cachedWindows[slot];
        if (window == null) {
            window = new Window();
            cachedWindows[slot] = window;
        }
        if (window.index != index) {
            window.fill(index);
        }
        return window;
    }

    /** The children of neighbouring parents, parent by parent, and their times. Filled again for another block. */
    private final class Block {
        private long index = -1;
        private long first;
        private long start;
        private int size;
        private long[] times = {};
        private long latest;
        /** Where the children stand in the table, -1 as long as their window has not been made. */
        private long[] rows = {};

        private void fill(long index) {
            this.index = index;
            long parent = firstParent(index);
            long end = parentsEnd(index);
            first = children.first(parent);
            start = parents.micros(parent);
            size = (int) (children.first(end) - first);
            if (times.length < size) {
                times = new long[2 * size];
                rows = new long[2 * size];
            }
            Arrays.fill(rows, 0, size, -1);
            long periodEnd = (index / blocks + 1) * blocks;
            long beyond = Math.min(periodEnd, index + LATER + 1);
            long limit = parents.micros(beyond == periodEnd ? periodEnd / blocks * parentRows : firstParent(beyond));
            latest = start;
            for (int at = 0; parent < end; parent++) {
                int count = children.count(parent);
                chain(parents.micros(parent), limit, at, count);
                at += count;
                latest = count == 0 ? latest : Math.max(latest, times[at - 1]);
            }
        }

        private boolean holds(long structural) {
            return structural >= first && structural < first + size;
        }

        private void chain(long from, long limit, int at, int count) {
            double length = 0;
            for (int c = 0; c < count; c++) {
                length += c == 0 ? 0 : gapMicros(first + at + c);
                times[at + c] = from + (long) length;
            }
            double room = Math.min(mostMicros, limit - 1 - from);
            if (length > room) {
                double part = Math.max(0, room) / length;
                for (int c = 1; c < count; c++) {
                    times[at + c] = from + (long) ((times[at + c] - from) * part);
                }
            }
        }
    }

    /** The rows of the table between the starts of two blocks. Filled again for another window. */
    private final class Window {
        private long index = -1;
        private long first;
        private int size;
        private long[] times = {};
        private long[] children = {};

        private void fill(long index) {
            this.index = index;
            Block own = block(index);
            long end = endsPeriod(index) ? Long.MAX_VALUE : start(index + 1);
            long earliest = Math.max(index / blocks * blocks, index - LATER);
            int toCome = 0;
            int here = 0;
            for (long b = earliest; b <= index; b++) {
                Block block = block(b);
                for (int i = 0; i < block.size && block.latest >= own.start; i++) {
                    toCome += b < index && block.times[i] >= own.start ? 1 : 0;
                    here += block.times[i] >= own.start && (block.times[i] < end || b == index - LATER) ? 1 : 0;
                }
            }
            first = own.first - toCome;
            size = here;
            if (times.length < here) {
                times = new long[2 * here];
                children = new long[2 * here];
            }
            collect(own.start, end, earliest);
            for (long b = earliest; b <= index; b++) {
                if (block(b).latest >= own.start) {
                    place(block(b));
                }
            }
        }

        /** The children that lie in the window, in the order of their times. */
        private void collect(long start, long end, long earliest) {
            if (unsortedTimes.length < size) {
                unsortedTimes = new long[2 * size];
                unsortedChildren = new long[2 * size];
            }
            int at = 0;
            for (long b = earliest; b <= index; b++) {
                Block block = block(b);
                for (int i = 0; i < block.size && block.latest >= start; i++) {
                    if (block.times[i] >= start && (block.times[i] < end || b == index - LATER)) {
                        unsortedTimes[at] = block.times[i];
                        unsortedChildren[at++] = block.first + i;
                    }
                }
            }
            int[] places = order.of(unsortedTimes, size);
            for (int i = 0; i < size; i++) {
                times[i] = unsortedTimes[places[i]];
                children[i] = unsortedChildren[places[i]];
            }
        }

        private boolean holds(long row) {
            return row >= first && row < first + size;
        }

        /** Tells a block where those of its children stand that lie in the window. */
        private void place(Block block) {
            for (int i = 0; i < size; i++) {
                if (block.holds(children[i])) {
                    block.rows[(int) (children[i] - block.first)] = first + i;
                }
            }
        }

        /** Rows of the table up to a moment that lies in the window. */
        private long countBy(long micros) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (times[middle] <= micros) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return first + low;
        }
    }
}
