package dev.spindle.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class LooseMemoryTest {

    private static final long BYTES = 1 << 25;
    private static final Path RAM_DISK = Path.of("/dev/shm");

    static boolean hasRamDisk() {
        return Files.isWritable(RAM_DISK);
    }

    @Test
    @EnabledIf("hasRamDisk")
    void shouldKeepAsMuchAsItLeavesAndGiveItBackWhenClosed() throws Exception {
        Path folder = Files.createTempDirectory(RAM_DISK, "spindle-loose-");
        try {
            long before = RAM_DISK.toFile().getUsableSpace();
            try (LooseMemory _ = LooseMemory.on(folder, BYTES)) {
                assertThat(before - RAM_DISK.toFile().getUsableSpace()).isBetween(BYTES / 2, 2 * BYTES);
                assertEmpty(folder);
            }
            assertThat(before - RAM_DISK.toFile().getUsableSpace()).isLessThan(BYTES / 2);
        } finally {
            Files.delete(folder);
        }
    }

    @Test
    void shouldLeaveNoFile(@TempDir Path folder) throws Exception {
        try (LooseMemory _ = LooseMemory.on(folder, 0)) {
            assertEmpty(folder);
        }
        assertEmpty(folder);
    }

    private static void assertEmpty(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
