package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The client's properties as the user gave them, in the command config and, which goes first, one by one.
 *
 * @param values property to value
 * @param options property to the option that gave it, with its dashes
 */
record GivenProperties(Map<String, String> values, Map<String, String> options) {

    private static final String FILE_OPTION = "--" + KafkaSettings.COMMAND_CONFIG;
    private static final String PROPERTY_OPTION = "--" + KafkaSettings.PRODUCER_PROPERTY;

    static GivenProperties of(SinkSettings settings, List<Problem> problems) {
        GivenProperties given = new GivenProperties(new TreeMap<>(), new TreeMap<>());
        settings.text(KafkaSettings.COMMAND_CONFIG).ifPresent(file -> given.read(file, problems));
        for (String text : settings.all(KafkaSettings.PRODUCER_PROPERTY)) {
            given.add(text, problems);
        }
        return given;
    }

    boolean has(String property) {
        return values.containsKey(property);
    }

    /** The option that gave a property. */
    String option(String property) {
        return options.getOrDefault(property, PROPERTY_OPTION);
    }

    private void read(String file, List<Problem> problems) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(FILE_OPTION, file, "does not exist"));
        } catch (IOException | IllegalArgumentException e) {
            String reason = e instanceof InvalidPathException ? "is no path" : "cannot be read: " + Causes.line(e);
            problems.add(new Problem(FILE_OPTION, file, reason));
        }
        for (String name : properties.stringPropertyNames()) {
            put(name, properties.getProperty(name).strip(), FILE_OPTION);
        }
    }

    private void add(String text, List<Problem> problems) {
        int equals = text.indexOf('=');
        if (equals < 1 || text.substring(0, equals).isBlank()) {
            // The text may be a secret whose name is missing, so it is not repeated.
            problems.add(new Problem(PROPERTY_OPTION, null, "has no name before an equals sign", "NAME=VALUE"));
            return;
        }
        put(text.substring(0, equals).strip(), text.substring(equals + 1).strip(), PROPERTY_OPTION);
    }

    private void put(String property, String value, String option) {
        values.put(property, value);
        options.put(property, option);
    }
}
