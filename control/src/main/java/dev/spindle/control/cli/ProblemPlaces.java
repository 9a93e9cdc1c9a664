package dev.spindle.control.cli;

import dev.spindle.engine.error.Problem;
import java.util.List;

/**
 * Puts the name of the file before what is wrong in it, as compilers do, {@code FILE:LINE:COLUMN: path: reason}, and the
 * name of the option before a file that cannot be read.
 */
final class ProblemPlaces {

    private static final String ANOMALIES = "anomalies";

    /** Options whose files are reported under the file's name when they cannot be read at all. */
    private static final List<String> FILES = List.of("schema", "pattern");

    private final Arguments arguments;

    ProblemPlaces(Arguments arguments) {
        this.arguments = arguments;
    }

    List<Problem> of(List<Problem> problems) {
        return problems.stream().map(this::of).toList();
    }

    private Problem of(Problem problem) {
        if (problem.path().startsWith("--")) {
            return problem;
        }
        for (String option : FILES) {
            String file = arguments.text(option).orElse("");
            if (!file.isBlank() && problem.path().startsWith(file) && problem.value() == null) {
                return new Problem("--" + option, problem.path(), problem.reason(), problem.allowed());
            }
        }
        if (problem.path().startsWith(ANOMALIES)) {
            return arguments.text("anomalies").map(file -> in(file, problem)).orElse(problem);
        }
        boolean inSchema = problem.place() != null || problem.path().startsWith("tables.");
        return inSchema ? arguments.text("schema").map(file -> in(file, problem)).orElse(problem) : problem;
    }

    private static Problem in(String file, Problem problem) {
        String place = problem.place() == null ? file : file + ":" + problem.place();
        return new Problem(problem.path(), problem.value(), problem.reason(), problem.allowed(), place);
    }
}
