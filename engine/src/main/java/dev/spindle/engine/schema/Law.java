package dev.spindle.engine.schema;

/** A probability law of numbers; {@code min} and {@code max} clamp, infinite where the file states none. */
public sealed interface Law {

    /** The largest number that a law is told to give; infinite when it is told none. */
    static double most(Law law) {
        return switch (law) {
            case Uniform l -> l.max();
            case Normal l -> l.max();
            case LogNormal l -> l.max();
            case Pareto l -> l.max();
            case Zipf l -> l.max();
            case Geometric l -> l.max();
            case Poisson l -> l.max();
            case Bernoulli l -> 1;
            case Constant l -> l.value();
            case Times l -> most(l.law()) * l.factor();
        };
    }

    /** The smallest number that a law is told to give; minus infinity when it is told none. */
    static double least(Law law) {
        return switch (law) {
            case Uniform l -> l.min();
            case Normal l -> l.min();
            case LogNormal l -> Math.max(0, l.min());
            case Pareto l -> l.min();
            case Zipf l -> 1;
            case Geometric l -> l.min();
            case Poisson l -> l.min();
            case Bernoulli l -> 0;
            case Constant l -> l.value();
            case Times l -> least(l.law()) * l.factor();
        };
    }

    record Uniform(double min, double max) implements Law {}

    record Normal(double mean, double sigma, double min, double max) implements Law {}

    /** {@code mean} and {@code sigma} are those of the logarithm. */
    record LogNormal(double mean, double sigma, double min, double max) implements Law {}

    /** {@code min} × a Pareto variable of scale 1: density ∝ x^-(alpha+1) from {@code min} on. */
    record Pareto(double alpha, double min, double max) implements Law {}

    /** Ranks 1, 2 … {@code max} with weights rank^-alpha. */
    record Zipf(double alpha, long max) implements Law {}

    /** 1, 2 … with probability p(1-p)^(k-1). */
    record Geometric(double p, double min, double max) implements Law {}

    record Poisson(double lambda, double min, double max) implements Law {}

    /** 1 with {@code probability}, else 0. */
    record Bernoulli(double probability) implements Law {}

    /** Always the same. */
    record Constant(double value) implements Law {}

    /** What another law gives, times a factor above 0: hours as fractions of a day. */
    record Times(Law law, double factor) implements Law {}
}
