package dev.spindle.engine.truth;

/** A growing set of well-mixed 64-bit numbers: an open table, half full at most. */
final class LongSet {

    private long[] table = new long[64];
    private int size;
    private boolean hasZero;

    /** Puts a number in; false when it was there. */
    boolean add(long number) {
        if (number == 0) {
            boolean isNew = !hasZero;
            hasZero = true;
            return isNew;
        }
        if (size * 2 >= table.length) {
            grow();
        }
        int at = place(table, number);
        if (table[at] == number) {
            return false;
        }
        table[at] = number;
        size++;
        return true;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long number : table) {
            if (number != 0) {
                larger[place(larger, number)] = number;
            }
        }
        table = larger;
    }

    /** Where a number stands, or the free place where it would. */
    private static int place(long[] table, long number) {
        int at = (int) number & table.length - 1;
        while (table[at] != 0 && table[at] != number) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }
}
