package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;

/**
 * Numbers of children that are geometric, both ways, with an exact sum over the table's rows.
 *
 * <p>Parents are taken in blocks whose numbers of children are fixed. Independent geometric variables, given their sum,
 * take each way of writing that sum as so many terms with the same probability (stars and bars: W. Feller, "An Introduction
 * to Probability Theory and Its Applications", volume 1, II.5); so a block's children are divided at places drawn by
 * selection sampling (Fan, Muller and Rezucha, 1962), with one draw for each place, when a row of the block is first asked
 * for. Beyond the table's rows the same goes on with other draws. For one thread.
 */
final class GeometricChildren implements Children {

    /** Large enough that fixing a block's sum moves no probability by more than about a thousandth. */
    private static final int BLOCK_PARENTS = 1_024;

    private static final int MOST_CHILDREN_PER_BLOCK = 1 << 16;
    private static final int CACHED = 64;

    private final long parents;
    private final long children;
    private final int least;
    private final long key;
    private final int blockBits;
    private final int blockParents;
    private final long blocks;
    private final long fullBlocks;
    private final int lastParents;
    private final long base;
    private final long odd;
    private final double childrenPerBlock;
    private final long[] cachedBlocks = new long[CACHED];
    private final int[][] cachedStarts = new int[CACHED][];

    /**
     * A relation.
     *
     * @param parents rows of the parent table at the scale
     * @param children rows of the child table at the scale; each parent has one at least when there are as many as parents
     * @param key what the draws hang on
     */
    GeometricChildren(long parents, long children, long key) {
        this.parents = parents;
        this.children = children;
        this.least = children >= parents ? 1 : 0;
        this.key = key;
        double perParent = Math.max(1, (double) children / parents);
        int most = (int) Math.max(1, Math.min(parents, Math.min(BLOCK_PARENTS, MOST_CHILDREN_PER_BLOCK / perParent)));
        this.blockBits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(most);
        this.blockParents = 1 << blockBits;
        this.fullBlocks = parents / blockParents;
        this.lastParents = (int) (parents % blockParents);
        this.blocks = fullBlocks + (lastParents > 0 ? 1 : 0);
        long extra = children - least * parents;
        long lastChildren = lastParents == 0 ? 0 : least * lastParents + (long) ((double) extra / parents * lastParents);
        long inFull = children - lastChildren;
        this.base = inFull / fullBlocks;
        this.odd = inFull % fullBlocks;
        this.childrenPerBlock = (double) inFull / fullBlocks;
    }

    @Override
    public long first(long parent) {
        long block = block(parent);
        return before(block) + starts(block)[(int) (parent - parentBefore(block))];
    }

    @Override
    public int count(long parent) {
        long block = block(parent);
        int[] starts = starts(block);
        int at = (int) (parent - parentBefore(block));
        return starts[at + 1] - starts[at];
    }

    @Override
    public long parentOf(long child) {
        long period = child < children ? 0 : child / children;
        long within = child - period * children;
        long block = Math.min(blocks - 1, (long) (within / Math.max(1e-9, childrenPerBlock)));
        while (block > 0 && beforeWithin(block) > within) {
            block--;
        }
        while (block < blocks - 1 && beforeWithin(block + 1) <= within) {
            block++;
        }
        int[] starts = starts(period * blocks + block);
        int offset = (int) (within - beforeWithin(block));
        int low = 0;
        int high = starts.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= offset) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return period * parents + block * blockParents + low;
    }

    /** The block of a parent, counted through all periods. */
    private long block(long parent) {
        long period = parent < parents ? 0 : parent / parents;
        return period * blocks + (parent - period * parents >>> blockBits);
    }

    private long parentBefore(long block) {
        long period = block < blocks ? 0 : block / blocks;
        return period * parents + (block - period * blocks << blockBits);
    }

    private long before(long block) {
        long period = block < blocks ? 0 : block / blocks;
        return period * children + beforeWithin(block - period * blocks);
    }

    /** Children in a period's blocks before this one: the odd ones are spread evenly. */
    private long beforeWithin(long block) {
        if (block > fullBlocks) {
            return children;
        }
        return block * base + (long) ((double) block / fullBlocks * odd);
    }

    /** Where each parent's children start within the block, and where the last one's end. */
    private int[] starts(long block) {
        int slot = (int) (block & (CACHED - 1));
        if (cachedStarts[slot] == null || cachedBlocks[slot] != block) {
            long within = block < blocks ? block : block % blocks;
            int size = within < fullBlocks ? blockParents : lastParents;
            long sum = (within == blocks - 1 ? children : beforeWithin(within + 1)) - beforeWithin(within);
            if (cachedStarts[slot] == null || cachedStarts[slot].length != size + 1) {
                cachedStarts[slot] = new int[size + 1];
            }
            divide(cachedStarts[slot], (int) sum, Draw.bits(key, block));
            cachedBlocks[slot] = block;
        }
        return cachedStarts[slot];
    }

    /** Divides {@code sum} children among as many parents as have a start, every way as likely as any other. */
    private void divide(int[] starts, int sum, long blockKey) {
        int size = starts.length - 1;
        starts[0] = 0;
        int stars = sum - least * size;
        int places = stars + size - 1;
        int bars = size - 1;
        int parent = 0;
        int given = 0;
        for (int place = 0; place < places; place++) {
            boolean bar = Draw.below(Draw.bits(blockKey, place), places - place) < bars;
            if (bar) {
                bars--;
                parent++;
                starts[parent] = given + least * parent;
            } else {
                given++;
            }
        }
        starts[size] = sum;
    }
}
