package dev.spindle.engine.row;

import java.util.Arrays;
import java.util.Comparator;

/** The order of some moments, those that are alike in the order in which they stand. */
final class TimeOrder {

    private TimeOrder() {}

    /** The places of the moments, the earliest first. */
    static int[] of(long[] micros) {
        int size = micros.length;
        int[] order = new int[size];
        if (size == 0) {
            return order;
        }
        long least = Arrays.stream(micros).min().orElseThrow();
        long most = Arrays.stream(micros).max().orElseThrow();
        int placeBits = Long.SIZE - Long.numberOfLeadingZeros(size);
        if (most - least >= 0 && most - least < 1L << (Long.SIZE - 1 - placeBits)) {
            long[] both = new long[size];
            for (int i = 0; i < size; i++) {
                both[i] = (micros[i] - least) << placeBits | i;
            }
            Arrays.sort(both);
            for (int i = 0; i < size; i++) {
                order[i] = (int) both[i] & (1 << placeBits) - 1;
            }
            return order;
        }
        Integer[] places = new Integer[size];
        Arrays.setAll(places, i -> i);
        Arrays.sort(places, Comparator.comparingLong(i -> micros[i]));
        for (int i = 0; i < size; i++) {
            order[i] = places[i];
        }
        return order;
    }
}
