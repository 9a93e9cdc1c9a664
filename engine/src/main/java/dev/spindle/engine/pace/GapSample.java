package dev.spindle.engine.pace;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.plan.Arrivals;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A uniform random sample of the gaps between releases, each scaled by the intensity, in constant memory: Vitter's
 * Algorithm R ("Random Sampling with a Reservoir", ACM TOMS 11, 1985). Written by the pacer, read by any thread; a
 * reader may see the last few gaps half taken over, each of them whole.
 */
final class GapSample {

    static final int SIZE = 8_192;

    private final long drawKey = Draw.key(0, "pace", "sample");
    private final AtomicLongArray gaps = new AtomicLongArray(SIZE);
    private volatile Arrivals arrivals;
    private volatile int lanes = 1;
    private long seen;
    private volatile int filled;

    /** Starts over, with gaps of another arrival process, each the sum of {@code each} of its own. */
    void reset(Arrivals of, int each) {
        filled = 0;
        seen = 0;
        lanes = each;
        arrivals = of;
    }

    /** Adds one gap; the number of lanes is the mean. */
    void add(double scaledGap) {
        long bits = Double.doubleToRawLongBits(scaledGap);
        if (seen < SIZE) {
            gaps.setRelease((int) seen, bits);
            filled = (int) seen + 1;
        } else {
            long slot = Draw.below(Draw.bits(drawKey, seen), seen + 1);
            if (slot < SIZE) {
                gaps.setRelease((int) slot, bits);
            }
        }
        seen++;
    }

    /** How well the sample fits the arrival process. */
    KsFigure figure() {
        Arrivals of = arrivals;
        int count = filled;
        double[] sorted = new double[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = Double.longBitsToDouble(gaps.getAcquire(i));
        }
        Arrays.sort(sorted);
        return of == Arrivals.CONSTANT ? KsFigure.constant(sorted, lanes) : KsFigure.erlang(sorted, lanes);
    }
}
