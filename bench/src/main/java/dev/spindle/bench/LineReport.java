package dev.spindle.bench;

import dev.spindle.engine.pace.KsFigure;
import dev.spindle.engine.plan.Arrivals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a {@link LineLog} says about the pace. */
final class LineReport {

    /** Gaps that the test of the arrival process looks at: the first ones. More would find the pipe's own part. */
    private static final int MOST_TESTED = 10_000;

    private static final double MICROS = 1e3;
    private static final double SECONDS = 1e9;
    private static final double SAME = 0.1;

    private final LineLog log;
    private final double rate;
    private final Arrivals arrivals;
    private final long[] intended;

    /** A moment to look at, in nanoseconds of the wall clock or since the first line was meant to come. */
    record Mark(boolean relative, long nanos, String label) {}

    LineReport(LineLog log, double rate, Arrivals arrivals) {
        this.log = log;
        this.rate = rate;
        this.arrivals = arrivals;
        this.intended = intended();
    }

    /** From the lines themselves, or for constant arrivals from the rate; null when neither can be had. */
    private long[] intended() {
        if (!log.isTimed() && (rate <= 0 || arrivals != Arrivals.CONSTANT)) {
            return null;
        }
        long[] times = new long[log.lines()];
        for (int i = 0; i < times.length; i++) {
            times[i] = log.isTimed() ? log.intended(i) : log.seen(0) + Math.round(i * SECONDS / rate);
        }
        return times;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int n = log.lines();
        if (n < 2) {
            return List.of("lines     " + n);
        }
        double seconds = (log.seen(n - 1) - log.seen(0)) / SECONDS;
        lines.add(format("lines     %d in %.3f s, %.2f/s; %.2f lines a read", n, seconds, (n - 1) / seconds, (double) n / log.reads()));
        if (intended != null) {
            long meant = intended[n - 1] - intended[0];
            lines.add(format("rate      error %+.5f %%", 100.0 * (log.seen(n - 1) - log.seen(0) - meant) / meant));
            lines.add(lag());
        }
        lines.add(gaps());
        return lines;
    }

    private String lag() {
        long[] lags = new long[log.lines()];
        for (int i = 0; i < lags.length; i++) {
            lags[i] = log.seen(i) - intended[i];
        }
        String first = format("%.1f", lags[0] / MICROS);
        Arrays.sort(lags);
        return format(
                "lag us    first %s, least %.1f, p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, max %.1f; over 1 ms: %d",
                first, lags[0] / MICROS, at(lags, 0.5), at(lags, 0.9), at(lags, 0.99), at(lags, 0.999), at(lags, 1),
                Arrays.stream(lags).filter(lag -> lag > 1_000_000).count());
    }

    private String gaps() {
        long[] gaps = new long[log.lines() - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = log.seen(i + 1) - log.seen(i);
        }
        double[] tested = new double[Math.min(gaps.length, MOST_TESTED)];
        double perSecond = rate > 0 ? rate : gaps.length * SECONDS / (log.seen(gaps.length) - log.seen(0));
        for (int i = 0; i < tested.length; i++) {
            tested[i] = gaps[i] * perSecond / SECONDS;
        }
        Arrays.sort(tested);
        Arrays.sort(gaps);
        String text = format("gaps us   p1 %.1f, p50 %.1f, p99 %.1f, max %.1f", at(gaps, 0.01), at(gaps, 0.5), at(gaps, 0.99), at(gaps, 1));
        if (arrivals == Arrivals.POISSON) {
            KsFigure fit = KsFigure.exponential(tested);
            return text + format("; exponential: d %.4f, p %.4f over %d", fit.d(), fit.p(), fit.n());
        }
        long same = Arrays.stream(tested).filter(gap -> Math.abs(gap - 1) <= SAME).count();
        return text + format("; within a tenth of the interval: %.2f %%", 100.0 * same / tested.length);
    }

    /** When the first line after each moment came, and how many came in the tenth of a second before and after. */
    List<String> marks(List<Mark> marks) {
        List<String> lines = new ArrayList<>();
        for (Mark mark : marks) {
            long at = mark.relative() && log.lines() > 0 ? mark.nanos() + (intended == null ? log.seen(0) : intended[0]) : mark.nanos();
            int first = 0;
            while (first < log.lines() && meant(first) < at) {
                first++;
            }
            if (first == log.lines()) {
                lines.add("mark      " + mark.label() + ": no line after it");
                continue;
            }
            lines.add(format(
                    "mark      %s: first line meant after %.3f ms, seen after %.3f ms; lines in 100 ms before %d, after %d",
                    mark.label(), (meant(first) - at) / 1e6, (log.seen(first) - at) / 1e6,
                    between(at - 100_000_000, at), between(at, at + 100_000_000)));
        }
        return lines;
    }

    private long meant(int i) {
        return intended == null ? log.seen(i) : intended[i];
    }

    private int between(long from, long to) {
        int count = 0;
        for (int i = 0; i < log.lines(); i++) {
            count += log.seen(i) >= from && log.seen(i) < to ? 1 : 0;
        }
        return count;
    }

    private static double at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (quantile * sorted.length))] / MICROS;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
