package dev.spindle.control.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

class IntervalLogTest {

    private static final int DIGITS = 3;
    private static final long START = 1_790_000_000_000L;

    private static List<Histogram> read(IntervalLog log) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        log.write("[test]", new PrintStream(bytes));
        HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(bytes.toByteArray()));
        List<Histogram> intervals = new ArrayList<>();
        while (reader.hasNext()) {
            intervals.add((Histogram) reader.nextIntervalHistogram());
        }
        return intervals;
    }

    @Test
    void shouldKeepEverySecondApart() {
        IntervalLog log = new IntervalLog(START, 100);
        Histogram total = new Histogram(DIGITS);
        for (int second = 1; second <= 5; second++) {
            total.recordValueWithCount(second * 1_000L, second);
            log.second(total.copy(), START + second * 1_000L);
        }
        total.recordValue(77);
        log.last(total.copy(), START + 5_300);
        List<Histogram> intervals = read(log);
        assertThat(intervals).extracting(Histogram::getTotalCount).containsExactly(1L, 2L, 3L, 4L, 5L, 1L);
        assertThat(intervals.get(4).getMaxValue()).isEqualTo(5_003);
        assertThat(intervals.get(5).getStartTimeStamp()).isEqualTo(START + 5_000);
        assertThat(intervals.get(5).getEndTimeStamp()).isEqualTo(START + 5_300);
    }

    @Test
    void shouldStayBoundedAndLoseNothingHoweverLongItTakes() {
        IntervalLog log = new IntervalLog(START, 16);
        Histogram total = new Histogram(DIGITS);
        int seconds = 1_000;
        for (int second = 1; second <= seconds; second++) {
            total.recordValue(second);
            log.second(total.copy(), START + second * 1_000L);
        }
        log.last(total.copy(), START + seconds * 1_000L);
        List<Histogram> intervals = read(log);
        assertThat(intervals).hasSizeLessThanOrEqualTo(17);
        assertThat(intervals.stream().mapToLong(Histogram::getTotalCount).sum()).isEqualTo(seconds);
        Histogram whole = new Histogram(DIGITS);
        intervals.forEach(whole::add);
        assertThat(whole).isEqualTo(total);
        for (int i = 1; i < intervals.size(); i++) {
            assertThat(intervals.get(i).getStartTimeStamp()).isEqualTo(intervals.get(i - 1).getEndTimeStamp());
        }
    }
}
