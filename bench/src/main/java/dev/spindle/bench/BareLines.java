package dev.spindle.bench;

import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.RunPlan;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * The least that a generator can do, for {@link LineClock} to read: spins until each time comes and writes a line of the
 * usual length that says when it was meant to come. What is late here is the pipe's, the reader's and the machine's part.
 *
 * <pre>
 *   BareLines rate=1000 seconds=5 arrivals=poisson | LineClock rate=1000 arrivals=poisson
 * </pre>
 */
public final class BareLines {

    private static final int LINE_BYTES = 340;
    private static final int MOST_AT_ONCE = 100;
    /** What the reader may take to be ready. */
    private static final long READER_NANOS = 1_000_000_000;
    private static final String SHAPE = "%s{\"_spindle_event_time\":\"0000-00-00T00:00:00.000000Z\"}\n";
    private static final int TIME_AT = LINE_BYTES - "0000-00-00T00:00:00.000000Z\"}\n".length();

    private BareLines() {}

    public static void main(String[] args) throws IOException {
        double rate = 1_000;
        double seconds = 5;
        Arrivals arrivals = Arrivals.POISSON;
        for (String arg : args) {
            String value = arg.substring(arg.indexOf('=') + 1);
            switch (arg.substring(0, Math.max(0, arg.indexOf('=')))) {
                case "rate" -> rate = Double.parseDouble(value);
                case "seconds" -> seconds = Double.parseDouble(value);
                case "arrivals" -> arrivals = Arrivals.valueOf(value.toUpperCase(Locale.ROOT));
                default -> throw new IllegalArgumentException(arg + ": is none of rate, seconds, arrivals");
            }
        }
        RunPlan plan = RunPlan.draft().paced(true).ratePerSecond(rate).arrivals(arrivals).build();
        long[] intended = PacedRun.intendedNanos(plan, 42, (int) Math.max(2, rate * seconds));
        try (FileOutputStream nowhere = new FileOutputStream("/dev/null");
                FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            long[] rehearsed = PacedRun.intendedNanos(plan.edit().ratePerSecond(200_000).build(), 42, 30_000);
            send(rehearsed, nowhere.getChannel(), 0);
            send(intended, out.getChannel(), READER_NANOS);
        }
    }

    private static void send(long[] intended, FileChannel channel, long aheadNanos) throws IOException {
        ByteBuffer lines = ByteBuffer.allocateDirect(LINE_BYTES * MOST_AT_ONCE);
        byte[] line = SHAPE.formatted(" ".repeat(LINE_BYTES - SHAPE.length() + 2)).getBytes(StandardCharsets.US_ASCII);
        Instant now = Instant.ofEpochSecond(0, LineLog.wallNanos());
        long origin = System.nanoTime() + aheadNanos;
        long originMicros = (LineLog.wallNanos() + origin - System.nanoTime()) / 1_000;
        byte[] date = now.toString().substring(0, 11).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(date, 0, line, TIME_AT, date.length);
        for (int i = 0; i < intended.length; ) {
            while (System.nanoTime() < origin + intended[i]) {
                Thread.onSpinWait();
            }
            long due = System.nanoTime() - origin;
            lines.clear();
            while (i < intended.length && intended[i] <= due && lines.position() < lines.capacity()) {
                writeTime(line, originMicros + intended[i] / 1_000);
                lines.put(line);
                i++;
            }
            lines.flip();
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
        }
    }

    private static void writeTime(byte[] line, long epochMicros) {
        long ofDay = Math.floorMod(epochMicros, 86_400_000_000L);
        long seconds = ofDay / 1_000_000;
        digits(line, TIME_AT + 11, seconds / 3_600, 2);
        digits(line, TIME_AT + 14, seconds / 60 % 60, 2);
        digits(line, TIME_AT + 17, seconds % 60, 2);
        digits(line, TIME_AT + 20, ofDay % 1_000_000, 6);
    }

    private static void digits(byte[] line, int at, long value, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            line[at + i] = (byte) ('0' + value % 10);
            value /= 10;
        }
    }
}
