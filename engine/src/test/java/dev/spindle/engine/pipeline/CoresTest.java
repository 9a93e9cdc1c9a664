package dev.spindle.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spindle.engine.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CoresTest {

    @Test
    void shouldReadTheKernelsList() {
        assertThat(Cores.parse("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
    }

    @Test
    void shouldRefuseCoresThatTheProcessMayNotUse() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "this system does not say which cores it allows");
        TreeSet<Integer> allowed =
                Cores.parse(Cores.allowedList(Path.of("/proc/self/status")).orElseThrow());
        Cores.check(List.copyOf(allowed));
        assertThatThrownBy(() -> Cores.check(List.of(allowed.last() + 1)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--cpus = " + (allowed.last() + 1) + ": is no core that this process may use");
    }

    @Test
    void shouldAllowAnythingWhereTheSystemDoesNotSay() {
        assertThat(Cores.allowedList(Path.of("/nowhere/status"))).isEmpty();
    }
}
