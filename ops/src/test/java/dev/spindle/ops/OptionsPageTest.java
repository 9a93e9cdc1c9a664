package dev.spindle.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.control.cli.OptionsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "options.md");

    /** With {@code -Dspindle.docs.write=true} the page is written first. */
    @Test
    void shouldSayWhatTheCommandLineGoesBy() throws IOException {
        if (Boolean.getBoolean("spindle.docs.write")) {
            Files.writeString(PAGE, OptionsPage.markdown());
        }

        assertThat(Files.readString(PAGE))
                .as("docs/options.md; mvn -pl ops -am verify -Dtest=OptionsPageTest -Dspindle.docs.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false writes it")
                .isEqualTo(OptionsPage.markdown());
    }
}
