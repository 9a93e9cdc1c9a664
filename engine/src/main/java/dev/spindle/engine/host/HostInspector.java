package dev.spindle.engine.host;

import dev.spindle.engine.time.HybridWaiting;
import dev.spindle.engine.time.NanoClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures and reads what decides how exactly this host can pace: the jitter of a bare spin, the lateness of parks, and
 * Linux's settings (see {@link KernelSettings}).
 */
public final class HostInspector {

    private static final double MOST_STOLEN_SHARE = 0.005;
    private static final long LONGEST_GAP_NANOS = 1_000_000;
    private static final int PARKS = 200;
    private static final long PARK_NANOS = 100_000;
    private static final long MOST_PARK_P50_NANOS = 60_000;
    private static final long MOST_PARK_P99_NANOS = 200_000;

    private final NanoClock clock;
    private final KernelSettings settings;

    /**
     * An inspector of this machine.
     *
     * @param root where the file system that describes it begins: {@code /}
     */
    public HostInspector(NanoClock clock, Path root) {
        this.clock = clock;
        this.settings = new KernelSettings(root);
    }

    /** Looks at everything; takes {@code spin} and some tens of milliseconds, on this thread. */
    public HostReport inspect(Duration spin) {
        ClockGaps gaps = ClockGaps.measure(clock, spin);
        List<HostCheck> checks = new ArrayList<>();
        checks.add(clockJitter(gaps));
        checks.add(parkLateness(measureParks()));
        checks.addAll(settings.checks());
        return new HostReport(checks, gaps);
    }

    static HostCheck clockJitter(ClockGaps gaps) {
        String found = String.format(
                Locale.ROOT,
                "p50 %s, p99.99 %s, longest %s, %.2f %% of the time taken away",
                micros(gaps.p50Nanos()),
                micros(gaps.p9999Nanos()),
                micros(gaps.maxNanos()),
                100 * gaps.stolenShare());
        return HostCheck.of(
                "clock jitter",
                found,
                gaps.stolenShare() <= MOST_STOLEN_SHARE && gaps.maxNanos() <= LONGEST_GAP_NANOS,
                "Something else runs on the core: stop it, or pin the run with --cpus to cores that are isolated."
                        + " On a virtual machine ask for dedicated cores.");
    }

    /** How late parks end, in ascending order of nanoseconds. */
    private long[] measureParks() {
        new HybridWaiting(clock, HybridWaiting.Core.OWN).start();
        long[] late = new long[PARKS];
        for (int i = 0; i < PARKS; i++) {
            long before = clock.nanoTime();
            LockSupport.parkNanos(PARK_NANOS);
            late[i] = clock.nanoTime() - before - PARK_NANOS;
        }
        Arrays.sort(late);
        return late;
    }

    static HostCheck parkLateness(long[] sortedNanos) {
        long p50 = sortedNanos[sortedNanos.length / 2];
        long p99 = sortedNanos[sortedNanos.length * 99 / 100];
        return HostCheck.of(
                "park lateness",
                "p50 " + micros(p50) + ", p99 " + micros(p99),
                p50 <= MOST_PARK_P50_NANOS && p99 <= MOST_PARK_P99_NANOS,
                "Sleeping threads wake late, so more has to be spun: stop what else runs, and forbid deep idle states"
                        + " (kernel parameter cpuidle.off=1, or idle=poll on cores that are only for this).");
    }

    private static String micros(long nanos) {
        return nanos < 10_000 ? nanos + " ns" : String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
    }
}
