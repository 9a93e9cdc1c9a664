package dev.spindle.sinks.console;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.util.List;

/** {@code --sink console}. */
public final class ConsoleSinkProvider implements SinkProvider {

    private static final int MOST_INDENT = 16;

    @Override
    public String name() {
        return "console";
    }

    @Override
    public String help() {
        return "Writes events to standard output.";
    }

    @Override
    public List<SinkOption> options() {
        return List.of(
                SinkOption.of("indent", SinkOption.Type.INTEGER, "N", "put each column on a line of its own, N spaces in")
                        .withDefault("0")
                        .withAllowed("0 to " + MOST_INDENT),
                SinkOption.of("prefix", SinkOption.Type.TEXT, "TEXT", "text before each event"));
    }

    @Override
    public Sink create(SinkSettings settings) {
        String given = settings.text("indent").orElse("0");
        if (!given.matches("\\d{1,2}") || Integer.parseInt(given) > MOST_INDENT) {
            throw new ConfigurationException(
                    new Problem("--indent", given, "is no number of spaces", "0 to " + MOST_INDENT));
        }
        return new ConsoleSink(Integer.parseInt(given), settings.text("prefix").orElse(""));
    }
}
