package dev.spindle.engine.pace;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.plan.Arrivals;
import java.util.ArrayList;
import java.util.List;

/**
 * The intended times: where the integral of the intensity reaches the units drawn so far. Constant arrivals draw one
 * unit each (the first none, so that it comes at 0), Poisson arrivals an exponential number. Pure given the plan, the
 * wall clock at the origin, the seed, and the retunes with their times.
 *
 * <p>A retune at time T leaves the intensity before T as it was and replaces all of it from T on, also when the
 * schedule has not got to T yet (events are overdue) or is already beyond (the next event was far away): the units that
 * the next arrival has drawn stay, so nothing is lost or doubled.
 */
final class Schedule {

    /** The intended time of an arrival that does not come, unless the plan is changed. */
    static final long NEVER = Long.MAX_VALUE;

    /** From a moment on, another intensity. */
    private record Change(long fromNanos, RatePlan to) {}

    private final long drawKey;
    private final int lane;
    private final int lanes;

    private RatePlan intensity;
    private Piece piece;
    /** Position in units since the piece's start. */
    private long whole;

    private double fraction;
    /** Retunes not yet passed are those from this index on. */
    private int changeIndex;

    private final List<Change> changes = new ArrayList<>();

    /** The position of the arrival before, to start from again when the plan is changed. */
    private RatePlan intensityBefore;

    private Piece pieceBefore;
    private long wholeBefore;
    private double fractionBefore;
    private int changeIndexBefore;
    private long drawnBefore;

    private long drawn;
    private double unit;
    private long nanos = NEVER;

    /** A schedule from time 0, of one lane of a run. */
    Schedule(RatePlan intensity, long seed, int lane, int lanes) {
        this.drawKey = Draw.key(seed, "pace", "arrivals", "0");
        this.lane = lane;
        this.lanes = lanes;
        this.intensity = intensity;
        this.piece = intensity.pieceAt(0);
        this.intensityBefore = intensity;
        this.pieceBefore = piece;
    }

    /** Goes on to the lane's next arrival. */
    void advance() {
        intensityBefore = intensity;
        pieceBefore = piece;
        wholeBefore = whole;
        fractionBefore = fraction;
        changeIndexBefore = changeIndex;
        drawnBefore = drawn;
        walk();
    }

    private void walk() {
        unit = 0;
        boolean comes = false;
        for (int left = drawn == 0 ? lane + 1 : lanes; left > 0; left--) {
            double drawnUnit = draw();
            unit += drawnUnit;
            add(drawnUnit);
            comes = findPiece();
        }
        nanos = comes ? piece.nanosAt(whole, fraction) : NEVER;
    }

    /** The arrival's intended time, in nanoseconds since the origin, or {@link #NEVER}. */
    long nanos() {
        return nanos;
    }

    /** Units between the lane's arrival before and this one. */
    double unit() {
        return unit;
    }

    /** The intensity at the arrival, in events per second. */
    double ratePerSecond() {
        return piece.rateAt(nanos);
    }

    /** Another intensity from {@code atNanos} on, which must not be before that of an earlier call. */
    void retune(RatePlan to, long atNanos) {
        changes.subList(0, changeIndexBefore).clear();
        changeIndexBefore = 0;
        changes.add(new Change(atNanos, to));
        intensity = intensityBefore;
        piece = pieceBefore.until(Math.max(nextChange(0), pieceBefore.startNanos));
        pieceBefore = piece;
        whole = wholeBefore;
        fraction = fractionBefore;
        changeIndex = 0;
        if (drawn > 0) {
            drawn = drawnBefore;
            walk();
        }
    }

    private double draw() {
        long index = drawn++;
        if (intensity.plan().arrivals() == Arrivals.POISSON) {
            // 1 - u lies in (0, 1], so that the logarithm is finite: at most 36.7 units.
            return -StrictMath.log(1 - Draw.unit(drawKey, index));
        }
        return index == 0 ? 0 : 1;
    }

    private void add(double units) {
        double sum = fraction + units;
        long carry = (long) sum;
        whole += carry;
        fraction = sum - carry;
    }

    /** Goes on to the piece that holds the position; false when there is none. */
    private boolean findPiece() {
        while (!piece.holds(whole, fraction)) {
            if (piece.endNanos == Long.MAX_VALUE) {
                return false;
            }
            carryOver();
            long at = piece.endNanos;
            if (at == nextChange(changeIndex)) {
                intensity = changes.get(changeIndex).to();
                changeIndex++;
            }
            piece = intensity.pieceAt(at).until(nextChange(changeIndex));
        }
        return true;
    }

    private void carryOver() {
        whole -= piece.massWhole();
        fraction -= piece.massFraction();
        long carry = (long) Math.floor(fraction);
        whole += carry;
        fraction -= carry;
        if (whole < 0) {
            whole = 0;
            fraction = 0;
        }
    }

    private long nextChange(int index) {
        return index < changes.size() ? changes.get(index).fromNanos() : Long.MAX_VALUE;
    }
}
