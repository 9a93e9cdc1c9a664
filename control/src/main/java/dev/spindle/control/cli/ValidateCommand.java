package dev.spindle.control.cli;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.row.SchemaValidation;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code spindle validate FILE}. */
final class ValidateCommand implements Command {

    private static final Comparator<Problem> IN_ORDER = Comparator.comparingLong(ValidateCommand::place);
    private static final Operand FILE = new Operand("FILE", "a schema file", true, List.of());

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public String summary() {
        return "Check a schema file and tell every problem with its place";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.of(FILE);
    }

    @Override
    public List<String> notes() {
        return List.of("Exit codes: 0 the file is valid, perhaps with warnings; 2 it is not.");
    }

    @Override
    public int run(Arguments arguments, Io io) {
        String name = arguments.requiredOperand(FILE);
        Path file = SchemaOperand.path(name);
        Screen screen = new Screen(io.err(), arguments.has("quiet"), arguments.has("verbose"));
        SchemaValidation.Report report = SchemaValidation.check(file);
        report.warnings().stream().sorted(IN_ORDER).forEach(warning -> screen.warn(name + ":" + spaced(warning)));
        if (!report.errors().isEmpty()) {
            report.errors().stream().sorted(IN_ORDER).forEach(problem -> screen.problem(name + ":" + spaced(problem)));
            return ExitCode.WRONG_CALL;
        }
        if (!arguments.has("quiet")) {
            io.out().println(name + ": valid, " + Figures.count(report.schema().tables().size(), "table"));
        }
        return ExitCode.OK;
    }

    /** Line and column as one number; problems without a place come first. */
    private static long place(Problem problem) {
        if (problem.place() == null) {
            return 0;
        }
        String[] parts = problem.place().split(":");
        return (Long.parseLong(parts[0]) << 32) + Long.parseLong(parts[1]);
    }

    /** A problem with a place stands right behind the file's name, as compilers write it. */
    private static String spaced(Problem problem) {
        return problem.place() == null ? " " + problem : problem.toString();
    }
}
