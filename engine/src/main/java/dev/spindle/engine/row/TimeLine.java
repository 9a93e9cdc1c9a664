package dev.spindle.engine.row;

/**
 * The moments of a table's rows in their order: rank k has the k-th of them. For most tables a row's rank is its number;
 * a date that is drawn for each row has its rows in another order.
 */
abstract class TimeLine {

    /** The time of a rank, in microseconds since the epoch; never falls when the rank rises. */
    abstract long micros(long rank);

    /** How many ranks have a time of {@code micros} or earlier: 1 at least, and never one too many but for that. */
    long countBy(long micros) {
        long low = 1;
        long high = 2;
        while (high < Long.MAX_VALUE / 4 && micros(high - 1) <= micros) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (micros(middle - 1) <= micros) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first rank's time. */
    long startMicros() {
        return micros(0);
    }

    /** The calendar over which the times are spread. */
    abstract Calendar calendar();

    /** How much later than their calendar the times are at least. */
    abstract long shiftMicros();

    long rowAt(long rank) {
        return rank;
    }

    long rankOf(long row) {
        return row;
    }
}
