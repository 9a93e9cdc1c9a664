package dev.spindle.engine.anomaly;

/**
 * Values far from the usual: of all rows, {@code fraction} get the column's mean × uniform({@code multiplierLow},
 * {@code multiplierHigh}) × uniform(0.8, 1.2), rounded to the column's scale. The mean is that of the column's absolute
 * values over a fixed sample of the same stream.
 *
 * @param name the definition's name
 * @param column a number column that is no key
 * @param multiplierLow the least multiple of the mean
 * @param multiplierHigh the greatest multiple of the mean
 * @param fraction of all rows, 0 to 1
 */
public record PointAnomaly(String name, String column, double multiplierLow, double multiplierHigh, double fraction)
        implements Anomaly {

    static final double LOW = 10;
    static final double HIGH = 100;
    static final double FRACTION = 0.01;

    /** @throws dev.spindle.engine.error.ConfigurationException when a value is missing or out of range, naming all */
    public PointAnomaly {
        Draft draft = new Draft(Draft.Kind.POINT, "point", name);
        draft.column = column;
        draft.multiplierLow = multiplierLow;
        draft.multiplierHigh = multiplierHigh;
        draft.fraction = fraction;
        draft.refuseIfWrong();
    }

    /** One row in a hundred at 10 to 100 times the mean. */
    public PointAnomaly(String name, String column) {
        this(name, column, LOW, HIGH, FRACTION);
    }

    public PointAnomaly withFraction(double changed) {
        return new PointAnomaly(name, column, multiplierLow, multiplierHigh, changed);
    }

    public PointAnomaly withMultiplierRange(double low, double high) {
        return new PointAnomaly(name, column, low, high, fraction);
    }
}
