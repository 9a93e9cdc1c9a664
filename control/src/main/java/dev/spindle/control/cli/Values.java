package dev.spindle.control.cli;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.IoText;
import dev.spindle.engine.plan.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the values of options; what is wrong with one becomes a problem, and the value counts as not given. */
final class Values {

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,30}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d{1,18}(\\.\\d{0,18})?|\\.\\d{1,18})([eE][+-]?\\d{1,3})?");

    private final Arguments arguments;
    private final List<Problem> problems;

    Values(Arguments arguments, List<Problem> problems) {
        this.arguments = arguments;
        this.problems = problems;
    }

    /** The value as a parser of the engine reads it. */
    <T> Optional<T> parsed(String name, Parser<Optional<T>> parser) {
        return arguments.text(name).flatMap(text -> parser.parse("--" + name, text, problems));
    }

    /** What reads one option's text: path, text, problems → value. */
    interface Parser<T> {
        T parse(String path, String text, List<Problem> problems);
    }

    /** A non-empty text. */
    Optional<String> text(String name) {
        Optional<String> text = arguments.text(name);
        if (text.isPresent() && text.get().isBlank()) {
            problems.add(new Problem("--" + name, text.get(), "is empty"));
            return Optional.empty();
        }
        return text;
    }

    /** A whole number of 64 bits within bounds. */
    OptionalLong whole(String name, long least, long most, String allowed) {
        Optional<String> text = arguments.text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        boolean number = WHOLE.matcher(text.get().strip()).matches();
        if (number) {
            try {
                long value = Long.parseLong(text.get().strip());
                if (value >= least && value <= most) {
                    return OptionalLong.of(value);
                }
            } catch (NumberFormatException e) {
                number = true; // more digits than 64 bits hold: out of range
            }
        }
        problems.add(new Problem("--" + name, text.get(), number ? "is out of range" : "is no whole number", allowed));
        return OptionalLong.empty();
    }

    /** A number from 0 to 1. */
    OptionalDouble fraction(String name) {
        Optional<String> text = arguments.text(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble number = number(text.get());
        if (number.isPresent() && number.getAsDouble() >= 0 && number.getAsDouble() <= 1) {
            return number;
        }
        String reason = number.isPresent() ? "is out of range" : "is no fraction";
        problems.add(new Problem("--" + name, text.get(), reason, "0 to 1, such as 0.01"));
        return OptionalDouble.empty();
    }

    /** The number that a text is; empty when it is none. */
    static OptionalDouble number(String text) {
        String stripped = text.strip();
        return DECIMAL.matcher(stripped).matches()
                ? OptionalDouble.of(Double.parseDouble(stripped))
                : OptionalDouble.empty();
    }

    Optional<Duration> duration(String name) {
        Optional<String> text = arguments.text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong nanos = DurationText.parse("--" + name, text.get(), problems);
        return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
    }

    /** One of a few words, looked up. */
    <T> Optional<T> oneOf(String name, List<String> words, Function<String, T> value) {
        Optional<String> text = arguments.text(name);
        if (text.isPresent() && !words.contains(text.get())) {
            problems.add(new Problem("--" + name, text.get(), "is not known", Suggestion.among(text.get(), words)));
            return Optional.empty();
        }
        return text.map(value);
    }

    /** A path, whatever is there. */
    Optional<Path> path(String name) {
        return text(name).flatMap(text -> {
            try {
                return Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                problems.add(new Problem("--" + name, text, "is no path", e.getReason()));
                return Optional.empty();
            }
        });
    }

    /** A file that can be written to: its folder is there, and it is no folder itself. */
    Optional<Path> fileToWrite(String name) {
        Optional<Path> path = path(name);
        path.flatMap(Values::hindrance)
                .ifPresent(reason -> problems.add(new Problem("--" + name, path.get().toString(), reason, "a file to write")));
        return path;
    }

    /** Why a file cannot be written, as far as that can be seen without trying. */
    private static Optional<String> hindrance(Path file) {
        if (Files.isDirectory(file)) {
            return Optional.of("is a folder");
        }
        if (Files.exists(file)) {
            return Files.isWritable(file) ? Optional.empty() : Optional.of("cannot be written: permission denied");
        }
        try {
            Path folder = file.toAbsolutePath().getParent().toRealPath();
            if (!Files.isDirectory(folder)) {
                return Optional.of("cannot be written: " + folder + " is no folder");
            }
            return Files.isWritable(folder) ? Optional.empty() : Optional.of("cannot be written: permission denied");
        } catch (IOException e) {
            return Optional.of("cannot be written: its folder: " + IoText.reason(e));
        }
    }
}
