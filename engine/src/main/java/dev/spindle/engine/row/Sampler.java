package dev.spindle.engine.row;

import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.schema.Law;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/** Turns drawn bits into a number of a law, with one or two table reads. */
abstract class Sampler {

    abstract double sample(long bits);

    /** A number of the part of the law between two bounds, or NaN when there is none or it is not known. */
    double between(long bits, double low, double high) {
        return Double.NaN;
    }

    static Sampler of(Law law) {
        return of(law, Continuous::new);
    }

    /** A sampler that makes something of the quantile function where the law is continuous. */
    static Sampler of(Law law, Function<DoubleUnaryOperator, Sampler> continuous) {
        return switch (law) {
            case Law.Constant constant -> new Constant(constant.value());
            case Law.Times times -> new Times(of(times.law()), times.factor());
            case Law.Uniform uniform -> new Uniform(uniform.min(), uniform.max());
            case Law.Normal normal ->
                continuous.apply(q -> clamp(normal.mean() + normal.sigma() * NormalQuantile.at(q), normal.min(), normal.max()));
            case Law.LogNormal log ->
                continuous.apply(q -> clamp(
                        StrictMath.exp(log.mean() + log.sigma() * NormalQuantile.at(q)), log.min(), log.max()));
            case Law.Pareto pareto ->
                continuous.apply(q -> clamp(
                        pareto.min() * StrictMath.pow(1 - q, -1 / pareto.alpha()), pareto.min(), pareto.max()));
            case Law.Zipf zipf -> new ZipfNumber(Zipf.of(zipf.alpha(), zipf.max()));
            case Law.Geometric geometric -> geometric(geometric);
            case Law.Poisson poisson -> poisson(poisson);
            case Law.Bernoulli bernoulli ->
                new Discrete(0, new double[] {1 - bernoulli.probability(), bernoulli.probability()});
        };
    }

    static double clamp(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }

    /** P(k) = p(1-p)^(k-1) on 1, 2 …; what lies outside the bounds is counted at the bound. */
    private static Sampler geometric(Law.Geometric law) {
        double stay = 1 - law.p();
        int most = (int) Math.min(bound(law.max()), 2 + (stay <= 0 ? 0 : 40 / -StrictMath.log(stay)));
        return clamped(k -> k < 1 ? 0 : law.p() * StrictMath.pow(stay, k - 1), most, law.min(), law.max());
    }

    private static Sampler poisson(Law.Poisson law) {
        int most = (int) Math.min(bound(law.max()) + 1, law.lambda() + 12 * StrictMath.sqrt(law.lambda()) + 30);
        double[] logFactorial = new double[most + 2];
        for (int k = 2; k < logFactorial.length; k++) {
            logFactorial[k] = logFactorial[k - 1] + StrictMath.log(k);
        }
        double logLambda = law.lambda() > 0 ? StrictMath.log(law.lambda()) : Double.NEGATIVE_INFINITY;
        return clamped(
                k -> k == 0 && law.lambda() == 0
                        ? 1
                        : StrictMath.exp(k * logLambda - law.lambda() - logFactorial[(int) k]),
                most,
                law.min(),
                law.max());
    }

    private static double bound(double max) {
        return Math.min(max, 10_000_000);
    }

    private static Sampler clamped(DoubleUnaryOperator probability, int most, double min, double max) {
        int least = (int) Math.max(0, Math.ceil(Math.min(min, 1e7)));
        int last = (int) Math.max(least, Math.min(most, Math.floor(Math.min(max, 1e7))));
        double[] weights = new double[last - least + 1];
        double sum = 0;
        for (int k = 0; k <= last; k++) {
            double p = probability.applyAsDouble(k);
            sum += p;
            weights[Math.max(0, k - least)] += p;
        }
        weights[weights.length - 1] += Math.max(0, 1 - sum);
        return new Discrete(least, weights);
    }

    private static final class Constant extends Sampler {
        private final double value;

        private Constant(double value) {
            this.value = value;
        }

        @Override
        double sample(long bits) {
            return value;
        }
    }

    private static final class Times extends Sampler {
        private final Sampler sampler;
        private final double factor;

        private Times(Sampler sampler, double factor) {
            this.sampler = sampler;
            this.factor = factor;
        }

        @Override
        double sample(long bits) {
            return sampler.sample(bits) * factor;
        }

        @Override
        double between(long bits, double low, double high) {
            return sampler.between(bits, low / factor, high / factor) * factor;
        }
    }

    private static final class Uniform extends Sampler {
        private final double min;
        private final double width;

        private Uniform(double min, double max) {
            this.min = min;
            this.width = max - min;
        }

        @Override
        double sample(long bits) {
            return min + Draw.unit(bits) * width;
        }

        @Override
        double between(long bits, double low, double high) {
            double from = Math.max(min, low);
            double to = Math.min(min + width, high);
            return from <= to ? from + Draw.unit(bits) * (to - from) : Double.NaN;
        }
    }

    /** Whole numbers from {@code least} on, with weights. */
    static final class Discrete extends Sampler {
        final int least;
        final AliasTable table;

        Discrete(int least, double[] weights) {
            this.least = least;
            this.table = new AliasTable(weights);
        }

        @Override
        double sample(long bits) {
            return least + table.pick(bits);
        }
    }

    private static final class ZipfNumber extends Sampler {
        private final Zipf zipf;

        private ZipfNumber(Zipf zipf) {
            this.zipf = zipf;
        }

        @Override
        double sample(long bits) {
            return 1 + zipf.rank(bits);
        }
    }

    /** Any continuous law by its quantile function: nothing is made ready, so that it suits whoever draws little. */
    static final class Exact extends Sampler {
        private final DoubleUnaryOperator quantile;

        Exact(DoubleUnaryOperator quantile) {
            this.quantile = quantile;
        }

        @Override
        double sample(long bits) {
            return quantile.applyAsDouble(Math.max(0x1p-60, Draw.unit(bits)));
        }
    }

    /** Any continuous law: linear in 4,096 cells of its quantile function, exact in the first and the last. */
    static final class Continuous extends Sampler {
        private static final int CELL_BITS = 12;
        private static final int CELLS = 1 << CELL_BITS;

        private final double[] quantiles = new double[CELLS + 1];
        private final DoubleUnaryOperator quantile;

        Continuous(DoubleUnaryOperator quantile) {
            this.quantile = quantile;
            for (int i = 1; i < CELLS; i++) {
                quantiles[i] = quantile.applyAsDouble((double) i / CELLS);
            }
        }

        @Override
        double sample(long bits) {
            int cell = (int) (bits >>> (64 - CELL_BITS));
            if (cell == 0 || cell == CELLS - 1) {
                return quantile.applyAsDouble(Math.max(0x1p-60, Draw.unit(bits)));
            }
            double low = quantiles[cell];
            return low + ((bits << CELL_BITS) >>> 11) * 0x1p-53 * (quantiles[cell + 1] - low);
        }

        @Override
        double between(long bits, double low, double high) {
            double from = below(low);
            double to = below(high);
            double value = quantile.applyAsDouble(Math.max(0x1p-60, from + Draw.unit(bits) * (to - from)));
            return from < to && value >= low && value <= high ? value : Double.NaN;
        }

        /** The probability of a smaller value, by bisection. */
        private double below(double value) {
            double low = 0x1p-60;
            double high = Math.nextDown(1.0);
            for (int i = 0; i < 64; i++) {
                double middle = (low + high) / 2;
                if (quantile.applyAsDouble(middle) < value) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return high;
        }
    }
}
