package dev.spindle.engine.reorder;

import dev.spindle.engine.draw.Draw;

/**
 * Which events are late, and by how much.
 *
 * <p>An event is drawn by a hash of its sequence number. A drawn event is held unless K events in a row are held
 * already: then it stays in its place, so that each of them has an event in its place within K positions to be behind.
 * This thins the draws a little, which the odds make up for: with odds q the events that stay in their place are renewals
 * with q + q^2 + … + q^K held ones between them on average, so that the share of held ones is
 * q (1 - q^K) / (1 - q^(K+1)), and q is where that is the fraction asked for.
 */
final class LateDraw {

    private final long drawKey;
    private final long slipKey;
    private final int maxSlots;
    private final long stride;
    private double fraction;
    private double odds;

    LateDraw(Disorder disorder) {
        this.drawKey = Draw.key(disorder.seed(), "reorder", "late");
        this.slipKey = Draw.key(disorder.seed(), "reorder", "slip");
        this.maxSlots = disorder.maxDelaySlots();
        this.stride = disorder.stride();
    }

    /** Sets the fraction of events to be held, as far as {@link Disorder#mostOutOfOrder} lets it. */
    void fraction(double wanted) {
        if (wanted != fraction) {
            fraction = wanted;
            odds = odds(wanted, maxSlots);
        }
    }

    boolean isDrawn(long sequence) {
        return odds > 0 && Draw.unit(drawKey, sequence) < odds;
    }

    /** How far a held event slips: {@code least} to K positions, each as likely. */
    int slip(long sequence, int least) {
        return least + Draw.below(Draw.bits(slipKey, sequence), maxSlots - least + 1);
    }

    /**
     * How many events in a row would be held before {@code sequence} had the stream begun at 0: so that a stream that
     * begins later goes on with the same draws. Looks back to the last event that is not drawn.
     */
    int heldBefore(long sequence) {
        if (odds >= 1) {
            return (int) (sequence / stride % (maxSlots + 1));
        }
        int held = 0;
        for (long n = sequence - stride; n >= 0 && isDrawn(n); n -= stride) {
            held = held == maxSlots ? 0 : held + 1;
        }
        return held;
    }

    /** The odds of a draw that hold {@code wanted} of the events, by bisection. */
    private static double odds(double wanted, int maxSlots) {
        if (wanted >= Disorder.mostOutOfOrder(maxSlots)) {
            return 1;
        }
        double low = wanted;
        double high = 1;
        while (high - low > 1e-15) {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (held(middle, maxSlots) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return wanted <= 0 ? 0 : low;
    }

    private static double held(double odds, int maxSlots) {
        double power = 1;
        double run = 0;
        for (int k = 1; k <= maxSlots; k++) {
            power *= odds;
            run += power;
        }
        return run / (1 + run);
    }
}
