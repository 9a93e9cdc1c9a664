package dev.spindle.bench;

/** The least that a pacer can do: spin on the clock until each time comes. */
final class BareSpin {

    private BareSpin() {}

    /** Waits for each of the times, in nanoseconds from now; returns when each was seen to have come. */
    static long[] releases(long[] intendedNanos) {
        long[] releases = new long[intendedNanos.length];
        long origin = System.nanoTime();
        for (int i = 0; i < intendedNanos.length; i++) {
            long due = origin + intendedNanos[i];
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            releases[i] = System.nanoTime() - origin;
        }
        return releases;
    }
}
