package dev.spindle.bench;

/** The least that a pacer can do: spin on the clock until each time comes. */
final class BareSpin {

    private BareSpin() {}

    /** Waits for each of the times after now; returns how late each was seen. */
    static long[] lags(long[] intendedNanos) {
        long[] lags = new long[intendedNanos.length];
        long origin = System.nanoTime();
        for (int i = 0; i < intendedNanos.length; i++) {
            long due = origin + intendedNanos[i];
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            lags[i] = System.nanoTime() - due;
        }
        return lags;
    }
}
