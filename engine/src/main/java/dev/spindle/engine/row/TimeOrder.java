package dev.spindle.engine.row;

/**
 * The order of some moments, those that are alike in the order in which they stand: a merge sort of their places. Its arrays
 * are used again for the next moments, so that nothing is allocated once there have been as many.
 */
final class TimeOrder {

    private int[] places = {};
    private int[] merged = {};

    /** The places of the first {@code size} moments, the earliest first; valid until the next call. */
    int[] of(long[] micros, int size) {
        if (places.length < size) {
            places = new int[2 * size];
            merged = new int[2 * size];
        }
        for (int i = 0; i < size; i++) {
            places[i] = i;
        }
        for (int width = 1; width < size; width *= 2) {
            for (int start = 0; start < size; start += 2 * width) {
                merge(micros, start, Math.min(size, start + width), Math.min(size, start + 2 * width));
            }
            int[] before = places;
            places = merged;
            merged = before;
        }
        return places;
    }

    private void merge(long[] micros, int start, int middle, int end) {
        if (middle == end || micros[places[middle - 1]] <= micros[places[middle]]) {
            System.arraycopy(places, start, merged, start, end - start);
            return;
        }
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean isLeft = right == end || left < middle && micros[places[left]] <= micros[places[right]];
            merged[at] = isLeft ? places[left++] : places[right++];
        }
    }
}
