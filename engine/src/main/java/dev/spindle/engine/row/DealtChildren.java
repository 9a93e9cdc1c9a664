package dev.spindle.engine.row;

import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.draw.Draw;

/**
 * Which rows of a child table belong to which row of its parent, both ways in constant time and memory.
 *
 * <p>Parents are taken in blocks. Each block has a fixed number of children, so that their sum over the table's rows is
 * exact; how a block's children are dealt out among its parents is one of {@value #PATTERNS} patterns made at start,
 * chosen by a draw for the block. In a pattern each parent has its minimum and every further child picks a parent
 * uniformly, so that counts are spread as for independent choices. Children stand in the order of their parents. Beyond
 * the table's rows the same structure repeats with other draws.
 *
 * <p>A record, because the JIT compiler takes its components for constants: dividing by one is multiplying.
 *
 * @param key what the draws hang on
 * @param blockParents parents of a block
 * @param lastParents parents of the short block at the end of the table, 0 when there is none
 * @param base children of a full block, some of which have one more
 * @param extra how many full blocks have
 * @param childrenPerBlock on average, of full blocks
 * @param usual for each pattern of a block of {@code base} children, how many each parent's predecessors in it have
 * @param fuller the same of a block of one more
 * @param last the same of the short last block
 */
record DealtChildren(
        long parents,
        long children,
        long key,
        int blockParents,
        long fullBlocks,
        int lastParents,
        long base,
        long extra,
        double childrenPerBlock,
        int[] usual,
        int[] fuller,
        int[] last)
        implements Children {

    private static final int PATTERNS = 256;
    /** Up to so many children of a block are dealt one by one. */
    private static final int MOST_DEALT = 1 << 13;
    private static final int LARGEST_BLOCK = 64;
    private static final int SMALLEST_BLOCK = 8;
    /** Beyond, a block is one parent, so that its children still can be counted in 31 bits. */
    private static final double MOST_CHILDREN_PER_PARENT = 1e7;
    private static final int MOST_CHILDREN_PER_BLOCK = 4_096;

    /**
     * A relation.
     *
     * @param parents rows of the parent table at the scale
     * @param children rows of the child table at the scale
     * @param atLeastOne whether every parent has a child; then there must be no fewer children than parents
     * @param weights how a block's parents are preferred, dealt to them anew in each pattern; null for all alike
     * @param key what the draws hang on
     */
    static DealtChildren of(long parents, long children, boolean atLeastOne, double[] weights, long key) {
        if (children < 1 || parents < 1) {
            throw new IllegalArgumentException(children + " children of " + parents + " parents");
        }
        if (children / parents >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(children + " children are too many for " + parents + " parents");
        }
        if (atLeastOne && children < parents) {
            throw new IllegalArgumentException(children + " children cannot give each of " + parents + " parents one");
        }
        int blockParents = blockSize(parents, (double) children / parents);
        long fullBlocks = parents / blockParents;
        int lastParents = (int) (parents % blockParents);
        long lastChildren = lastParents == 0 ? 0 : share(children, lastParents, parents, atLeastOne);
        long inFull = children - lastChildren;
        long base = inFull / fullBlocks;
        long extra = inFull % fullBlocks;
        int[] usual = patterns(blockParents, (int) base, atLeastOne, weights, key ^ 1);
        return new DealtChildren(
                parents,
                children,
                key,
                blockParents,
                fullBlocks,
                lastParents,
                base,
                extra,
                (double) inFull / fullBlocks,
                usual,
                extra == 0 ? usual : patterns(blockParents, (int) base + 1, atLeastOne, weights, key ^ 2),
                lastParents == 0 ? usual : patterns(lastParents, (int) lastChildren, atLeastOne, weights, key ^ 3));
    }

    private long blocks() {
        return fullBlocks + (lastParents > 0 ? 1 : 0);
    }

    /** The share of the last, shorter block: proportional, and no less than one for each parent if that is asked. */
    private static long share(long children, int lastParents, long parents, boolean atLeastOne) {
        long share = Math.round((double) children / parents * lastParents);
        long rest = parents - lastParents;
        if (atLeastOne) {
            share = Math.max(share, lastParents);
            return Math.min(share, children - rest);
        }
        return Math.min(share, children);
    }

    /** A block size that divides the parents, if there is one in range; bounded so that patterns stay small. */
    private static int blockSize(long parents, double ratio) {
        int smallest = ratio > MOST_CHILDREN_PER_PARENT ? 1 : SMALLEST_BLOCK;
        int most = (int) Math.max(smallest, Math.min(LARGEST_BLOCK, MOST_CHILDREN_PER_BLOCK / Math.max(ratio, 1e-9)));
        if (parents <= most) {
            return (int) parents;
        }
        for (int size = most; size >= Math.max(smallest, most / 2); size--) {
            if (parents % size == 0) {
                return size;
            }
        }
        return most;
    }

    private static int[] patterns(int parents, int children, boolean atLeastOne, double[] weights, long key) {
        int[] prefixes = new int[PATTERNS * (parents + 1)];
        int[] counts = new int[parents];
        int[] order = new int[parents];
        AliasTable preferred = weights == null ? null : new AliasTable(spread(weights, parents));
        long counter = 0;
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            java.util.Arrays.fill(counts, atLeastOne ? 1 : 0);
            for (int i = 0; i < parents && preferred != null; i++) {
                int j = Draw.below(Draw.bits(key, counter++), i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            int rest = children - (atLeastOne ? parents : 0);
            if (rest > MOST_DEALT) {
                share(rest, counts, weights == null ? null : spread(weights, parents), order, Draw.bits(key, counter++));
            }
            for (int child = 0; child < rest && rest <= MOST_DEALT; child++) {
                long bits = Draw.bits(key, counter++);
                counts[preferred == null ? Draw.below(bits, parents) : order[preferred.pick(bits)]]++;
            }
            int at = pattern * (parents + 1);
            for (int i = 0; i < parents; i++) {
                prefixes[at + i + 1] = prefixes[at + i] + counts[i];
            }
        }
        return prefixes;
    }

    /** Adds so many children that dealing them one by one would take long: each parent's mean and a normal deviation. */
    private static void share(int children, int[] counts, double[] weights, int[] order, long key) {
        int parents = counts.length;
        double[] shares = new double[parents];
        double sum = 0;
        for (int i = 0; i < parents; i++) {
            double mean = weights == null ? 1 : weights[order[i]];
            sum += mean;
            shares[i] = mean;
        }
        double all = 0;
        for (int i = 0; i < parents; i++) {
            double mean = shares[i] / sum * children;
            double unit = Math.max(0x1p-53, Draw.unit(key, i));
            shares[i] = Math.max(0, mean + StrictMath.sqrt(mean) * NormalQuantile.at(unit));
            all += shares[i];
        }
        double before = 0;
        long dealt = 0;
        for (int i = 0; i < parents; i++) {
            before += shares[i];
            long until = i == parents - 1 ? children : Math.round(before / all * children);
            counts[i] += (int) (until - dealt);
            dealt = until;
        }
    }

    /** The weights' own shape on a number of parents: the sums of as many equal parts of them. */
    private static double[] spread(double[] weights, int parents) {
        double[] spread = new double[parents];
        for (int i = 0; i < weights.length; i++) {
            spread[(int) ((long) i * parents / weights.length)] += weights[i];
        }
        for (int i = 0; i < parents; i++) {
            spread[i] = spread[i] > 0 ? spread[i] : weights[(int) ((long) i * weights.length / parents)];
        }
        return spread;
    }

    @Override
    public long first(long parent) {
        long period = parent / parents;
        long within = parent - period * parents;
        long block = within / blockParents;
        int position = (int) (within - block * blockParents);
        return period * children + before(block) + prefix(block)[at(period, block) + position];
    }

    @Override
    public int count(long parent) {
        long period = parent / parents;
        long within = parent - period * parents;
        long block = within / blockParents;
        int position = (int) (within - block * blockParents);
        int[] prefix = prefix(block);
        int at = at(period, block) + position;
        return prefix[at + 1] - prefix[at];
    }

    @Override
    public long parentOf(long child) {
        long period = child / children;
        long within = child - period * children;
        long block = Math.min(blocks() - 1, (long) (within / Math.max(childrenPerBlock, 1e-9)));
        while (block > 0 && before(block) > within) {
            block--;
        }
        while (block < blocks() - 1 && before(block + 1) <= within) {
            block++;
        }
        int offset = (int) (within - before(block));
        int[] prefix = prefix(block);
        int at = at(period, block);
        int low = 0;
        int high = block < fullBlocks ? blockParents : lastParents;
        while (high - low > 1) { // the last position whose prefix sum is not above the offset
            int middle = (low + high) >>> 1;
            if (prefix[at + middle] <= offset) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return period * parents + block * blockParents + low;
    }

    /** Children in the blocks before {@code block} of a period: exact, the odd ones spread evenly. */
    private long before(long block) {
        if (extra == 0) {
            return block * base;
        }
        long full = Math.min(block, fullBlocks);
        long odd = Math.multiplyHigh(full, extra) == 0 && full * extra >= 0
                ? full * extra / fullBlocks
                : (long) ((double) full / fullBlocks * extra);
        return full * base + odd;
    }

    private int[] prefix(long block) {
        if (block >= fullBlocks) {
            return last;
        }
        return extra == 0 || before(block + 1) - before(block) == base ? usual : fuller;
    }

    private int at(long period, long block) {
        int width = (block < fullBlocks ? blockParents : lastParents) + 1;
        return (int) (Draw.bits(key, period * blocks() + block) >>> 56) * width;
    }
}
