package dev.spindle.engine.row;

import java.util.Arrays;

/**
 * Walks through the rows of several tables in the order in which they stream: which row of which table is next.
 *
 * <p>First come the tables that were always there, each whole. Then come all other rows of the scale, merged by time:
 * groups of tables whose rows go together take turns, and where their times are equal the group of the parents is first.
 * When all rows of the scale are through, the tables that have times go on, merged by time again. The next group is found
 * by a tournament (Knuth, The Art of Computer Programming, volume 3, section 5.4.1), so that a step costs the logarithm
 * of the number of groups. To begin at any event costs a search for its moment. For one thread.
 */
public final class StreamOrder {

    private static final long LONGEST_MICROS = Calendar.LAST_MICROS + 1;

    /** Tables that were always there, by their indexes in the stream, and how many rows of each and those before. */
    private final int[] standing;

    private final long[] standingEnds;
    private final TableGroup[] groups;
    private final long rows;
    /** A tournament's tree: the winner of each match; match i plays the winners of 2i and 2i + 1. */
    private final int[] winners;

    private final int leaves;

    private long sequence;
    private int current = -1;
    private boolean beyond;
    private int table;
    private long row;

    StreamOrder(int[] standing, long[] standingRows, TableGroup[] groups) {
        this.standing = standing;
        this.standingEnds = standingRows.clone();
        for (int i = 1; i < standingEnds.length; i++) {
            standingEnds[i] += standingEnds[i - 1];
        }
        this.groups = groups;
        long sum = standingEnd();
        for (TableGroup group : groups) {
            sum += group.rows(0, group.rows());
        }
        this.rows = sum;
        this.leaves = Math.max(1, Integer.highestOneBit(Math.max(1, groups.length * 2 - 1)));
        this.winners = new int[2 * leaves];
        seek(0);
    }

    /** Another walk through the same rows; the two are never used at the same time. */
    public StreamOrder again() {
        long[] standingRows = standingEnds.clone();
        for (int i = standingRows.length - 1; i > 0; i--) {
            standingRows[i] -= standingRows[i - 1];
        }
        return new StreamOrder(
                standing, standingRows, Arrays.stream(groups).map(TableGroup::again).toArray(TableGroup[]::new));
    }

    private long standingEnd() {
        return standingEnds.length == 0 ? 0 : standingEnds[standingEnds.length - 1];
    }

    /** Rows of all tables at the scale. */
    public long rows() {
        return rows;
    }

    /** Whether there are more than these. */
    boolean goesOn() {
        return groups.length > 0;
    }

    /** Goes before event {@code wanted} of the stream, from 0. */
    public void seek(long wanted) {
        sequence = wanted;
        long merged = Math.max(0, wanted - standingEnd());
        beyond = wanted >= rows && groups.length > 0;
        long base = beyond ? wanted - rows : merged;
        if (groups.length > 0) {
            new Search(base).run();
            play();
        }
    }

    /** Goes to the next event; false when there is none. */
    public boolean next() {
        if (sequence < standingEnd()) {
            stand();
            sequence++;
            return true;
        }
        if (groups.length == 0) {
            return false;
        }
        while (!groups[current].hasRow()) {
            turn();
        }
        TableGroup group = groups[current];
        table = group.table();
        row = group.takeRow();
        sequence++;
        return true;
    }

    /** Passes over some events, of which there must be so many. */
    public void skip(long events) {
        long left = events;
        long standingLeft = Math.min(left, Math.max(0, standingEnd() - sequence));
        left -= standingLeft;
        while (left > 0 && groups.length > 0) {
            left -= groups[current].skip(left);
            if (left > 0) {
                turn();
            }
        }
        sequence += events;
    }

    /** The table of the event, by its index in the stream. */
    public int table() {
        return table;
    }

    /** The event's row in its table. */
    public long row() {
        return row;
    }

    private void stand() {
        int i = 0;
        while (standingEnds[i] <= sequence) {
            i++;
        }
        table = standing[i];
        row = i == 0 ? sequence : sequence - standingEnds[i - 1];
    }

    /** The current group is through with its root: it goes to the next one, and the group whose time has come is current. */
    private void turn() {
        groups[current].advance();
        for (int match = (leaves + current) / 2; match > 0; match /= 2) {
            winners[match] = winner(winners[2 * match], winners[2 * match + 1]);
        }
        current = winners[1];
        if (groups[current].micros() == Long.MAX_VALUE) {
            goBeyond();
        }
    }

    /** All rows of the scale are through. */
    private void goBeyond() {
        beyond = true;
        for (TableGroup group : groups) {
            group.begin(group.rows(), Long.MAX_VALUE);
        }
        play();
    }

    private void play() {
        for (int i = 0; i < leaves; i++) {
            winners[leaves + i] = i < groups.length ? i : -1;
        }
        for (int match = leaves - 1; match > 0; match--) {
            winners[match] = winner(winners[2 * match], winners[2 * match + 1]);
        }
        current = winners[1];
    }

    private int winner(int one, int other) {
        if (one < 0 || other < 0) {
            return Math.max(one, other);
        }
        long first = groups[one].micros();
        long second = groups[other].micros();
        return first < second || first == second && one < other ? one : other;
    }

    /** Puts every group where it stands before a number of events, counted from the start of the scale or from its end. */
    private final class Search {
        private final long wanted;
        private final long[] roots = new long[groups.length];

        private Search(long wanted) {
            this.wanted = wanted;
        }

        private void run() {
            long moment = moment();
            long left = wanted - countBefore(moment);
            for (int g = 0; g < groups.length; g++) {
                TableGroup group = groups[g];
                long tied = left > 0 ? group.rootsBefore(moment + 1, roots[g], end(group)) : roots[g];
                long events = group.rows(roots[g], tied);
                if (left >= events) {
                    group.begin(tied, end(group));
                    left -= events;
                } else {
                    long root = group.rootAfter(left, roots[g], tied);
                    group.begin(root, end(group));
                    group.skip(left - group.rows(roots[g], root));
                    left = 0;
                }
            }
        }

        /** The last moment before which no more events are than wanted. */
        private long moment() {
            long low = Long.MAX_VALUE;
            for (TableGroup group : groups) {
                group.begin(start(group), end(group));
                low = Math.min(low, group.micros());
            }
            long high = LONGEST_MICROS;
            long before = 0;
            long after = Long.MAX_VALUE;
            for (int round = 0; high - low > 1; round++) {
                long middle = low + (high - low) / 2;
                if (after < Long.MAX_VALUE && round % 3 != 0) { // events are spread somewhat evenly
                    double part = (double) (wanted - before) / Math.max(1, after - before);
                    middle = low + Math.max(1, Math.min(high - low - 1, (long) (part * (high - low))));
                }
                long count = countBefore(middle);
                if (count <= wanted) {
                    low = middle;
                    before = count;
                } else {
                    high = middle;
                    after = count;
                }
            }
            return low;
        }

        private long countBefore(long moment) {
            long sum = 0;
            for (int g = 0; g < groups.length; g++) {
                roots[g] = groups[g].rootsBefore(moment, start(groups[g]), end(groups[g]));
                sum += groups[g].rows(start(groups[g]), roots[g]);
                sum = sum < 0 ? Long.MAX_VALUE : sum;
            }
            return sum;
        }

        private long start(TableGroup group) {
            return beyond ? group.rows() : 0;
        }

        private long end(TableGroup group) {
            return beyond ? Long.MAX_VALUE : group.rows();
        }
    }
}
