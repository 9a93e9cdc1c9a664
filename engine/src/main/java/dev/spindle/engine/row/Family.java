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

    private long rank(long parent) {
        return parents == null ? parent : parents.rankOf(parent);
    }
}
