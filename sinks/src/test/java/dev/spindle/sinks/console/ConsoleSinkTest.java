package dev.spindle.sinks.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import dev.spindle.sinks.testing.RecordingContext;
import dev.spindle.sinks.testing.SinkContract;
import dev.spindle.sinks.testing.TestEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSinkTest extends SinkContract {

    @TempDir
    Path folder;

    @Override
    protected Class<? extends SinkProvider> provider() {
        return ConsoleSinkProvider.class;
    }

    @Override
    protected Sink newSink() {
        return sink(0, "");
    }

    private ConsoleSink sink(int indent, String prefix) {
        try {
            return new ConsoleSink(
                    indent,
                    prefix,
                    FileChannel.open(folder.resolve("out"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Optional<List<String>> received() {
        try {
            return Optional.of(Files.readAllLines(folder.resolve("out")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String written(ConsoleSink sink, int events) throws IOException {
        TestEvents texts = new TestEvents("orders");
        RecordingContext context = new RecordingContext(texts.tables(), events);
        sink.open(context);
        sink.write(texts.batch(0, events));
        sink.close(Duration.ofSeconds(1));
        assertThat(context.acknowledged()).isEqualTo(events);
        return Files.readString(folder.resolve("out"));
    }

    @Test
    void shouldPutAPrefixBeforeEachEvent() throws Exception {
        List<String> texts = new TestEvents("orders").texts(0, 3);
        assertThat(written(sink(0, "> "), 3)).isEqualTo("> " + String.join("\n> ", texts) + "\n");
    }

    @Test
    void shouldIndentWithoutTouchingTexts() {
        String event = "{\"a\":1,\"b\":\"x,{y}:\\\"z\\\"\",\"c\":null}";
        byte[] from = event.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] to = new byte[200];
        int end = Indented.write(from, 0, from.length, 2, to, 0);
        assertThat(new String(to, 0, end, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\n  \"a\": 1,\n  \"b\": \"x,{y}:\\\"z\\\"\",\n  \"c\": null\n}");
    }

    @Test
    void shouldAcknowledgeIndentedEvents() throws Exception {
        assertThat(written(sink(4, ""), 2)).startsWith("{\n    \"").endsWith("\n}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "17", "two", ""})
    void shouldRefuseAnIndentThatIsNone(String indent) {
        assertThatThrownBy(() -> new ConsoleSinkProvider().create(SinkSettings.NONE.with("indent", indent)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--indent = " + indent)
                .hasMessageContaining("0 to 16");
    }
}
