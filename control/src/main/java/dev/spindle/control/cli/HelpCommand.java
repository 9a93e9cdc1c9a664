package dev.spindle.control.cli;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import java.util.List;
import java.util.Optional;

/** {@code spindle help [COMMAND]}. */
final class HelpCommand implements Command {

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "How to use Spindle, or one of its commands";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.of(new Operand("COMMAND", "The command to tell about", false, List.of()));
    }

    @Override
    public int run(Arguments arguments, Io io) {
        arguments.rejectProblems();
        Optional<String> name = arguments.operand();
        if (name.isEmpty()) {
            HelpText.overview(io.out());
            return ExitCode.OK;
        }
        Command command = Commands.named(name.get())
                .orElseThrow(() -> new ConfigurationException(new Problem(
                        name.get(), null, "is no command", Suggestion.among(name.get(), Commands.names()))));
        HelpText.of(command, io.out());
        return ExitCode.OK;
    }
}
