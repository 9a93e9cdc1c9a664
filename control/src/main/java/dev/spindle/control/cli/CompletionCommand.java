package dev.spindle.control.cli;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;

/** {@code spindle completion bash|zsh}. */
final class CompletionCommand implements Command {

    private static final List<String> SHELLS = List.of("bash", "zsh");
    private static final Operand SHELL = new Operand("SHELL", "bash or zsh", true, SHELLS);

    @Override
    public String name() {
        return "completion";
    }

    @Override
    public String summary() {
        return "Print a script that completes commands and options in a shell";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.of(SHELL);
    }

    @Override
    public List<String> notes() {
        return List.of("For the current shell: source <(spindle completion bash)");
    }

    @Override
    public int run(Arguments arguments, Io io) {
        String shell = arguments.requiredOperand(SHELL);
        if (!SHELLS.contains(shell)) {
            throw new ConfigurationException(
                    new Problem(SHELL.placeholder(), shell, "is no shell that completion is made for", SHELL.help()));
        }
        // The script serves both: under zsh it loads that shell's emulation of bash's completion first.
        io.out().println(AutoComplete.bash("spindle", CommandModel.tree(Commands.all())));
        return ExitCode.OK;
    }
}
