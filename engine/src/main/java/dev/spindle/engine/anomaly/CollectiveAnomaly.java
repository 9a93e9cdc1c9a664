package dev.spindle.engine.anomaly;

import java.time.Duration;

/**
 * Bursts of one group's events: of the groups (the distinct values of {@code groupColumn}), {@code fraction} have the
 * timestamps of their rows compressed into one window, whose start is a pure function of the group, with the order
 * within the group kept. The window lies within the schema's date range, or, where there is a period, there is one in
 * each period.
 *
 * @param name the definition's name
 * @param groupColumn the column whose values are the groups; rows with a null belong to none
 * @param timestampColumn a date or timestamp column that is no key
 * @param window how long a group's window is
 * @param period how often a group has a window, or null: once in the schema's date range, or once a day with live event
 *     time
 * @param fraction of the groups, 0 to 1
 */
public record CollectiveAnomaly(
        String name, String groupColumn, String timestampColumn, Duration window, Duration period, double fraction)
        implements Anomaly {

    static final double FRACTION = 0.005;
    static final Duration WINDOW = Duration.ofSeconds(600);

    /** @throws dev.spindle.engine.error.ConfigurationException when a value is missing or out of range, naming all */
    public CollectiveAnomaly {
        Draft draft = new Draft(Draft.Kind.COLLECTIVE, "collective", name);
        draft.groupColumn = groupColumn;
        draft.timestampColumn = timestampColumn;
        draft.window = window;
        draft.period = period;
        draft.fraction = fraction;
        draft.refuseIfWrong();
    }

    /** One group in two hundred, in a window of ten minutes. */
    public CollectiveAnomaly(String name, String groupColumn, String timestampColumn) {
        this(name, groupColumn, timestampColumn, WINDOW, null, FRACTION);
    }

    public CollectiveAnomaly withFraction(double changed) {
        return new CollectiveAnomaly(name, groupColumn, timestampColumn, window, period, changed);
    }

    public CollectiveAnomaly withWindow(Duration changed) {
        return new CollectiveAnomaly(name, groupColumn, timestampColumn, changed, period, fraction);
    }

    public CollectiveAnomaly withPeriod(Duration changed) {
        return new CollectiveAnomaly(name, groupColumn, timestampColumn, window, changed, fraction);
    }
}
