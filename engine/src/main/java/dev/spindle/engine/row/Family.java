package dev.spindle.engine.row;

import dev.spindle.engine.draw.Draw;

/**
 * A foreign key that is fixed by structure rather than drawn, so that it can be followed both ways: from a child to its
 * parent, and from a parent to its children. Children of one parent are numbered in sequence: see {@link #first}.
 *
 * @param parents the order in which parents are taken, or null for that of their rows
 * @param nullRate fraction of child rows that have no parent after all
 * @param nullKey what the draws of those hang on
 */
record Family(Children children, Arrangement arrangement, TimeLine parents, double nullRate, long nullKey) {

    long parentOf(long row) {
        long rank = parentRank(row);
        return parents == null ? rank : parents.rowAt(rank);
    }

    /** The parent's place in the order of parents. */
    long parentRank(long row) {
        return children.parentOf(arrangement.structural(row));
    }

    /** Children of a parent, those included whose key is null. */
    int count(long parent) {
        return children.count(rank(parent));
    }

    /** The number of a parent's first child; the others' numbers follow it. */
    long first(long parent) {
        return children.first(rank(parent));
    }

    /** The row of the child with a number. */
    long row(long number) {
        return arrangement.row(number);
    }

    /** Whether the child's key is not null. */
    boolean belongs(long row) {
        return nullRate == 0 || Draw.unit(Draw.bits(nullKey, row)) >= nullRate;
    }

    /** The first row of the table that belongs to a parent, -1 for none. */
    long firstRow(long parent) {
        if (count(parent) > 0 && inOrder()) {
            return row(first(parent));
        }
        long number = first(parent);
        long end = number + count(parent);
        long first = -1;
        for (; number < end; number++) {
            long row = row(number);
            if (belongs(row) && (first < 0 || row < first)) {
                first = row;
                if (arrangement == Arrangement.BY_PARENT) {
                    return first;
                }
            }
        }
        return first;
    }

    /** The last row of the table that belongs to a parent, -1 for none. */
    long lastRow(long parent) {
        int count = count(parent);
        long number = first(parent);
        if (count > 0 && inOrder()) {
            return row(number + count - 1);
        }
        long last = -1;
        for (int i = 0; i < count; i++) {
            long row = row(number + i);
            last = belongs(row) ? Math.max(last, row) : last;
        }
        return last;
    }

    /** How many of its parent's rows are not behind this one, itself included. */
    int ordinal(long row, long parent) {
        if (inOrder()) {
            return (int) (arrangement.structural(row) - first(parent)) + 1;
        }
        int count = count(parent);
        long number = first(parent);
        int before = 0;
        for (int i = 0; i < count; i++) {
            long other = row(number + i);
            before += other <= row && belongs(other) ? 1 : 0;
        }
        return before;
    }

    /** The row {@code offset} places from this one among those of its parent, -1 for none. */
    long sibling(long row, long parent, int offset) {
        int count = count(parent);
        long number = first(parent);
        if (inOrder()) {
            long place = arrangement.structural(row) - number + offset;
            return place < 0 || place >= count ? -1 : row(number + place);
        }
        long at = row;
        for (int step = Math.abs(offset); step > 0 && at >= 0; step--) {
            long next = -1;
            for (int i = 0; i < count; i++) {
                long other = row(number + i);
                boolean nearer = offset < 0 ? other < at && other > next : other > at && (next < 0 || other < next);
                next = nearer && belongs(other) ? other : next;
            }
            at = next;
        }
        return at;
    }

    /** Whether a parent's children, one after the other, stand in the order of the table, and all are its own. */
    private boolean inOrder() {
        return nullRate == 0 && (arrangement == Arrangement.BY_PARENT || arrangement instanceof ChainedFamily);
    }

    private long rank(long parent) {
        return parents == null ? parent : parents.rankOf(parent);
    }
}
