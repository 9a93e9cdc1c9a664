package dev.spindle.engine.anomaly;

import java.util.List;

/**
 * Values that are wrong where they stand: of the rows whose {@code conditionColumn} has one of {@code normalValues},
 * {@code fraction} get one of {@code anomalousValues} in {@code column}. A row that has the only anomalous value already
 * is not eligible, for it could not be told from a clean one.
 *
 * @param name the definition's name
 * @param column the column to change; no key
 * @param conditionColumn the column that decides which rows are eligible; a null is not
 * @param normalValues texts, numbers or booleans, as the condition column's type asks; dates and timestamps as texts
 * @param anomalousValues the same for {@code column}
 * @param fraction of the eligible rows, 0 to 1
 */
public record ContextualAnomaly(
        String name,
        String column,
        String conditionColumn,
        List<?> normalValues,
        List<?> anomalousValues,
        double fraction)
        implements Anomaly {

    static final double FRACTION = 0.01;

    /** @throws dev.spindle.engine.error.ConfigurationException when a value is missing or out of range, naming all */
    public ContextualAnomaly {
        Draft draft = new Draft(Draft.Kind.CONTEXTUAL, "contextual", name);
        draft.column = column;
        draft.conditionColumn = conditionColumn;
        draft.normalValues = Draft.scalars(normalValues);
        draft.anomalousValues = Draft.scalars(anomalousValues);
        draft.fraction = fraction;
        draft.refuseIfWrong();
        normalValues = draft.normalValues;
        anomalousValues = draft.anomalousValues;
    }

    /** One eligible row in a hundred. */
    public ContextualAnomaly(
            String name, String column, String conditionColumn, List<?> normalValues, List<?> anomalousValues) {
        this(name, column, conditionColumn, normalValues, anomalousValues, FRACTION);
    }

    public ContextualAnomaly withFraction(double changed) {
        return new ContextualAnomaly(name, column, conditionColumn, normalValues, anomalousValues, changed);
    }
}
