package dev.spindle.engine.error;

import java.util.List;
import java.util.stream.Collectors;

/** The input was wrong: nothing has been started. Carries every problem found, not only the first. */
public final class ConfigurationException extends SpindleException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), null);
        this.problems = List.copyOf(problems);
    }

    public ConfigurationException(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }
}
