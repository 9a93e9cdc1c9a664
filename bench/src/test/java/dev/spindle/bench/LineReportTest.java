package dev.spindle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.plan.Arrivals;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReportTest {

    private static final long START = 1_700_000_000_000_000_000L;
    private static final long MILLI = 1_000_000;

    /** A thousand lines a millisecond apart, each seen 20 µs after its time but for one that is 5 ms late. */
    private static LineLog everyMilli() {
        LineLog log = new LineLog();
        for (int i = 0; i < 1_000; i++) {
            log.read();
            log.add(START + i * MILLI + (i == 500 ? 5 * MILLI : 20_000), START + i * MILLI);
        }
        return log;
    }

    @Test
    void shouldSayHowLateLinesWere() {
        List<String> lines = new LineReport(everyMilli(), 1_000, Arrivals.CONSTANT).lines();
        assertThat(lines.get(0)).contains("1000 in 0.999 s, 1000.00/s; 1.00 lines a read");
        assertThat(lines.get(1)).contains("error +0.00000 %");
        assertThat(lines.get(2)).contains("first 20.0, least 20.0, p50 20.0, p90 20.0, p99 20.0, p99.9 5000.0, max 5000.0; over 1 ms: 1");
        assertThat(lines.get(3)).contains("p50 1000.0").contains("within a tenth of the interval: 99.80 %");
    }

    @Test
    void shouldTakeTheTimesOfConstantArrivalsFromTheRateWhenLinesHaveNone() {
        LineLog log = new LineLog();
        for (int i = 0; i < 100; i++) {
            log.read();
            log.add(START + i * MILLI + (i == 0 ? 0 : 30_000), LineLog.UNKNOWN);
        }
        assertThat(new LineReport(log, 1_000, Arrivals.CONSTANT).lines().get(2)).contains("p50 30.0");
        assertThat(new LineReport(log, 1_000, Arrivals.POISSON).lines()).noneMatch(line -> line.startsWith("lag"));
    }

    @Test
    void shouldTellAnExponentialGapFromAnother() {
        LineLog log = new LineLog();
        double at = 0;
        for (int i = 0; i < 5_000; i++) {
            log.read();
            log.add(START + Math.round(at * MILLI), START + Math.round(at * MILLI));
            at -= StrictMath.log(1 - Draw.unit(7, i));
        }
        assertThat(p(new LineReport(log, 1_000, Arrivals.POISSON))).isGreaterThan(0.01);
        assertThat(p(new LineReport(everyMilli(), 1_000, Arrivals.POISSON))).isLessThan(1e-6);
    }

    private static double p(LineReport report) {
        return Double.parseDouble(report.lines().getLast().replaceAll(".* p ([0-9.]+) over.*", "$1"));
    }

    @Test
    void shouldFindTheFirstLineAfterAMomentAndCountThoseAround() {
        LineReport report = new LineReport(everyMilli(), 1_000, Arrivals.CONSTANT);
        List<String> marks = report.marks(List.of(
                new LineReport.Mark(true, 300 * MILLI - 500_000, "half a milli before"),
                new LineReport.Mark(false, START + 2_000 * MILLI, "after all")));
        assertThat(marks.get(0))
                .contains("half a milli before: first line meant after 0.500 ms, seen after 0.520 ms; lines in 100 ms before 100, after 100");
        assertThat(marks.get(1)).contains("after all: no line after it");
    }

    @Test
    void shouldSayNoMoreThanTheCountOfASingleLine() {
        LineLog log = new LineLog();
        log.add(START, START);
        assertThat(new LineReport(log, 1, Arrivals.CONSTANT).lines()).containsExactly("lines     1");
    }
}
