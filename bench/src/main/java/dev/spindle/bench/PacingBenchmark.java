package dev.spindle.bench;

import dev.spindle.engine.host.ClockGaps;
import dev.spindle.engine.pace.KsFigure;
import dev.spindle.engine.pipeline.Pinning;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.RetuneAck;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.time.HybridWaiting.Core;
import dev.spindle.engine.time.SystemClock;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How exactly the pace stage lets events go, beside a bare spin loop that does nothing else but wait for the same
 * intended times, in the same run on the same machine.
 *
 * <pre>
 *   plan ──► pace stage ──► a stage that reads the clock and keeps (release − intended)
 *   the same intended times ──► while (clock &lt; intended) {} ──► the same
 * </pre>
 *
 * <p>All of it is a program of its own and not an average over runs: percentiles of single events are what counts.
 *
 * <pre>
 *   PacingBenchmark [seconds=10] [rates=100,1000,10000,100000,1000000] [seeds=20] [core=own|shared|crowded] [cpu=N] [parts=…]
 * </pre>
 */
public final class PacingBenchmark {

    private static final long SECOND = 1_000_000_000L;
    private static final int WARM_UP_ROUNDS = 5;
    private static final int MOST_EVENTS = 12_000_000;

    private final PacingArguments arguments;
    private final PrintStream out;
    private Report report;

    private PacingBenchmark(PacingArguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        new PacingBenchmark(PacingArguments.parse(args), System.out).run(args);
    }

    /** Runs every part on this thread. */
    private void run(String[] args) throws Exception {
        report = Report.begin("PacingBenchmark", args);
        if (arguments.cpu() >= 0) {
            Pinning.pinTo(arguments.cpu()).ifPresent(why -> print("not pinned: %s", why));
        }
        printClock();
        warmUp();
        Set<String> parts = arguments.parts();
        if (parts.contains("lag")) {
            lag();
        }
        if (parts.contains("ks")) {
            goodnessOfFit();
        }
        if (parts.contains("burst")) {
            burstBoundary();
        }
        if (parts.contains("retune")) {
            retuneReaction();
        }
        if (parts.contains("cpu")) {
            processorTime();
        }
        if (parts.contains("throughput")) {
            throughput();
        }
    }

    private void printClock() {
        print("waiting   %s%s", arguments.core(), arguments.cpu() < 0 ? "" : ", pinned to core " + arguments.cpu());
        ClockGaps gaps = ClockGaps.measure(SystemClock.INSTANCE, Duration.ofSeconds(2));
        print("bare spin clock gaps p50 %d ns, p99 %d ns, p99.99 %d ns, max %.3f ms; %.2f %% of the time taken away,"
                        + " %d gaps over 1 ms in %.1f s",
                gaps.p50Nanos(), gaps.p99Nanos(), gaps.p9999Nanos(), gaps.maxNanos() / 1e6,
                100 * gaps.stolenShare(), gaps.overMilli(), gaps.seconds());
    }

