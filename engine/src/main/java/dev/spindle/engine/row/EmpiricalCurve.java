package dev.spindle.engine.row;

import dev.spindle.engine.schema.Strategy.Empirical;
import dev.spindle.engine.schema.Strategy.Quantile;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** A quantile function through given points; flat beyond the first and the last. */
final class EmpiricalCurve {

    private EmpiricalCurve() {}

    static DoubleUnaryOperator of(Empirical strategy) {
        List<Quantile> points = strategy.quantiles();
        return q -> at(points, strategy.logarithmic(), q);
    }

    private static double at(List<Quantile> points, boolean logarithmic, double q) {
        if (q <= points.getFirst().probability()) {
            return points.getFirst().value();
        }
        for (int i = 1; i < points.size(); i++) {
            Quantile low = points.get(i - 1);
            Quantile high = points.get(i);
            if (q <= high.probability()) {
                double share = (q - low.probability()) / (high.probability() - low.probability());
                return logarithmic
                        ? low.value() * StrictMath.exp(share * StrictMath.log(high.value() / low.value()))
                        : low.value() + share * (high.value() - low.value());
            }
        }
        return points.getLast().value();
    }
}
