package dev.spindle.control.cli;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code spindle validate FILE}. */
final class ValidateCommand implements Command {

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
        SchemaReader.Reading reading = SchemaReader.read(file);
        reading.warnings().forEach(warning -> screen.warn(name + ":" + spaced(warning)));
        Set<Problem> errors = new LinkedHashSet<>(reading.errors());
        if (errors.isEmpty()) {
            compile(reading.schema(), errors);
        }
        if (!errors.isEmpty()) {
            errors.forEach(problem -> screen.problem(name + ":" + spaced(problem)));
            return ExitCode.WRONG_CALL;
        }
        if (!arguments.has("quiet")) {
            io.out().println(name + ": valid, " + Figures.count(reading.schema().tables().size(), "table"));
        }
        return ExitCode.OK;
    }

    /** A problem with a place stands right behind the file's name, as compilers write it. */
    private static String spaced(Problem problem) {
        return problem.place() == null ? " " + problem : problem.toString();
    }

    /** What reading alone does not see shows when the rows are compiled. */
    private static void compile(Schema schema, Set<Problem> errors) {
        for (String table : schema.tables().keySet()) {
            try {
                new RowCompiler(schema, RowCounts.at(schema, null), 0, Map.of()).compile(table);
            } catch (ConfigurationException e) {
                errors.addAll(e.problems());
            }
        }
    }
}
