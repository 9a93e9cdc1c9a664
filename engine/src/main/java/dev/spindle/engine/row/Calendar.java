package dev.spindle.engine.row;

import dev.spindle.engine.schema.Schema.DateRange;
import dev.spindle.engine.schema.Strategy.Season;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A distribution over the calendar, both ways: from a quantile to an instant and back.
 *
 * <p>Quantiles in [0, 1) cover the range. Beyond 1 the calendar goes on from the range's end, a year for every
 * 1/{@link #rangeYears}, with the same weights for its months, weekdays and hours. It stops at the end of the year 9999, the
 * last that four digits can write: from there on every quantile is the last microsecond.
 *
 * <p>The weights of months and weekdays are those of the margins over the range (each month's weight counted once for
 * each time that it occurs), which iterative proportional fitting finds (Deming and Stephan, 1940). Within a day the
 * density is constant over each quarter of an hour. Not for more than one thread: it remembers where it
 * was last.
 */
final class Calendar {

    static final long DAY_MICROS = 86_400_000_000L;
    /** 9999-12-31T23:59:59.999999Z. */
    static final long LAST_MICROS = (LocalDate.of(10_000, 1, 1).toEpochDay()) * DAY_MICROS - 1;

    private static final int CELLS = 96;
    // Guides are so fine that few of their steps have a cell's border within: the search that follows is over at once, and
    // the processor foresees that.
    private static final int DAY_GUIDES = 2_048;
    private static final int GUIDES_PER_DAY = 16;
    private static final int MOST_GUIDES = 1 << 15;
    private static final double CELL_MICROS = (double) DAY_MICROS / CELLS;
    private static final double LAST_OF_DAY = Math.nextDown(1.0);
    /** Less than a day by more than rounding may lose. */
    private static final double SURELY_WITHIN_DAY = 1 - 1e-8;
    private static final int FITTING_ROUNDS = 60;
    private static final double DAYS_PER_YEAR = 365.2425;

    private final double[] monthWeights;
    private final double[] weekdayWeights;
    private final LocalDate end;
    private final double rangeYears;
    private final long startDay;
    private final long endDay;
    private final Days range;
    private final double[] dayCurve = new double[CELLS + 1];
    private final int[] dayGuide;
    private final double[] cellMicrosPerUnit = new double[CELLS];
    /** Years beyond the range as far as they have been used, at most those to 9999. Years of the same days share curves. */
    private Year[] years = {};

    private final Map<Long, Days> kindsOfYear = new HashMap<>();

    Calendar(DateRange dates, Season season) {
        int days = (int) dates.days();
        this.end = LocalDate.ofEpochDay(dates.endDay());
        this.rangeYears = years(LocalDate.ofEpochDay(dates.startDay()), end);
        this.monthWeights = new double[12];
        this.weekdayWeights = new double[7];
        fit(dates, season);
        this.startDay = dates.startDay();
        this.endDay = dates.endDay();
        this.range = new Days(weights(dates.startDay(), days));
        fillDayCurve(season);
        this.dayGuide = guide(dayCurve, DAY_GUIDES);
    }

    /** The range's length in years: whole when it ends on an anniversary of its start. */
    private static double years(LocalDate start, LocalDate end) {
        long whole = ChronoUnit.YEARS.between(start, end);
        return whole > 0 && start.plusYears(whole).equals(end) ? whole : ChronoUnit.DAYS.between(start, end) / DAYS_PER_YEAR;
    }

    /** The instant at a quantile, in microseconds since the epoch; never falls when the quantile rises. */
    long micros(double quantile) {
        if (quantile < 1) {
            return range.micros(startDay, quantile);
        }
        double beyond = (quantile - 1) * rangeYears;
        long index = (long) beyond;
        Year year = year(index);
        return year == null ? LAST_MICROS : year.days.micros(year.startDay, beyond - index);
    }

    /** The quantile of an instant: 0 before the range. Inverse of {@link #micros} but for rounding. */
    double quantile(long micros) {
        long day = Math.floorDiv(micros, DAY_MICROS);
        if (day < startDay) {
            return 0;
        }
        if (day < startDay + range.length()) {
            return Math.min(range.quantile(startDay, micros), Math.nextDown(1.0));
        }
        long index = (long) Math.max(0, (day - endDay - 1) / DAYS_PER_YEAR);
        Year year = year(index);
        if (year != null && day < year.startDay) {
            index--;
            year = year(index);
        }
        while (year != null && day >= year.startDay + year.days.length()) {
            index++;
            year = year(index);
        }
        return 1 + (year == null ? index : index + year.days.quantile(year.startDay, micros)) / rangeYears;
    }

    /** The range's first microsecond. */
    long startMicros() {
        return startDay * DAY_MICROS;
    }

    /** The year number {@code index} beyond the range; null when it is after 9999. */
    private Year year(long index) {
        if (index < years.length) {
            Year known = years[(int) index];
            return known != null ? known : reckoned((int) index);
        }
        if (index > 10_000 - end.getYear()) {
            return null;
        }
        years = Arrays.copyOf(years, Math.max(2 * years.length, (int) index + 1));
        return reckoned((int) index);
    }

    private Year reckoned(int index) {
        LocalDate start = end.plusYears(index);
        LocalDate stop = end.plusYears(index + 1);
        if (stop.getYear() > 9_999 && !stop.equals(LocalDate.of(10_000, 1, 1))) {
            return null;
        }
        long first = start.toEpochDay();
        int days = (int) (stop.toEpochDay() - first);
        long kind = (long) start.getDayOfWeek().getValue() * 1_000 + days;
        years[index] = new Year(first, kindsOfYear.computeIfAbsent(kind, k -> new Days(weights(first, days))));
        return years[index];
    }

    private record Year(long startDay, Days days) {}

    private double[] weights(long startDay, int days) {
        double[] weights = new double[days];
        for (int i = 0; i < days; i++) {
            LocalDate date = LocalDate.ofEpochDay(startDay + i);
            weights[i] = monthWeights[date.getMonthValue() - 1] * weekdayWeights[date.getDayOfWeek().getValue() - 1];
        }
        double sum = Arrays.stream(weights).sum();
        if (sum <= 0) {
            Arrays.fill(weights, 1); // a block of days none of which has a weight
        }
        return weights;
    }

    /** Finds factors for months and weekdays such that both margins over the range are the season's weights. */
    private void fit(DateRange dates, Season season) {
        Arrays.fill(monthWeights, 1);
        Arrays.fill(weekdayWeights, 1);
        if (season.months().isEmpty() && season.days().isEmpty()) {
            return;
        }
        int days = (int) dates.days();
        int[] monthOf = new int[days];
        int[] weekdayOf = new int[days];
        double[] monthShare = new double[12];
        double[] weekdayShare = new double[7];
        for (int i = 0; i < days; i++) {
            LocalDate date = LocalDate.ofEpochDay(dates.startDay() + i);
            monthOf[i] = date.getMonthValue() - 1;
            weekdayOf[i] = date.getDayOfWeek().getValue() - 1;
            monthShare[monthOf[i]] += 1.0 / YearMonth.from(date).lengthOfMonth();
            weekdayShare[weekdayOf[i]]++;
        }
        boolean fitMonths = !season.months().isEmpty();
        boolean fitDays = !season.days().isEmpty();
        double[] monthTarget = fitMonths ? target(season.months(), monthShare) : null;
        double[] weekdayTarget = fitDays ? target(season.days(), weekdayShare, days) : null;
        for (int round = 0; round < FITTING_ROUNDS; round++) {
            if (fitMonths) {
                scale(monthWeights, monthOf, monthTarget, monthOf, weekdayOf);
            }
            if (fitDays) {
                scale(weekdayWeights, weekdayOf, weekdayTarget, monthOf, weekdayOf);
            }
        }
    }

    /** Each month's weight, as often as the month occurs in the range. */
    private static double[] target(List<Double> weights, double[] occurrences) {
        double[] target = new double[weights.size()];
        for (int i = 0; i < target.length; i++) {
            target[i] = weights.get(i) * occurrences[i];
        }
        return normal(target);
    }

    /** Each weekday's weight, if the range has that weekday at all. */
    private static double[] target(List<Double> weights, double[] occurrences, int days) {
        double[] target = new double[weights.size()];
        for (int i = 0; i < target.length; i++) {
            target[i] = occurrences[i] == 0 ? 0 : days < 7 * 4 ? weights.get(i) * occurrences[i] : weights.get(i);
        }
        return normal(target);
    }

    private static double[] normal(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length && sum > 0; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private void scale(double[] factors, int[] classOf, double[] target, int[] monthOf, int[] weekdayOf) {
        double[] sums = new double[factors.length];
        double all = 0;
        for (int i = 0; i < classOf.length; i++) {
            double weight = monthWeights[monthOf[i]] * weekdayWeights[weekdayOf[i]];
            sums[classOf[i]] += weight;
            all += weight;
        }
        for (int c = 0; c < factors.length; c++) {
            if (sums[c] > 0) {
                factors[c] *= target[c] * all / sums[c];
            } else {
                factors[c] = target[c] > 0 ? 1 : 0;
            }
        }
    }

    private void fillDayCurve(Season season) {
        double[] cells = new double[CELLS];
        Arrays.fill(cells, 1);
        if (!season.peaks().isEmpty()) {
            for (int cell = 0; cell < CELLS; cell++) {
                cells[cell] = 0;
                for (double peak : season.peaks()) {
                    cells[cell] += nearPeak((cell + 0.5) * 24 / CELLS, peak, season.peakDeviationHours());
                }
            }
        } else if (!season.hours().isEmpty()) {
            for (int cell = 0; cell < CELLS; cell++) {
                cells[cell] = season.hours().get(cell * 24 / CELLS);
            }
        }
        double sum = Arrays.stream(cells).sum();
        double before = 0;
        for (int cell = 0; cell < CELLS; cell++) {
            before += cells[cell];
            dayCurve[cell + 1] = cell == CELLS - 1 ? 1 : before / sum;
            double share = dayCurve[cell + 1] - dayCurve[cell];
            cellMicrosPerUnit[cell] = share > 0 ? CELL_MICROS / share : 0;
        }
    }

    /** The normal density about a peak, round the clock. */
    private static double nearPeak(double hour, double peak, double deviation) {
        double density = 0;
        for (int turn = -1; turn <= 1; turn++) {
            double z = (hour - peak + 24 * turn) / deviation;
            density += StrictMath.exp(-z * z / 2);
        }
        return density;
    }

    /** For each of {@code size} equal steps of [0, 1), the cell of a curve in which it begins. */
    private static int[] guide(double[] curve, int size) {
        int[] guide = new int[size];
        int cell = 0;
        for (int i = 0; i < size; i++) {
            while (cell < curve.length - 2 && curve[cell + 1] <= (double) i / size) {
                cell++;
            }
            guide[i] = cell;
        }
        return guide;
    }

    /** Consecutive days with their weights. */
    private final class Days {
        private final double[] curve;
        private final double[] perUnit;
        private final int[] guide;

        private Days(double[] weights) {
            this.curve = new double[weights.length + 1];
            this.perUnit = new double[weights.length];
            double sum = Arrays.stream(weights).sum();
            double before = 0;
            for (int i = 0; i < weights.length; i++) {
                before += weights[i];
                curve[i + 1] = i == weights.length - 1 ? 1 : Math.min(1, before / sum);
            }
            for (int i = 0; i < weights.length; i++) {
                double share = curve[i + 1] - curve[i];
                perUnit[i] = share > 0 ? 1 / share : 0;
            }
            this.guide = guide(curve, Math.min(MOST_GUIDES, Integer.highestOneBit(weights.length) * GUIDES_PER_DAY));
        }

        private int length() {
            return perUnit.length;
        }

        // Where the last instant lay: its day and the cell of that day. The next one of a stream in order lies there too, as a
        // rule, and needs no search.
        private int day;
        private double dayFrom;
        private double unitPerDay;
        private double cellMicros;
        private double cellFrom;
        private double cellUntil;
        private double microsPerUnit;

        private long micros(long startDay, double quantile) {
            // Of another day's quantiles this makes numbers outside [0, 1), and so outside the cell.
            double inDay = (quantile - dayFrom) * unitPerDay;
            if (inDay >= cellFrom && inDay < cellUntil) {
                return inCell(startDay, inDay);
            }
            find(quantile);
            return inCell(startDay, Math.min((quantile - dayFrom) * unitPerDay, LAST_OF_DAY));
        }

        private long inCell(long startDay, double inDay) {
            double inCell = Math.min((inDay - cellFrom) * microsPerUnit, CELL_MICROS - 1);
            return (startDay + day) * DAY_MICROS + (long) (cellMicros + inCell);
        }

        private void find(double quantile) {
            day = guide[(int) (quantile * guide.length)];
            while (curve[day + 1] <= quantile && day < perUnit.length - 1) {
                day++;
            }
            dayFrom = curve[day];
            unitPerDay = perUnit[day];
            double inDay = Math.min((quantile - dayFrom) * unitPerDay, LAST_OF_DAY);
            int cell = dayGuide[(int) (inDay * dayGuide.length)];
            while (dayCurve[cell + 1] <= inDay) {
                cell++;
            }
            cellMicros = cell * CELL_MICROS;
            cellFrom = dayCurve[cell];
            cellUntil = Math.min(dayCurve[cell + 1], SURELY_WITHIN_DAY);
            microsPerUnit = cellMicrosPerUnit[cell];
        }

        private double quantile(long startDay, long micros) {
            long epochDay = Math.floorDiv(micros, DAY_MICROS);
            double cells = (micros - epochDay * DAY_MICROS) / CELL_MICROS;
            int cell = Math.min(CELLS - 1, (int) cells);
            double inDay = dayCurve[cell] + (cells - cell) * (dayCurve[cell + 1] - dayCurve[cell]);
            int index = (int) (epochDay - startDay);
            return curve[index] + inDay * (curve[index + 1] - curve[index]);
        }
    }
}
