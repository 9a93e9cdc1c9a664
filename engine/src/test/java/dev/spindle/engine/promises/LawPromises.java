package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values follow the weights, the law or the quantiles that they are drawn by. */
final class LawPromises {

    private final Broken broken;

    LawPromises(Broken broken) {
        this.broken = broken;
    }

    void weightedEnum(Checked checked, Strategy.WeightedEnum strategy) {
        if (!checked.bent()) {
            Map<String, Double> weights = new LinkedHashMap<>();
            strategy.choices().forEach(c -> weights.merge(Streamed.cut(c.value(), checked.column()), c.weight(), Double::sum));
            weights(checked, weights);
        }
    }

    /** Every value has a weight, and the frequencies follow the weights. */
    void weights(Checked checked, Map<String, Double> weights) {
        Map<String, Integer> counts = new HashMap<>();
        List<Object> values = checked.values();
        for (Object found : values) {
            String key = weights.containsKey(found.toString())
                    ? found.toString()
                    : weights.keySet().stream().filter(k -> Streamed.same(found, k)).findFirst().orElse(null);
            if (key == null) {
                broken.add(checked.name() + " values", found + " is none of them");
                return;
            }
            counts.merge(key, 1, Integer::sum);
        }
        chiSquare(checked.name() + " weights", weights, counts, values.size());
    }

    /** By Wilson and Hilferty's cube root, which is nearly normal. */
    private void chiSquare(String promise, Map<String, Double> weights, Map<String, Integer> counts, int all) {
        double sum = weights.values().stream().mapToDouble(w -> w).sum();
        double statistic = 0;
        int degrees = -1;
        for (Map.Entry<String, Double> weight : weights.entrySet()) {
            double expected = weight.getValue() / sum * all;
            int seen = counts.getOrDefault(weight.getKey(), 0);
            if (weight.getValue() == 0 && seen > 0) {
                broken.add(promise, weight.getKey() + " has no weight and came " + seen + " times");
            }
            if (expected >= 5) {
                statistic += (seen - expected) * (seen - expected) / expected;
                degrees++;
            }
        }
        if (degrees > 0) {
            double z = (Math.cbrt(statistic / degrees) - (1 - 2.0 / (9 * degrees))) / Math.sqrt(2.0 / (9 * degrees));
            if (z > Broken.MOST_DEVIATIONS) {
                broken.add(promise, "chi-square " + statistic + " with " + degrees + " degrees of freedom: " + counts);
            }
        }
    }

    void distribution(Checked checked, Strategy.Distribution strategy) {
        if (checked.column().type() == DataType.BOOLEAN) {
            List<Object> values = checked.values();
            long hits = values.stream().filter(Boolean.TRUE::equals).count();
            broken.frequency(checked.name() + " law", hits, values.size(), 1 - LawCurve.atMost(strategy.law(), 0.5));
            return;
        }
        List<BigDecimal> sorted = checked.sortedNumbers();
        if (sorted.isEmpty()) {
            return;
        }
        int digits = strategy.round() >= 0 ? Math.min(strategy.round(), checked.scale()) : checked.scale();
        rounded(checked, sorted, digits);
        if (!checked.bent()) {
            double unit = Math.pow(10, -digits);
            inRange(checked, strategy, sorted, unit);
            deciles(checked, strategy, sorted, unit);
        }
    }

    private void rounded(Checked checked, List<BigDecimal> sorted, int digits) {
        for (BigDecimal number : sorted) {
            if (number.stripTrailingZeros().scale() > digits) {
                broken.add(checked.name() + " rounding", number + " has more than " + digits + " digits");
            }
        }
    }

    private void inRange(Checked checked, Strategy.Distribution strategy, List<BigDecimal> sorted, double unit) {
        double least = LawCurve.least(strategy.law());
        double most = LawCurve.most(strategy.law());
        for (BigDecimal number : List.of(sorted.getFirst(), sorted.getLast())) {
            if (number.doubleValue() < least - unit / 2 - 1e-12 || number.doubleValue() > most + unit / 2 + 1e-12) {
                broken.add(checked.name() + " range", number + " is outside " + least + " to " + most);
            }
        }
    }

    private void deciles(Checked checked, Strategy.Distribution strategy, List<BigDecimal> sorted, double unit) {
        double least = LawCurve.least(strategy.law());
        double most = LawCurve.most(strategy.law());
        for (int tenth = 1; tenth < 10; tenth++) {
            double x = sorted.get(sorted.size() * tenth / 10).doubleValue();
            long below = sorted.stream().filter(n -> n.doubleValue() <= x + 1e-9).count();
            double edge = LawCurve.whole(strategy.law()) ? x : x + unit / 2;
            double p = x + unit / 2 + 1e-12 >= most ? 1 : edge < least ? 0 : LawCurve.atMost(strategy.law(), edge);
            broken.frequency(checked.name() + " law at " + x, below, sorted.size(), p);
        }
    }

    void empirical(Checked checked, Strategy.Empirical strategy) {
        List<BigDecimal> sorted = checked.sortedNumbers();
        if (sorted.isEmpty()) {
            return;
        }
        List<Strategy.Quantile> quantiles = strategy.quantiles();
        if (sorted.getFirst().doubleValue() < quantiles.getFirst().value() - 1
                || sorted.getLast().doubleValue() > quantiles.getLast().value() + 1) {
            broken.add(checked.name() + " range", sorted.getFirst() + " to " + sorted.getLast());
        }
        for (int i = 1; i < quantiles.size() - 1 && !checked.bent(); i++) {
            Strategy.Quantile q = quantiles.get(i);
            boolean atom = quantiles.get(i - 1).value() == q.value() || quantiles.get(i + 1).value() == q.value();
            if (!atom && !checked.column().type().isWhole()) {
                long below = sorted.stream().filter(n -> n.doubleValue() <= q.value()).count();
                broken.frequency(checked.name() + " quantile " + q.probability(), below, sorted.size(), q.probability());
            }
        }
    }
}
