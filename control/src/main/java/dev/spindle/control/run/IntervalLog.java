package dev.spindle.control.run;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A run's figures second by second, in bounded memory: intervals are kept compressed (a few kilobytes each at most), and
 * when there are too many, neighbours are put together and later intervals are twice as long.
 */
public final class IntervalLog {

    private static final int MOST_INTERVALS = 1_200;
    private static final int DIGITS = 3;

    private record Interval(long startMillis, long endMillis, byte[] compressed) {}

    private final int mostIntervals;
    private List<Interval> intervals = new ArrayList<>();
    private Histogram total = empty();
    private Histogram growing = empty();
    private long startMillis;
    private long endMillis;
    private int secondsEach = 1;
    private int seconds;

    /** A log that begins at {@code startMillis} since the epoch. */
    public IntervalLog(long startMillis) {
        this(startMillis, MOST_INTERVALS);
    }

    IntervalLog(long startMillis, int mostIntervals) {
        this.startMillis = startMillis;
        this.mostIntervals = mostIntervals;
    }

    /** A second has passed: {@code now} is everything so far, and is not changed by anyone any more. */
    synchronized void second(Histogram now, long atMillis) {
        add(now, atMillis);
        if (++seconds >= secondsEach) {
            close();
        }
    }

    /** The run is over: {@code now} is everything. */
    synchronized void last(Histogram now, long atMillis) {
        add(now, atMillis);
        if (growing.getTotalCount() > 0) {
            close();
        }
    }

    private void add(Histogram now, long atMillis) {
        growing.add(Snapshot.between(total, now));
        total = now;
        endMillis = atMillis;
    }

    private void close() {
        intervals.add(new Interval(startMillis, endMillis, compressed(growing)));
        growing = empty();
        startMillis = endMillis;
        seconds = 0;
        if (intervals.size() >= mostIntervals) {
            halve();
        }
    }

    private void halve() {
        List<Interval> halved = new ArrayList<>();
        for (int i = 0; i < intervals.size(); i += 2) {
            Interval first = intervals.get(i);
            Interval second = intervals.get(Math.min(i + 1, intervals.size() - 1));
            Histogram both = decoded(first);
            if (second != first) {
                both.add(decoded(second));
            }
            halved.add(new Interval(first.startMillis, second.endMillis, compressed(both)));
        }
        intervals = halved;
        secondsEach *= 2;
    }

    private static Histogram empty() {
        Histogram histogram = new Histogram(DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    static byte[] compressed(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_SPEED);
        return Arrays.copyOf(buffer.array(), length);
    }

    private static Histogram decoded(Interval interval) {
        try {
            Histogram histogram = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(interval.compressed), 1);
            histogram.setAutoResize(true);
            return histogram;
        } catch (DataFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the intervals in HdrHistogram's log format; the maxima in its text column are in milliseconds. */
    public synchronized void write(String comment, PrintStream out) {
        HistogramLogWriter log = new HistogramLogWriter(out);
        log.outputComment(comment);
        log.outputLogFormatVersion();
        long base = intervals.isEmpty() ? startMillis : intervals.getFirst().startMillis;
        log.outputStartTime(base);
        log.setBaseTime(base);
        log.outputLegend();
        for (Interval interval : intervals) {
            Histogram histogram = decoded(interval);
            histogram.setStartTimeStamp(interval.startMillis);
            histogram.setEndTimeStamp(interval.endMillis);
            log.outputIntervalHistogram(histogram);
        }
    }
}
