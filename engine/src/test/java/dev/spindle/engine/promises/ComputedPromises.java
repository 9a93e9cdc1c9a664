package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Values that are computed from others are what one gets when one computes them. */
final class ComputedPromises {

    private final Streamed streamed;
    private final Broken broken;

    ComputedPromises(Streamed streamed, Broken broken) {
        this.streamed = streamed;
        this.broken = broken;
    }

    void formula(Checked checked, Strategy.Formula strategy) {
        for (Object[] row : checked.rows()) {
            if (checked.value(row) instanceof BigDecimal value && !checked.bent()) {
                double wanted =
                        FormulaValue.of(strategy.expression(), c -> ((BigDecimal) checked.table().get(row, c)).doubleValue());
                double slack = 0.5001 * Math.pow(10, -checked.scale()) + Math.abs(wanted) * 1e-9;
                if (Math.abs(value.doubleValue() - wanted) > slack) {
                    broken.add(checked.name() + " formula", value + " instead of " + wanted);
                }
            }
        }
    }

    void correlated(Checked checked, Strategy.Correlated strategy) {
        double slack = 0.51 * Math.pow(10, -checked.scale());
        for (Object[] row : checked.rows()) {
            if (checked.value(row) instanceof BigDecimal value && !checked.bent()) {
                double from = ((BigDecimal) checked.table().get(row, strategy.source())).doubleValue();
                double a = changed(from, strategy.operation(), strategy.min());
                double b = changed(from, strategy.operation(), strategy.max());
                if (value.doubleValue() < Math.min(a, b) - slack || value.doubleValue() > Math.max(a, b) + slack) {
                    broken.add(checked.name() + " correlated", value + " is not between " + a + " and " + b);
                }
            }
        }
    }

    private static double changed(double from, Strategy.Operation operation, double by) {
        return switch (operation) {
            case MULTIPLY -> from * by;
            case ADD -> from + by;
            case SUBTRACT -> from - by;
        };
    }

    void overChildren(Checked checked, Strategy.OverChildren strategy) {
        TableRows child = streamed.table(strategy.childTable());
        ColumnDefinition key = child.table().columns().values().stream()
                .filter(c -> c.strategy() instanceof Strategy.ForeignKey k
                        && k.ref().table().equals(checked.table().table().name()))
                .findFirst()
                .orElseThrow();
        String referred = ((Strategy.ForeignKey) key.strategy()).ref().column();
        for (Object[] row : checked.rows()) {
            List<Object[]> children = child.having(key.name(), checked.table().get(row, referred));
            Object found = checked.value(row);
            BigDecimal wanted = over(children, child, strategy, checked.scale());
            boolean isNumber = found == null || found instanceof BigDecimal;
            boolean maybeNull = found == null && checked.column().nullRate() > 0;
            if (isNumber && !maybeNull && !agree((BigDecimal) found, wanted, strategy, checked.scale())) {
                broken.add(checked.name() + " over children", found + " instead of " + wanted);
            }
        }
    }

    private static BigDecimal over(List<Object[]> children, TableRows child, Strategy.OverChildren strategy, int scale) {
        List<BigDecimal> values = strategy.childColumn() == null
                ? List.of()
                : children.stream()
                        .map(c -> child.get(c, strategy.childColumn()))
                        .filter(BigDecimal.class::isInstance)
                        .map(BigDecimal.class::cast)
                        .toList();
        BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return switch (strategy.aggregate()) {
            case COUNT -> BigDecimal.valueOf(children.size());
            case SUM -> sum;
            case MINIMUM -> values.stream().min(BigDecimal::compareTo).orElse(null);
            case MAXIMUM -> values.stream().max(BigDecimal::compareTo).orElse(null);
            case AVERAGE ->
                values.isEmpty() ? null : sum.divide(BigDecimal.valueOf(values.size()), scale + 8, RoundingMode.HALF_UP);
        };
    }

    /** To the last digit, but for means and where the column has fewer digits than its children. */
    private static boolean agree(BigDecimal found, BigDecimal wanted, Strategy.OverChildren strategy, int scale) {
        if (wanted == null || found == null) {
            return wanted == found;
        }
        boolean rounded = strategy.aggregate() == Strategy.Aggregate.AVERAGE || scale < wanted.scale();
        return rounded
                ? found.subtract(wanted).abs().doubleValue() <= 0.51 * Math.pow(10, -scale)
                : found.compareTo(wanted) == 0;
    }
}
