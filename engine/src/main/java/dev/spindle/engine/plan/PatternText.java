package dev.spindle.engine.plan;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Time patterns as options write them: the name of a built-in one, or a JSON or YAML file. */
public final class PatternText {

    private PatternText() {}

    /** The pattern; empty, with the problems added, when there is none. */
    public static Optional<TimePattern> parse(String path, String text, List<Problem> problems) {
        Optional<TimePattern> builtIn = named(text);
        if (builtIn.isPresent()) {
            return builtIn;
        }
        String allowed =
                TimePattern.BUILT_IN.stream().map(TimePattern::name).collect(Collectors.joining(", ")) + ", or a file";
        try {
            Path file = Path.of(text);
            if (Files.exists(file)) {
                return PatternFile.read(path, text, JsonReader.read(file), problems);
            }
            problems.add(new Problem(path, text, "is neither a pattern nor a file", allowed));
        } catch (InvalidPathException e) {
            problems.add(new Problem(path, text, "is neither a pattern nor a file", allowed));
        } catch (ConfigurationException e) {
            problems.addAll(e.problems());
        }
        return Optional.empty();
    }

    /** The built-in pattern of this name. */
    public static Optional<TimePattern> named(String name) {
        return TimePattern.BUILT_IN.stream()
                .filter(pattern -> pattern.name().equals(name))
                .findFirst();
    }
}
