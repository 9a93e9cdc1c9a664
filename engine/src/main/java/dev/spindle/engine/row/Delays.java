package dev.spindle.engine.row;

import dev.spindle.engine.schema.Law;

/** The bounds of a law of delays, in days, 0 or more. */
final class Delays {

    private static final double MOST_DAYS = 1e6;

    private Delays() {}

    static long leastMicros(Law days) {
        return micros(least(days));
    }

    static long mostMicros(Law days) {
        return micros(most(days));
    }

    private static long micros(double days) {
        return (long) (Math.max(0, Math.min(MOST_DAYS, days)) * Calendar.DAY_MICROS);
    }

    private static double least(Law law) {
        return switch (law) {
            case Law.Constant constant -> constant.value();
            case Law.Uniform uniform -> uniform.min();
            case Law.Normal normal -> normal.min();
            case Law.LogNormal log -> log.min();
            case Law.Pareto pareto -> pareto.min();
            case Law.Geometric geometric -> geometric.min();
            case Law.Poisson poisson -> poisson.min();
            case Law.Zipf zipf -> 1;
            case Law.Bernoulli bernoulli -> 0;
        };
    }

    private static double most(Law law) {
        return switch (law) {
            case Law.Constant constant -> constant.value();
            case Law.Uniform uniform -> uniform.max();
            case Law.Normal normal -> normal.max();
            case Law.LogNormal log -> log.max();
            case Law.Pareto pareto -> pareto.max();
            case Law.Geometric geometric -> geometric.max();
            case Law.Poisson poisson -> poisson.max();
            case Law.Zipf zipf -> zipf.max();
            case Law.Bernoulli bernoulli -> 1;
        };
    }
}
