package dev.spindle.engine.anomaly;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.column.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks that every definition can have its fraction of a table's rows although an event has one anomaly at most. */
final class FractionCheck {

    /** Fractions are given in decimal; their sums may miss 1 by rounding. */
    static final double ROUNDING = 1e-9;

    private final AnomalyTable table;
    private final List<Draft> drafts;

    /** @param drafts those that apply to the table */
    FractionCheck(AnomalyTable table, List<Draft> drafts) {
        this.table = table;
        this.drafts = drafts;
    }

    void check(double autoFraction, List<Problem> problems) {
        groupTotals().forEach((column, total) -> {
            if (total > 1 + ROUNDING) {
                problems.add(tooMuch("the collective anomalies of " + column, total));
            }
        });
        double all = autoFraction + mostInOneRow();
        if (all > 1 + ROUNDING) {
            problems.add(tooMuch("the anomalies that one row of " + table.name() + " may have", all));
        }
    }

    /** The sum of the fractions of all definitions that a row may be eligible for, in the worst row. */
    double mostInOneRow() {
        double clean = 1;
        for (double total : groupTotals().values()) {
            clean *= 1 - Math.min(1, total);
        }
        double points = drafts.stream()
                .filter(draft -> draft.kind == Draft.Kind.POINT)
                .mapToDouble(draft -> draft.fraction)
                .sum();
        return 1 - clean + points + contextual();
    }

    private static Problem tooMuch(String what, double total) {
        return new Problem(
                "anomalies", null, "the fractions of " + what + " add up to " + Draft.number(total), "1 at most");
    }

    private Map<String, Double> groupTotals() {
        Map<String, Double> totals = new HashMap<>();
        for (Draft draft : drafts) {
            if (draft.kind == Draft.Kind.COLLECTIVE && draft.groupColumn != null) {
                totals.merge(draft.groupColumn, draft.fraction, Double::sum);
            }
        }
        return totals;
    }

    /** A row has one value in each condition column: the worst one counts. */
    private double contextual() {
        Map<String, Map<Object, Double>> byColumnAndValue = new HashMap<>();
        for (Draft draft : drafts) {
            if (draft.kind == Draft.Kind.CONTEXTUAL && draft.conditionColumn != null && draft.normalValues != null) {
                int index = ColumnCheck.index(table, draft.conditionColumn);
                if (index >= 0) {
                    Column column = table.columns().get(index);
                    Map<Object, Double> byValue =
                            byColumnAndValue.computeIfAbsent(draft.conditionColumn, name -> new HashMap<>());
                    draft.normalValues.stream()
                            .map(value -> ValueFit.of(column, value))
                            .distinct()
                            .forEach(value -> byValue.merge(value, draft.fraction, Double::sum));
                }
            }
        }
        return byColumnAndValue.values().stream()
                .mapToDouble(byValue -> byValue.values().stream().mapToDouble(Double::doubleValue).max().orElse(0))
                .sum();
    }
}
