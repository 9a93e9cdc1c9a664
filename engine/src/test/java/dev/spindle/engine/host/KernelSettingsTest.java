package dev.spindle.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.host.HostCheck.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelSettingsTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "clock source; sys/devices/system/clocksource/clocksource0/current_clocksource; tsc; hpet",
        "processors; proc/self/status; Cpus_allowed_list:\t0-7; Cpus_allowed_list:\t0,1",
        "processor quota; sys/fs/cgroup/cpu.max; max 100000; 200000 100000",
        "processor quota; sys/fs/cgroup/cpu/cpu.cfs_quota_us; -1; 50000",
        "load; proc/loadavg; 0.02 0.01 0.00 1/100 1; 1000.5 3.00 2.00 9/100 1",
        "frequency governor; sys/devices/system/cpu/cpu0/cpufreq/scaling_governor; performance; powersave",
        "simultaneous multithreading; sys/devices/system/cpu/smt/active; 0; 1",
        "isolated processors; sys/devices/system/cpu/isolated; 2-7; ''",
        "processors without timer tick; sys/devices/system/cpu/nohz_full; 2-7; (null)",
        "transparent huge pages; sys/kernel/mm/transparent_hugepage/enabled; always [madvise] never; [always] madvise never"
    })
    void shouldTellGoodFromBad(String name, String file, String good, String bad) throws IOException {
        write(file, good);
        assertThat(check(name).verdict()).isEqualTo(Verdict.OK);
        assertThat(check(name).advice()).isEmpty();
        write(file, bad);
        assertThat(check(name).verdict()).isEqualTo(Verdict.WARN);
        assertThat(check(name).advice()).isNotEmpty();
    }

    @Test
    void shouldWarnWhenOneProcessorOfManySlowsDown() throws IOException {
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance");
        write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "schedutil");
        assertThat(check("frequency governor").found()).isEqualTo("performance, schedutil");
        assertThat(check("frequency governor").verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void shouldNotWarnOfWhatTheSystemDoesNotSay() {
        for (String name : new String[] {"clock source", "processor quota", "load", "frequency governor",
            "simultaneous multithreading", "timer slack", "transparent huge pages"}) {
            assertThat(check(name).verdict()).as(name).isEqualTo(Verdict.OK);
        }
    }

    @Test
    void shouldSayHowLargeTheTimerSlackIs() throws IOException {
        write("proc/self/timerslack_ns", "50000\n");
        assertThat(check("timer slack").found()).startsWith("50000 ns");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"0;1", "0-3;4", "0-3,6,8-9;7"})
    void shouldCountProcessors(String list, int count) {
        assertThat(KernelSettings.cpusIn(list)).isEqualTo(count);
    }

    private HostCheck check(String name) {
        return new KernelSettings(root)
                .checks().stream()
                        .filter(c -> c.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
