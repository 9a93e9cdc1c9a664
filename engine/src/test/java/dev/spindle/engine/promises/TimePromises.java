package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Strategy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Times lie in their range and follow its season; dates that derive from others are as much later as the law says. */
final class TimePromises {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final Streamed streamed;
    private final Broken broken;

    TimePromises(Streamed streamed, Broken broken) {
        this.streamed = streamed;
        this.broken = broken;
    }

    void temporal(Checked checked, Strategy.Temporal strategy) {
        double[] months = new double[12];
        double[] days = new double[7];
        List<Object> times = checked.values();
        for (Object time : times) {
            long day = Math.floorDiv((Long) time, DAY_MICROS);
            LocalDate date = LocalDate.ofEpochDay(day);
            if (!checked.bent() && (day < strategy.range().startDay() || day >= strategy.range().endDay())) {
                broken.add(checked.name() + " range", date + " is outside the range");
            }
            months[date.getMonthValue() - 1]++;
            days[date.getDayOfWeek().getValue() - 1]++;
        }
        long range = strategy.range().days();
        boolean wholeYears = range >= 365 && Math.abs(range % 365.25 - 182) > 170;
        if (checked.bent() || !wholeYears) {
            return;
        }
        List<Double> weekdays = strategy.season().days();
        margin(checked.name() + " month", months, times.size(), strategy.season().months());
        margin(checked.name() + " weekday", days, times.size(), weekdays);
        if (weekdays.size() == 7 && weekdays.get(5) == 0 && weekdays.get(6) == 0 && days[5] + days[6] > 0) {
            broken.add(checked.name() + " trading days", days[5] + days[6] + " on weekends");
        }
    }

    private void margin(String promise, double[] seen, int all, List<Double> weights) {
        double sum = weights.stream().mapToDouble(w -> w).sum();
        for (int i = 0; i < weights.size(); i++) {
            broken.frequency(promise + " " + (i + 1), (long) seen[i], all, weights.get(i) / sum);
        }
    }

    void derived(Checked checked, Strategy.Derived strategy) {
        if (checked.bent()) {
            return;
        }
        for (Object[] row : checked.rows()) {
            Object value = checked.value(row);
            List<Object> sources = sources(checked.table(), row, strategy);
            boolean fits = sources.stream().filter(Objects::nonNull).anyMatch(source -> fits(checked, strategy, source, value));
            if (value != null && !fits) {
                broken.add(checked.name() + " derived", value + " does not follow from " + sources);
            }
        }
    }

    private List<Object> sources(TableRows table, Object[] row, Strategy.Derived strategy) {
        List<Object> sources = new ArrayList<>();
        if (strategy.table() == null) {
            sources.add(table.get(row, strategy.column()));
        } else {
            TableRows parents = streamed.table(strategy.table());
            streamed.parentsOf(table, row, strategy.via(), strategy.table())
                    .forEach(p -> sources.add(parents.get(p, strategy.column())));
        }
        return sources;
    }

    private static boolean fits(Checked checked, Strategy.Derived strategy, Object source, Object value) {
        if (!(source instanceof Long from) || !(value instanceof Long to)) {
            return strategy.days() == null && source.equals(value);
        }
        double least = strategy.days() == null ? 0 : LawCurve.least(strategy.days());
        double most = strategy.days() == null ? 0 : LawCurve.most(strategy.days());
        // Whole days are rounded from the law's value and counted from the source's day: one day of play each way.
        double slack = checked.column().type() == DataType.DATE ? 1.0 : 1e-9;
        double days = (to - from) / (double) DAY_MICROS;
        return days >= least - slack && days <= most + slack;
    }
}
