package dev.spindle.sinks.file;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkLanes;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** {@code --sink file}: one file in the order of the stream or, where its name has {@code {lane}}, one for each lane. */
public final class FileSinkProvider implements SinkProvider {

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String help() {
        return "Writes events to a file, one on a line.";
    }

    @Override
    public List<SinkOption> options() {
        return List.of(
                SinkOption.of("output", SinkOption.Type.PATH, "PATH", "the file to write, with {lane} in its name one for each of several lanes; required").withShortName("o"),
                SinkOption.of("append", SinkOption.Type.FLAG, null, "write behind what is in the file, instead of replacing it"),
                SinkOption.of("fsync", SinkOption.Type.FLAG, null, "count an event as sent only when the disk has it"));
    }

    @Override
    public SinkLanes lanes(SinkSettings settings) {
        return settings.text("output").orElse("").contains(SinkLanes.PLACEHOLDER) ? SinkLanes.APART : SinkLanes.TOGETHER;
    }

    @Override
    public Sink create(SinkSettings settings) {
        return create(settings, 0);
    }

    @Override
    public Sink create(SinkSettings settings, int lane) {
        String given = settings.text("output").orElse("");
        if (given.isBlank()) {
            throw new ConfigurationException(new Problem("--output", null, "is missing", "the file to write"));
        }
        String own = given.replace(SinkLanes.PLACEHOLDER, Integer.toString(lane));
        try {
            Path file = Path.of(own);
            if (Files.isDirectory(file)) {
                throw new ConfigurationException(new Problem("--output", own, "is a directory", "a file"));
            }
            return new FileSink(file, settings.flag("append"), settings.flag("fsync"));
        } catch (InvalidPathException e) {
            throw new ConfigurationException(new Problem("--output", given, "is no path: " + e.getReason()));
        }
    }
}
