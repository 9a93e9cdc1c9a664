package dev.spindle.control.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** A log of interval histograms as HdrHistogram's own tools read it; values are nanoseconds. */
final class HdrLog {

    /** Maximum values are shown in milliseconds, as the log's legend says. */
    private static final double NANOS_PER_MILLI = 1_000_000.0;

    private final PrintStream out;
    private final HistogramLogWriter writer;
    private final long originMillis;
    private long intervalStartMillis;

    private HdrLog(PrintStream out, long originMillis) {
        this.out = out;
        this.writer = new HistogramLogWriter(out);
        this.originMillis = originMillis;
        this.intervalStartMillis = originMillis;
    }

    static HdrLog open(Path file) throws IOException {
        long now = System.currentTimeMillis();
        HdrLog log = new HdrLog(new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8), now);
        log.writer.outputComment("[Latency from the intended send time to the sink's acknowledgement, in nanoseconds]");
        log.writer.outputLogFormatVersion();
        log.writer.outputStartTime(now);
        log.writer.setBaseTime(now);
        log.writer.outputLegend();
        log.check();
        return log;
    }

    /** Adds what came in since the last interval. */
    synchronized void write(Histogram interval, long nowMillis) throws IOException {
        interval.setStartTimeStamp(intervalStartMillis);
        interval.setEndTimeStamp(nowMillis);
        writer.outputIntervalHistogram(
                (intervalStartMillis - originMillis) / 1_000.0, (nowMillis - originMillis) / 1_000.0, interval, NANOS_PER_MILLI);
        intervalStartMillis = nowMillis;
        check();
    }

    synchronized void close() throws IOException {
        check();
        out.close();
    }

    /** A print stream keeps its errors to itself until it is asked, and does not say what they were. */
    private void check() throws IOException {
        if (out.checkError()) {
            throw new IOException("the disk is full, or the file has gone");
        }
    }
}
