package dev.spindle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "2026-11-23T15:30:00.5Z",
                "2026-11-23T15:30:00.000001Z",
                "2026-11-23T15:30:00.123456789Z",
                "2261-12-31T00:00:01.999999Z"
            })
    void shouldReadWhatTheLibraryReads(String text) {
        Instant instant = Instant.parse(text);
        byte[] bytes = ("xy" + text + "\"").getBytes(StandardCharsets.US_ASCII);
        assertThat(IsoTime.nanos(bytes, 2)).isEqualTo(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
    }
}
