package dev.spindle.engine.pace;

/**
 * Bounds how fast overdue events go out after a stall. Each of them takes a token; events that are on time take none.
 *
 * <p>The bucket starts full, holds two seconds of the rate (or a fixed number of events), and refills at twice the rate,
 * so that the lag of any stall is worked off. The rate is that of the plan now or at the overdue event's own time,
 * whichever is higher: a backlog from a busy minute is also worked off in a silent one. Of several lanes each has its part
 * of the bucket and of what flows into it.
 */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_HELD = 2;
    private static final double REFILL = 2;
    private static final double LEAST_RATE_PER_SECOND = 0.5;

    private final int lanes;
    private RatePlan intensity;
    private Piece piece;
    private double tokens = Double.MAX_VALUE;
    private long asOfNanos;

    /** A full bucket, one of {@code lanes}. */
    TokenBucket(int lanes) {
        this.lanes = lanes;
    }

    /** From now on sized and refilled by {@code intensity}; the tokens that it holds stay. */
    void retune(RatePlan to, long nowNanos) {
        intensity = to;
        piece = to.pieceAt(nowNanos);
    }

    /**
     * When the next overdue event may go: now, or when there will be a token.
     *
     * @param eventRatePerSecond intensity at the event's intended time
     */
    long readyNanos(long nowNanos, double eventRatePerSecond) {
        if (!piece.covers(nowNanos)) {
            piece = intensity.pieceAt(nowNanos);
        }
        double rate = Math.max(LEAST_RATE_PER_SECOND, Math.max(piece.rateAt(nowNanos), eventRatePerSecond)) / lanes;
        double refillPerNano = REFILL * rate / NANOS_PER_SECOND;
        tokens = Math.min(capacity(rate), tokens + (nowNanos - asOfNanos) * refillPerNano);
        asOfNanos = nowNanos;
        // A token short of a rounding error is one.
        return tokens >= 1 - 1e-9 ? nowNanos : nowNanos + Math.max(1, (long) Math.ceil((1 - tokens) / refillPerNano));
    }

    private double capacity(double ratePerSecond) {
        long fixed = intensity.plan().burstCapacityEvents();
        return Math.max(1, fixed > 0 ? (double) fixed / lanes : SECONDS_HELD * ratePerSecond);
    }

    /** Takes a token. */
    void pay() {
        tokens -= 1;
    }
}
