package dev.spindle.control.cli;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was given on the command line, as texts.
 *
 * @param options option name without dashes → its values in their order; empty for a flag
 * @param operands the words that belong to no option
 * @param problems what is wrong already: unknown options, missing values; a command adds its own and reports all
 */
public record Arguments(Map<String, List<String>> options, List<String> operands, List<Problem> problems) {

    public Arguments {
        options = Map.copyOf(options);
        operands = List.copyOf(operands);
        problems = List.copyOf(problems);
    }

    public boolean has(String name) {
        return options.containsKey(name);
    }

    /** The option's value. */
    public Optional<String> text(String name) {
        return all(name).stream().findFirst();
    }

    /** All values of a repeatable option. */
    public List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    /** The word beside the options. */
    public Optional<String> operand() {
        return operands.stream().findFirst();
    }

    /** The word beside the options, of a command that must have one and has nothing else to complain of. */
    public String requiredOperand(Operand operand) {
        if (operands.isEmpty() && problems.isEmpty()) {
            throw new ConfigurationException(new Problem(operand.placeholder(), null, "is missing", operand.help()));
        }
        rejectProblems();
        return operands.getFirst();
    }

    /** @throws ConfigurationException when anything is wrong already */
    public void rejectProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
