package dev.spindle.engine.pace;

/**
 * How well released gaps, scaled by the intensity so that their mean is 1, fit the arrival process that was asked for.
 *
 * <p>For Poisson arrivals this is the Kolmogorov–Smirnov test against the unit exponential. For constant arrivals the
 * distribution asked for is the single value 1, which no real gap meets and for which there is no p-value: there, gaps
 * within a tenth of the interval count as equal to it, and d is the Kolmogorov–Smirnov distance that is left, the larger
 * of the share of gaps that are shorter and the share that are longer.
 *
 * @param d largest distance between the two distribution functions, 0 to 1
 * @param p probability of so large a distance, or a larger one, if the process is the one asked for; NaN for constant
 *     arrivals and when there is no gap
 * @param n gaps in the sample
 */
public record KsFigure(double d, double p, int n) {

    private static final double TOLERANCE = 0.1;
    /** Terms of the series beyond this are below the precision of a double wherever it is used. */
    private static final int TERMS = 100;

    /** Tests gaps in ascending order against the unit exponential. */
    public static KsFigure exponential(double[] sorted) {
        return erlang(sorted, 1);
    }

    /**
     * Tests gaps in ascending order against the sum of {@code each} unit exponentials: Erlang's distribution, which is
     * what every {@code each}-th arrival of a Poisson process is apart.
     */
    static KsFigure erlang(double[] sorted, int each) {
        int n = sorted.length;
        double d = 0;
        for (int i = 0; i < n; i++) {
            double expected = 1 - later(Math.max(0, sorted[i]), each);
            d = Math.max(d, Math.max(expected - (double) i / n, (i + 1.0) / n - expected));
        }
        return new KsFigure(d, n == 0 ? Double.NaN : pValue(d, n), n);
    }

    /** The probability that fewer than {@code each} arrivals of a unit Poisson process come within {@code gap}. */
    private static double later(double gap, int each) {
        double term = StrictMath.exp(-gap);
        double sum = 0;
        for (int k = 0; k < each; k++) {
            sum += term;
            term *= gap / (k + 1);
        }
        return Math.min(1, sum);
    }

    /** Compares gaps in ascending order with the constant {@code each}, as a sum of so many that should be 1. */
    static KsFigure constant(double[] sorted, int each) {
        int shorter = 0;
        int longer = 0;
        for (double gap : sorted) {
            shorter += gap < each - TOLERANCE ? 1 : 0;
            longer += gap > each + TOLERANCE ? 1 : 0;
        }
        double d = sorted.length == 0 ? 0 : (double) Math.max(shorter, longer) / sorted.length;
        return new KsFigure(d, Double.NaN, sorted.length);
    }

    /**
     * Kolmogorov's limit distribution with the correction for finite n of M. A. Stephens, "Use of the
     * Kolmogorov–Smirnov, Cramér–von Mises and Related Statistics Without Extensive Tables", JRSS B 32 (1970).
     */
    static double pValue(double d, int n) {
        double root = Math.sqrt(n);
        double x = d * (root + 0.12 + 0.11 / root);
        if (x < 0.2) {
            return 1;
        }
        double sum = 0;
        double sign = 1;
        for (int k = 1; k <= TERMS; k++) {
            sum += sign * StrictMath.exp(-2.0 * k * k * x * x);
            sign = -sign;
        }
        return Math.clamp(2 * sum, 0.0, 1.0);
    }
}
