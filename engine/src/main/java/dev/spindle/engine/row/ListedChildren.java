package dev.spindle.engine.row;

import java.util.Arrays;

/** Children in proportion to the weight of each parent, listed once at start: for parents that are few. */
final class ListedChildren implements Children {

    /** Up to so many parents are listed. */
    static final int MOST_PARENTS = 1 << 17;

    private final long[] starts;

    /**
     * A list.
     *
     * @param weights of the parents, 0 or more, not all 0
     * @param children rows of the child table
     * @param atLeastOne whether every parent whose weight is above 0 has a child
     */
    ListedChildren(double[] weights, long children, boolean atLeastOne) {
        double sum = Arrays.stream(weights).sum();
        long some = atLeastOne ? Arrays.stream(weights).filter(w -> w > 0).count() : 0;
        boolean each = some > 0 && some <= children;
        long rest = each ? children - some : children;
        starts = new long[weights.length + 1];
        double before = 0;
        long least = 0;
        for (int i = 0; i < weights.length; i++) {
            before += weights[i];
            least += each && weights[i] > 0 ? 1 : 0;
            starts[i + 1] = Math.max(starts[i], least + Math.min(rest, Math.round(rest * (before / sum))));
        }
        int last = weights.length;
        while (weights[last - 1] == 0) {
            last--;
        }
        Arrays.fill(starts, last, starts.length, children);
    }

    private long children() {
        return starts[starts.length - 1];
    }

    @Override
    public long first(long parent) {
        int parents = starts.length - 1;
        long period = parent / parents;
        return period * children() + starts[(int) (parent - period * parents)];
    }

    @Override
    public int count(long parent) {
        int within = (int) (parent % (starts.length - 1));
        return (int) Math.min(Integer.MAX_VALUE, starts[within + 1] - starts[within]);
    }

    @Override
    public long parentOf(long child) {
        long period = child / children();
        long within = child - period * children();
        int low = 0;
        int high = starts.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= within) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return period * (starts.length - 1) + low;
    }
}
