package dev.spindle.engine.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Linux says about its processors, clock and memory in {@code /proc} and {@code /sys} (proc(5), and
 * Documentation/ABI and admin-guide of the kernel). What it does not say is no reason to warn.
 */
final class KernelSettings {

    private static final String CPUS = "sys/devices/system/cpu";
    private static final String NOT_SAID = "not said";
    private static final int FEWEST_CPUS = 4;
    private static final Set<String> FAST_CLOCKS = Set.of("tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page");

    private final Path root;

    KernelSettings(Path root) {
        this.root = root;
    }

    List<HostCheck> checks() {
        return List.of(
                clockSource(),
                allowedCpus(),
                cpuQuota(),
                load(),
                governor(),
                smt(),
                isolated(),
                tickless(),
                timerSlack(),
                hugePages());
    }

    HostCheck clockSource() {
        Optional<String> source = read("sys/devices/system/clocksource/clocksource0/current_clocksource");
        return HostCheck.of(
                "clock source",
                source.orElse(NOT_SAID),
                source.isEmpty() || FAST_CLOCKS.contains(source.get()),
                "Reading this clock is a system call of a microsecond or more: boot with clocksource=tsc if the"
                        + " processor's counter is stable.");
    }

    HostCheck allowedCpus() {
        Optional<String> list = read("proc/self/status").flatMap(status -> status.lines()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst());
        int count = list.map(KernelSettings::cpusIn).orElse(Runtime.getRuntime().availableProcessors());
        return HostCheck.of(
                "processors",
                count + " (" + list.orElse(NOT_SAID) + ")",
                count >= FEWEST_CPUS,
                "Too few for a thread of its own for each stage beside the sink's: high rates and exact pacing"
                        + " want " + FEWEST_CPUS + " or more.");
    }

    HostCheck cpuQuota() {
        Optional<String> quota = read("sys/fs/cgroup/cpu.max").filter(max -> !max.startsWith("max"));
        Optional<String> older = read("sys/fs/cgroup/cpu/cpu.cfs_quota_us").filter(us -> !us.startsWith("-"));
        boolean limited = quota.isPresent() || older.isPresent();
        return HostCheck.of(
                "processor quota",
                limited ? quota.or(() -> older).get() + " µs" : "none",
                !limited,
                "When a quota is used up, all threads stand still for the rest of its period: run without a CPU"
                        + " limit, or with whole processors of its own.");
    }

    HostCheck load() {
        Optional<String> one = read("proc/loadavg").map(line -> line.split(" ")[0]);
        int cpus = Runtime.getRuntime().availableProcessors();
        boolean quiet = one.isEmpty() || Double.parseDouble(one.get()) <= cpus / 2.0;
        return HostCheck.of(
                "load",
                one.orElse(NOT_SAID) + " on " + cpus + " processors",
                quiet,
                "Others use the processors now: stop them, or expect lag.");
    }

    HostCheck governor() {
        Set<String> governors = new TreeSet<>();
        try (DirectoryStream<Path> cpus = Files.newDirectoryStream(root.resolve(CPUS), "cpu[0-9]*")) {
            for (Path cpu : cpus) {
                readFile(cpu.resolve("cpufreq/scaling_governor")).ifPresent(governors::add);
            }
        } catch (IOException e) {
            // No such folder: said below as not said.
        }
        return HostCheck.of(
                "frequency governor",
                governors.isEmpty() ? NOT_SAID : String.join(", ", governors),
                governors.isEmpty() || governors.equals(Set.of("performance")),
                "The processors slow down when they idle: cpupower frequency-set -g performance.");
    }

    HostCheck smt() {
        Optional<String> active = read(CPUS + "/smt/active");
        boolean on = active.isPresent() && active.get().equals("1");
        return HostCheck.of(
                "simultaneous multithreading",
                active.isEmpty() ? NOT_SAID : on ? "on" : "off",
                !on,
                "Two processors share one core: pin with --cpus to one of each pair (thread_siblings_list), or switch it"
                        + " off: echo off > /sys/devices/system/cpu/smt/control.");
    }

    HostCheck isolated() {
        String list = read(CPUS + "/isolated").orElse("");
        return HostCheck.of(
                "isolated processors",
                list.isEmpty() ? "none" : list,
                !list.isEmpty(),
                "Other tasks are put on the pacing thread's core: boot with isolcpus=LIST and run with --cpus LIST.");
    }

    HostCheck tickless() {
        String list = read(CPUS + "/nohz_full").filter(text -> !text.equals("(null)")).orElse("");
        return HostCheck.of(
                "processors without timer tick",
                list.isEmpty() ? "none" : list,
                !list.isEmpty(),
                "The kernel's tick interrupts a spinning thread some hundred times a second: boot with nohz_full=LIST"
                        + " rcu_nocbs=LIST.");
    }

    HostCheck timerSlack() {
        Optional<String> slack = read("proc/self/timerslack_ns");
        return HostCheck.ok(
                "timer slack",
                slack.map(nanos -> nanos + " ns; the pacing thread sets its own to 1 ns").orElse(NOT_SAID));
    }

    HostCheck hugePages() {
        Optional<String> modes = read("sys/kernel/mm/transparent_hugepage/enabled");
        return HostCheck.of(
                "transparent huge pages",
                modes.orElse(NOT_SAID),
                modes.isEmpty() || !modes.get().contains("[always]"),
                "Memory may be compacted while threads wait for it: echo madvise >"
                        + " /sys/kernel/mm/transparent_hugepage/enabled.");
    }

    /** How many a list such as {@code 0-3,6} names. */
    static int cpusIn(String list) {
        int count = 0;
        for (String part : list.split(",")) {
            String[] ends = part.strip().split("-");
            count += ends.length == 1 ? 1 : Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1;
        }
        return count;
    }

    private Optional<String> read(String path) {
        return readFile(root.resolve(path));
    }

    private static Optional<String> readFile(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
