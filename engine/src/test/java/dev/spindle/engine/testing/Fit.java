package dev.spindle.engine.testing;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** How well a sample fits a law, in numbers that hardly ever pass their bounds when it does. */
public final class Fit {

    /** Deviations beyond this come once in ten million samples that fit. */
    public static final double MOST_DEVIATIONS = 5.2;

    /** Kolmogorov's statistic is beyond this once in a hundred thousand samples that fit. */
    public static final double MOST_KOLMOGOROV = 2.5;

    private Fit() {}

    /**
     * Chi-square as standard deviations above what is to be expected, by Wilson and Hilferty's cube root; infinite when
     * something came that has no weight.
     */
    public static double chiSquare(long[] seen, double[] weights) {
        double all = Arrays.stream(seen).sum();
        double sum = Arrays.stream(weights).sum();
        double statistic = 0;
        double restSeen = 0;
        double restExpected = 0;
        int degrees = -1;
        for (int i = 0; i < seen.length; i++) {
            double expected = weights[i] / sum * all;
            if (weights[i] == 0 && seen[i] > 0) {
                return Double.POSITIVE_INFINITY;
            }
            if (expected >= 5) {
                statistic += (seen[i] - expected) * (seen[i] - expected) / expected;
                degrees++;
            } else {
                restSeen += seen[i];
                restExpected += expected;
            }
        }
        if (restExpected >= 5) {
            statistic += (restSeen - restExpected) * (restSeen - restExpected) / restExpected;
            degrees++;
        }
        if (degrees < 1) {
            throw new IllegalArgumentException("too few to tell");
        }
        double spread = 2.0 / (9 * degrees);
        return (Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread);
    }

    /** Kolmogorov's statistic: the largest distance from the distribution function, times the square root of the size. */
    public static double kolmogorov(double[] sample, DoubleUnaryOperator atMost) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        double most = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = atMost.applyAsDouble(sorted[i]);
            most = Math.max(most, Math.max(p - (double) i / sorted.length, (i + 1.0) / sorted.length - p));
        }
        return most * Math.sqrt(sorted.length);
    }
}
