package dev.spindle.engine.row;

import java.util.Arrays;

/**
 * One order of time in an interleaved stream: the rows of a table, its roots, and with each root those rows of other
 * tables that have no time of their own and go with it. The roots' own table may be left out of the stream; the others
 * are there at its times all the same. Standing at a root, it gives out that root's rows table by table.
 */
final class TableGroup {

    /**
     * A table's place in a group.
     *
     * @param table its index in the stream
     * @param path from a root to the table's rows, parent by parent; empty for the roots' own table
     */
    record Member(int table, Children[] path, Arrangement arrangement) {

        /** How many rows of the table go with the first {@code roots} roots. */
        long first(long roots) {
            long rows = roots;
            for (Children children : path) {
                rows = children.first(rows);
            }
            return rows;
        }
    }

    /** Beyond, roots are not counted: there are no so high sequence numbers. */
    private static final long MOST_ROOTS = 1L << 54;

    private final TimeLine times;
    private final long rows;
    private final Member[] members;
    private final long[] at;
    private final long[] end;
    private int member;
    private long root;
    private long last;
    private long micros;

    /**
     * A group.
     *
     * @param times the roots' times; their ranks are their rows
     * @param rows roots at the scale
     * @param members the tables, parents before children
     */
    TableGroup(TimeLine times, long rows, Member[] members) {
        this.times = times;
        this.rows = rows;
        this.members = members;
        this.at = new long[members.length];
        this.end = new long[members.length];
    }

    /** The same group, to be walked through on its own. */
    TableGroup again() {
        return new TableGroup(times, rows, members);
    }

    /** Roots at the scale. */
    long rows() {
        return rows;
    }

    /** Goes to a root; {@code last} is the one at which the group ends. */
    void begin(long wanted, long end) {
        root = wanted;
        last = end;
        member = 0;
        for (int i = 0; i < members.length; i++) {
            at[i] = members[i].first(root);
        }
        arrive();
    }

    /** Goes to the next root. */
    void advance() {
        root++;
        member = 0;
        arrive();
    }

    private void arrive() {
        if (root >= last) {
            micros = Long.MAX_VALUE;
            Arrays.fill(end, 0);
            member = members.length;
            return;
        }
        micros = times.micros(root);
        for (int i = 0; i < members.length; i++) {
            end[i] = members[i].first(root + 1);
        }
    }

    /** The current root's time in microseconds since the epoch; the largest number at the group's end. */
    long micros() {
        return micros;
    }

    /** Whether the current root has a row left to give; {@link #table} and {@link #takeRow} say which. */
    boolean hasRow() {
        while (member < members.length) {
            if (at[member] < end[member]) {
                return true;
            }
            member++;
        }
        return false;
    }

    int table() {
        return members[member].table;
    }

    long takeRow() {
        return members[member].arrangement.row(at[member]++);
    }

    /** Passes over {@code most} of the current root's rows at most; returns how many. */
    long skip(long most) {
        long left = most;
        while (left > 0 && hasRow()) {
            long passed = Math.min(left, end[member] - at[member]);
            at[member] += passed;
            left -= passed;
        }
        return most - left;
    }

    /** Rows of all tables that go with roots {@code from} to {@code to}, the latter excluded. */
    long rows(long from, long to) {
        long sum = 0;
        for (Member each : members) {
            sum += each.first(to) - each.first(from);
        }
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** How many roots are there before a moment, none below {@code least} and none from {@code most} on counted. */
    long rootsBefore(long moment, long least, long most) {
        long bound = Math.min(most, MOST_ROOTS);
        long low = least;
        if (bound <= low || times.micros(low) >= moment) {
            return low;
        }
        // from here on: root low is before the moment; an estimate first, then steps that double
        long guess = Math.max(low, Math.min(bound - 1, times.countBy(moment - 1) - 1));
        if (times.micros(guess) < moment) {
            low = guess;
        } else {
            bound = guess;
        }
        for (long step = 1; low + step < bound; step *= 2) {
            if (times.micros(low + step) < moment) {
                low += step;
            } else {
                bound = low + step;
            }
        }
        while (bound - low > 1) {
            long middle = (low + bound) >>> 1;
            if (times.micros(middle) < moment) {
                low = middle;
            } else {
                bound = middle;
            }
        }
        return bound;
    }

    /** The last root of {@code from} to {@code to} before which {@code events} rows at most go. */
    long rootAfter(long events, long from, long to) {
        long low = from;
        long high = Math.min(to, MOST_ROOTS);
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (rows(from, middle) <= events) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
