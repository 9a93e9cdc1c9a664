package dev.spindle.engine.pace;

/**
 * A stretch of time in which the intensity is linear: constant mostly, rising or falling in a ramp.
 *
 * <p>Positions in it are counted in <em>units</em>, the integral of the intensity from the piece's start: one unit is
 * one expected event. A number of units is kept as a whole part and a fraction, so that it is as exact after a billion
 * events as after one; times within a constant piece are computed from the count and never added up.
 *
 * <p>A rate such as 0.1 is not a binary number, so a position is known to one part in 2<sup>52</sup> at best. What lies
 * closer than that to the piece's end, or to the next whole nanosecond, is taken to be there: ten seconds at 0.1/s are
 * exactly one unit.
 */
final class Piece {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double ROUNDING = 0x1p-51;

    final long startNanos;
    /** {@link Long#MAX_VALUE} for a piece without end, which is constant. */
    final long endNanos;

    final double fromPerSecond;
    final double toPerSecond;
    private final long massWhole;
    private final double massFraction;
    private final double massRounding;

    Piece(long startNanos, long endNanos, double fromPerSecond, double toPerSecond) {
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        this.fromPerSecond = fromPerSecond;
        this.toPerSecond = toPerSecond;
        double nanos = endNanos - startNanos;
        double rate = fromPerSecond == toPerSecond ? fromPerSecond : (fromPerSecond + toPerSecond) / 2;
        // rate * nanos / 1e9 to twice the precision of a double, by exact products (fused multiply-add).
        double product = rate * nanos;
        double productRest = Math.fma(rate, nanos, -product);
        double mass = product / NANOS_PER_SECOND;
        double massRest = (Math.fma(-mass, NANOS_PER_SECOND, product) + productRest) / NANOS_PER_SECOND;
        this.massWhole = (long) mass;
        this.massFraction = (mass - massWhole) + massRest;
        this.massRounding = mass * ROUNDING;
    }

    /** Units from the start to the end, whole part. */
    long massWhole() {
        return massWhole;
    }

    /** Units from the start to the end, the rest. */
    double massFraction() {
        return massFraction;
    }

    /** Whether the position so many units after the start lies before the end. */
    boolean holds(long whole, double fraction) {
        if (endNanos == Long.MAX_VALUE) {
            return fromPerSecond > 0;
        }
        return (massWhole - whole) + (massFraction - fraction) > massRounding;
    }

    /** The time so many units after the start, rounded down; the piece must hold the position. */
    long nanosAt(long whole, double fraction) {
        return fromPerSecond == toPerSecond ? constantAt(whole, fraction) : rampAt(whole + fraction);
    }

    private long constantAt(long whole, double fraction) {
        double rate = fromPerSecond;
        double product = whole * NANOS_PER_SECOND;
        double productRest = Math.fma(whole, NANOS_PER_SECOND, -product) + fraction * NANOS_PER_SECOND;
        double nanos = product / rate;
        double rest = (Math.fma(-nanos, rate, product) + productRest) / rate;
        long floor = (long) nanos;
        double part = (nanos - floor) + rest;
        return startNanos + floor + (long) Math.floor(part + rounding(nanos));
    }

    /** By how much a time may be off because its rate is; below the nanosecond that it is about. */
    private static double rounding(double nanos) {
        return Math.min(nanos * ROUNDING, 0.5);
    }

    /** With intensity a + b t, t solves a t + b t²/2 = units; written so that nothing cancels. */
    private long rampAt(double units) {
        if (units <= 0) {
            return startNanos;
        }
        double a = fromPerSecond / NANOS_PER_SECOND;
        double b = (toPerSecond - fromPerSecond) / NANOS_PER_SECOND / (endNanos - startNanos);
        double root = Math.sqrt(Math.max(0, a * a + 2 * b * units));
        double nanos = 2 * units / (a + root);
        return Math.min(startNanos + (long) (nanos + rounding(nanos)), endNanos - 1);
    }

    /** The intensity at a time within, in events per second. */
    double rateAt(long nanos) {
        return fromPerSecond == toPerSecond ? fromPerSecond : between(nanos);
    }

    private double between(long nanos) {
        double share = (double) (nanos - startNanos) / (endNanos - startNanos);
        return fromPerSecond + (toPerSecond - fromPerSecond) * share;
    }

    /** Whether a time lies within. */
    boolean covers(long nanos) {
        return startNanos <= nanos && nanos < endNanos;
    }

    /** The same up to an earlier end. */
    Piece until(long nanos) {
        return nanos >= endNanos ? this : new Piece(startNanos, nanos, fromPerSecond, rateAt(nanos));
    }
}
