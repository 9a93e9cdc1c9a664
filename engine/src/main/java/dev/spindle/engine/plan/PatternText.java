package dev.spindle.engine.plan;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Time patterns as options write them: the name of a built-in one, or a JSON or YAML file. */
public final class PatternText {

    private PatternText() {}

    /**
     * The pattern; empty, with the problems added, when there is none.
     *
     * @param reader reads a file; what it throws passes through
     */
    public static Optional<TimePattern> parse(
            String path, String text, Function<Path, JsonValue> reader, List<Problem> problems) {
        Optional<TimePattern> builtIn = named(text);
        if (builtIn.isPresent()) {
            return builtIn;
        }
        String names = TimePattern.BUILT_IN.stream().map(TimePattern::name).collect(Collectors.joining(", "));
        if (!text.contains("/") && !text.contains("\\") && !text.contains(".")) {
            problems.add(new Problem(path, text, "There is no pattern of this name.", names + ", or a file"));
            return Optional.empty();
        }
        try {
            return PatternFile.read(path, text, reader.apply(Path.of(text)), problems);
        } catch (InvalidPathException e) {
            problems.add(new Problem(path, text, "This is no path of a file.", names + ", or a file"));
            return Optional.empty();
        }
    }

    /** The built-in pattern of this name. */
    public static Optional<TimePattern> named(String name) {
        return TimePattern.BUILT_IN.stream()
                .filter(pattern -> pattern.name().equals(name))
                .findFirst();
    }
}
