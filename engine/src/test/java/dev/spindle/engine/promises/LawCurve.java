package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Law;

/** P(X ≤ x) of the format's laws, found another way than the engine finds their values: by series and sums. */
public final class LawCurve {

    private LawCurve() {}

    /** The law's probability of a value of {@code x} at most, before its clamps. */
    public static double atMost(Law law, double x) {
        return switch (law) {
            case Law.Constant c -> x >= c.value() ? 1 : 0;
            case Law.Uniform u -> u.max() == u.min() ? (x >= u.min() ? 1 : 0) : bounded((x - u.min()) / (u.max() - u.min()));
            case Law.Normal n -> n.sigma() == 0 ? (x >= n.mean() ? 1 : 0) : normal((x - n.mean()) / n.sigma());
            case Law.LogNormal n ->
                x <= 0 ? 0 : n.sigma() == 0 ? (Math.log(x) >= n.mean() ? 1 : 0) : normal((Math.log(x) - n.mean()) / n.sigma());
            case Law.Pareto p -> x <= p.min() ? 0 : 1 - Math.pow(p.min() / x, p.alpha());
            case Law.Zipf z -> zipf(z, x);
            case Law.Geometric g -> x < 1 ? 0 : 1 - Math.pow(1 - g.p(), Math.floor(x));
            case Law.Poisson p -> poisson(p.lambda(), x);
            case Law.Bernoulli b -> x < 0 ? 0 : x < 1 ? 1 - b.probability() : 1;
        };
    }

    static double least(Law law) {
        return switch (law) {
            case Law.Constant c -> c.value();
            case Law.Uniform u -> u.min();
            case Law.Normal n -> n.min();
            case Law.LogNormal n -> Math.max(0, n.min());
            case Law.Pareto p -> p.min();
            case Law.Zipf z -> 1;
            case Law.Geometric g -> Math.max(1, g.min());
            case Law.Poisson p -> Math.max(0, p.min());
            case Law.Bernoulli b -> 0;
        };
    }

    static double most(Law law) {
        return switch (law) {
            case Law.Constant c -> c.value();
            case Law.Uniform u -> u.max();
            case Law.Normal n -> n.max();
            case Law.LogNormal n -> n.max();
            case Law.Pareto p -> p.max();
            case Law.Zipf z -> z.max();
            case Law.Geometric g -> g.max();
            case Law.Poisson p -> p.max();
            case Law.Bernoulli b -> 1;
        };
    }

    /** Whether only whole numbers come of it. */
    static boolean whole(Law law) {
        return law instanceof Law.Zipf
                || law instanceof Law.Geometric
                || law instanceof Law.Poisson
                || law instanceof Law.Bernoulli
                || law instanceof Law.Constant;
    }

    private static double bounded(double p) {
        return Math.max(0, Math.min(1, p));
    }

    private static double zipf(Law.Zipf law, double x) {
        double below = 0;
        double all = 0;
        long most = Math.min(law.max(), 2_000_000);
        for (long k = 1; k <= most; k++) {
            double weight = Math.pow(k, -law.alpha());
            all += weight;
            below += k <= x ? weight : 0;
        }
        return below / all;
    }

    private static double poisson(double lambda, double x) {
        double sum = 0;
        double logTerm = -lambda;
        for (int k = 0; k <= x && k < 2_000_000; k++) {
            sum += Math.exp(logTerm);
            logTerm += Math.log(lambda) - Math.log(k + 1.0);
        }
        return Math.min(1, sum);
    }

    /** The normal distribution function by its Taylor series about 0; beyond 8 it is 0 or 1. */
    public static double normal(double z) {
        if (Math.abs(z) > 8) {
            return z < 0 ? 0 : 1;
        }
        double term = z;
        double sum = z;
        for (int k = 1; k < 400; k++) {
            term *= z * z / (2 * k + 1);
            sum += term;
        }
        return 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }
}