    /**
     * Everything that is going to happen happens here some times, in turn: many events, few events, waits that are parked,
     * and the manual clock that computes intended times. Else the JIT compiler makes code for one of them, has to throw it
     * away at the next, and at a hundred events a second does not come to make it anew while that is measured.
     */
    private void warmUp() {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (Arrivals arrivals : Arrivals.values()) {
                // 10,000 overdue from the start, 20,000 at 200,000/s, 200 at 2,000/s, and the rest at 40/s
                RunPlan plan = plan(40, arrivals)
                        .bursts(List.of(
                                new BurstWindow(0, SECOND / 1_000, 250_000),
                                new BurstWindow(SECOND / 1_000, SECOND / 10, 5_000),
                                new BurstWindow(SECOND / 5, SECOND / 10, 50)))
                        .build();
                BareSpin.releases(PacedRun.intendedNanos(plan, round, 30_000));
                new PacedRun(plan, round, arguments.core(), 30_215).run();
            }
        }
    }

    private void lag() {
        print("%nlag in ns (pace stage / bare spin); rate error of the pace stage; events late by 1 ms of its own fault");
        print("%-9s %9s %9s | %8s %8s | %9s %9s | %10s %10s | %10s %10s | %10s %7s", "arrivals", "rate", "events",
                "p50", "spin", "p99", "spin", "p99.9", "spin", "max", "spin", "rate error", "missed");
        for (Arrivals arrivals : Arrivals.values()) {
            for (double rate : arguments.rates()) {
                int events = (int) Math.min(MOST_EVENTS, Math.max(10, rate * arguments.seconds()));
                RunPlan plan = plan(rate, arrivals).build();
                PacedRun paced = new PacedRun(plan, 42, arguments.core(), events).run();
                long[] intended = PacedRun.intendedNanos(plan, 42, events);
                long[] bare = PacedRun.lags(intended, BareSpin.releases(intended));
                long[] own = paced.lags();
                Arrays.sort(own);
                Arrays.sort(bare);
                print("%-9s %9.0f %9d | %8d %8d | %9d %9d | %10d %10d | %10d %10d | %9.5f%% %7d",
                        arrivals.name().toLowerCase(Locale.ROOT), rate, events,
                        at(own, 0.5), at(bare, 0.5), at(own, 0.99), at(bare, 0.99), at(own, 0.999), at(bare, 0.999),
                        at(own, 1), at(bare, 1), 100 * paced.stats().rateError(), paced.stats().missed());
                String name = String.format(Locale.ROOT, "%s, %,.0f/s", arrivals.name().toLowerCase(Locale.ROOT), rate);
                report.figure(name, "p50 ns", at(own, 0.5));
                report.figure(name, "p50 of the spin ns", at(bare, 0.5));
                report.figure(name, "p99 ns", at(own, 0.99));
                report.figure(name, "p99 of the spin ns", at(bare, 0.99));
                report.figure(name, "p99.9 ns", at(own, 0.999));
                report.figure(name, "p99.9 of the spin ns", at(bare, 0.999));
                report.figure(name, "rate error %", 100 * paced.stats().rateError());
            }
        }
    }

    private void goodnessOfFit() {
        print("%nKolmogorov-Smirnov of the gaps between releases against the exponential, %d seeds; p > 0.01 is good",
                arguments.seeds());
        for (double rate : new double[] {1_000, 10_000}) {
            RunPlan plan = plan(rate, Arrivals.POISSON).build();
            int events = (int) (rate * arguments.seconds());
            int good = 0;
            int goodBare = 0;
            double least = 1;
            double leastOwn = 1;
            for (int seed = 1; seed <= arguments.seeds(); seed++) {
                PacedRun paced = new PacedRun(plan, seed, arguments.core(), events).run();
                double p = exponentialP(paced.releases(), rate);
                good += p > 0.01 ? 1 : 0;
                least = Math.min(least, p);
                leastOwn = Math.min(leastOwn, paced.stats().arrivalsFit().p());
                goodBare += exponentialP(BareSpin.releases(PacedRun.intendedNanos(plan, seed, events)), rate) > 0.01 ? 1 : 0;
            }
            String name = String.format(Locale.ROOT, "gaps at %,.0f/s", rate);
            report.figure(name, "good seeds %", 100.0 * good / arguments.seeds());
            report.figure(name, "good seeds of the spin %", 100.0 * goodBare / arguments.seeds());
            print("rate %6.0f: good in %d of %d (bare spin: %d), least p %.4f (the stage's own figure: %.4f), %d gaps each",
                    rate, good, arguments.seeds(), goodBare, least, leastOwn, events - 1);
        }
    }

    private static double exponentialP(long[] releases, double rate) {
        double[] gaps = new double[releases.length - 1];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (releases[i + 1] - releases[i]) * rate / 1e9;
        }
        Arrays.sort(gaps);
        return KsFigure.exponential(gaps).p();
    }

    private void burstBoundary() {
        print("%nfirst event of a burst after its boundary (one event a minute, then 10,000/s), in µs");
        long[] after = new long[arguments.seeds()];
        for (int seed = 0; seed < after.length; seed++) {
            RunPlan plan = plan(1.0 / 60, Arrivals.CONSTANT)
                    .addBurst(new BurstWindow(SECOND / 4, SECOND, 600_000))
                    .build();
            PacedRun paced = new PacedRun(plan, seed, arguments.core(), 200).run();
            // Before the boundary the intensity has run up a quarter of a second's part of a unit; the rest takes 100 µs.
            after[seed] = paced.releases()[1] - SECOND / 4;
        }
        report.figure("first event after the boundary of a burst, due after 100", "µs", micros(after));
        printMicros(after);
    }

    private void retuneReaction() throws Exception {
        print("%nfrom the call of a retune (one event an hour to 10,000/s) to its first event, in µs; intended 100 µs");
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            Reaction.measure(arguments.core(), i);
            BareUnpark.nanos(1);
        }
        long[] first = new long[arguments.seeds()];
        long[] applied = new long[arguments.seeds()];
        long[] bare = new long[arguments.seeds()];
        for (int i = 0; i < first.length; i++) {
            Reaction reaction = Reaction.measure(arguments.core(), i);
            applied[i] = reaction.appliedNanos();
            first[i] = reaction.firstNanos();
            bare[i] = BareUnpark.nanos(100);
        }
        report.figure("retune applied after its call", "µs", micros(applied));
        report.figure("first event after the call of a retune, due after 100", "µs", micros(first));
        print("applied:");
        printMicros(applied);
        print("first event:");
        printMicros(first);
        print("a parked thread that does nothing else, from the call that wakes it:");
        printMicros(bare);
    }

    /** How soon a retune acts, counted from its call. */
    private record Reaction(long appliedNanos, long firstNanos) {

        private static Reaction measure(Core core, int seed) throws InterruptedException {
            PacedRun paced = new PacedRun(plan(1.0 / 3600, Arrivals.CONSTANT).build(), seed, core, 100);
            RetuneAck[] ack = new RetuneAck[1];
            long[] calledNanos = new long[1];
            Thread control = Thread.ofPlatform().start(() -> {
                paced.awaitRelease(0);
                BareUnpark.sleep(100);
                calledNanos[0] = paced.runNanos();
                ack[0] = paced.retune(10_000);
            });
            paced.run();
            control.join();
            return new Reaction(
                    ack[0].appliedAtNanos() - calledNanos[0],
                    paced.releases()[(int) ack[0].effectiveSequence()] - calledNanos[0]);
        }
    }

    private void processorTime() {
        print("%nprocessor time of the pacing thread");
        var threads = ManagementFactory.getThreadMXBean();
        for (double rate : new double[] {1, 10, 100, 1_000, 10_000}) {
            int events = (int) Math.max(2, rate * arguments.seconds());
            PacedRun paced = new PacedRun(plan(rate, Arrivals.POISSON).build(), 5, arguments.core(), events);
            long cpuBefore = threads.getCurrentThreadCpuTime();
            long before = System.nanoTime();
            paced.run();
            print("rate %6.0f: %.2f %% of a core", rate,
                    100.0 * (threads.getCurrentThreadCpuTime() - cpuBefore) / (System.nanoTime() - before));
        }
    }

    private void throughput() {
        print("%nevents through the stage as fast as it goes");
        print("unpaced                : %6.1f ns an event", PacedRun.nanosPerEvent(RunPlan.draft().build(), 50_000_000));
        for (Arrivals arrivals : Arrivals.values()) {
            print("always overdue %-8s: %6.1f ns an event", arrivals.name().toLowerCase(Locale.ROOT),
                    PacedRun.nanosPerEvent(plan(1e9, arrivals).build(), 20_000_000));
        }
    }

    private static PlanDraft plan(double rate, Arrivals arrivals) {
        return RunPlan.draft().paced(true).ratePerSecond(rate).arrivals(arrivals);
    }

    private static long at(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (quantile * sorted.length))];
    }

    private static double[] micros(long[] nanos) {
        return Arrays.stream(nanos).mapToDouble(one -> one / 1e3).toArray();
    }

    private void printMicros(long[] nanos) {
        Arrays.sort(nanos);
        print("  least %.1f, median %.1f, most %.1f (%d runs)", nanos[0] / 1e3, at(nanos, 0.5) / 1e3, at(nanos, 1) / 1e3,
                nanos.length);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
