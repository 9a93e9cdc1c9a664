package dev.spindle.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineClockTest {

    private static final String FIRST = "{\"a\":1,\"_spindle_event_time\":\"2026-01-01T00:00:00.25Z\",\"b\":2}\n";
    private static final String SECOND = "{\"_spindle_event_time\":\"2026-01-01T00:00:01Z\"}\n";

    /** Gives some bytes a call, as a pipe may. */
    private static InputStream inPieces(String text, int bytes) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public int read(byte[] to) {
                return read(to, 0, bytes);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 40, 1_000})
    void shouldFindEachLineAndItsTimeHoweverTheyCome(int bytesARead) throws IOException {
        LineLog log = LineClock.read(inPieces(FIRST + SECOND, bytesARead), false);
        assertThat(log.lines()).isEqualTo(2);
        assertThat(log.isTimed()).isTrue();
        assertThat(log.intended(0)).isEqualTo(Instant.parse("2026-01-01T00:00:00.25Z").toEpochMilli() * 1_000_000);
        assertThat(log.intended(1)).isEqualTo(Instant.parse("2026-01-01T00:00:01Z").toEpochMilli() * 1_000_000);
        assertThat(log.seen(1)).isGreaterThanOrEqualTo(log.seen(0));
        assertThat(log.reads()).isEqualTo(Math.ceilDiv(FIRST.length() + SECOND.length(), bytesARead));
    }

    @Test
    void shouldSeeALineOnTheWallClockWhenItComes() throws IOException {
        long before = wallNanos();
        LineLog log = LineClock.read(inPieces("no time\n", 100), false);
        assertThat(log.isTimed()).isFalse();
        assertThat(log.seen(0)).isBetween(before - 1_000_000, wallNanos() + 1_000_000);
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
