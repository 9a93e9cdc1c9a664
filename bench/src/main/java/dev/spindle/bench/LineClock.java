package dev.spindle.bench;

import dev.spindle.engine.plan.Arrivals;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A reader at the other end of a pipe that knows nothing of the generator: looks at the clock each time that it has been
 * given something, and says at the end when each line came, beside when it was meant to.
 *
 * <pre>
 *   spindle stream … --event-time live --sink console | LineClock rate=1000 arrivals=poisson [wait=block|spin] [marks=FILE]
 * </pre>
 *
 * <p>When a line was meant to come it says itself: with live event time, {@code _spindle_event_time} is the intended time
 * in microseconds of the wall clock. Lines without one are only counted and their gaps measured; with constant arrivals
 * their intended times are those of the rate, from the first line on.
 *
 * <p>A file of marks has a moment on each line, such as {@code +2000000000 burst begins}, in nanoseconds since the first line
 * was meant to come, without the plus of the wall clock: it is said when the first line behind the moment came.
 *
 * <p>A reader that blocks is woken some ten microseconds after the line was written, and lines that come meanwhile are seen
 * at once. One that spins takes a core to itself.
 */
public final class LineClock {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final byte[] TIME = "\"_spindle_event_time\":\"".getBytes(StandardCharsets.US_ASCII);

    private final LineLog log = new LineLog();
    private final byte[] line = new byte[1 << 16];
    private int lineLength;

    /** What was asked for on the command line. */
    private record Asked(double rate, Arrivals arrivals, boolean spins, Path marks) {
        static Asked parse(String[] args) {
            double rate = 0;
            Arrivals arrivals = Arrivals.POISSON;
            boolean spins = false;
            Path marks = null;
            for (String arg : args) {
                String value = arg.substring(arg.indexOf('=') + 1);
                switch (arg.substring(0, Math.max(0, arg.indexOf('=')))) {
                    case "rate" -> rate = Double.parseDouble(value);
                    case "arrivals" -> arrivals = Arrivals.valueOf(value.toUpperCase(Locale.ROOT));
                    case "wait" -> spins = value.equals("spin");
                    case "marks" -> marks = Path.of(value);
                    default -> throw new IllegalArgumentException(arg + ": is none of rate, arrivals, wait, marks");
                }
            }
            return new Asked(rate, arrivals, spins, marks);
        }
    }

    public static void main(String[] args) throws IOException {
        Asked asked = Asked.parse(args);
        warmUp();
        LineLog log = read(new FileInputStream(FileDescriptor.in), asked.spins());
        LineReport report = new LineReport(log, asked.rate(), asked.arrivals());
        report.lines().forEach(System.out::println);
        report.marks(marks(asked.marks())).forEach(System.out::println);
    }

    private static List<LineReport.Mark> marks(Path file) throws IOException {
        List<LineReport.Mark> marks = new ArrayList<>();
        for (String text : file == null ? List.<String>of() : Files.readAllLines(file)) {
            String[] words = text.split(" ", 2);
            marks.add(new LineReport.Mark(words[0].startsWith("+"), Long.parseLong(words[0]), words[1]));
        }
        return marks;
    }

    /** So that the reader's own first seconds are not what is measured. */
    private static void warmUp() throws IOException {
        byte[] lines = "{\"a\":1,\"_spindle_event_time\":\"2026-01-01T00:00:00.123456Z\",\"_spindle_is_anomaly\":false}\n"
                .repeat(200)
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 200; i++) {
            read(new ByteArrayInputStream(lines), false);
        }
    }

    /** Writes down all lines until the input ends. */
    static LineLog read(InputStream in, boolean spins) throws IOException {
        LineClock clock = new LineClock();
        clock.follow(in, spins);
        return clock.log;
    }

    private void follow(InputStream in, boolean spins) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            while (spins && in.available() == 0 && !log.isSilent()) {
                Thread.onSpinWait();
            }
            int length = in.read(buffer);
            long seen = LineLog.wallNanos();
            if (length < 0) {
                return;
            }
            log.read();
            take(buffer, length, seen);
        }
    }

    private void take(byte[] buffer, int length, long seen) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                keep(buffer, start, i);
                log.add(seen, intendedNanos());
                lineLength = 0;
                start = i + 1;
            }
        }
        keep(buffer, start, length);
    }

    private void keep(byte[] from, int start, int end) {
        int most = Math.min(end - start, line.length - lineLength);
        System.arraycopy(from, start, line, lineLength, most);
        lineLength += most;
    }

    /** The event time of the line, in nanoseconds of the wall clock; {@link LineLog#UNKNOWN} when it says none. */
    private long intendedNanos() {
        for (int i = lineLength - TIME.length; i >= 0; i--) {
            if (line[i] == '"' && matches(i)) {
                return IsoTime.nanos(line, i + TIME.length);
            }
        }
        return LineLog.UNKNOWN;
    }

    private boolean matches(int at) {
        for (int i = 1; i < TIME.length; i++) {
            if (line[at + i] != TIME[i]) {
                return false;
            }
        }
        return true;
    }
}
