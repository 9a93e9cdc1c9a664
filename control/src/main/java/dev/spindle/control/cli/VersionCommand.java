package dev.spindle.control.cli;

import java.util.List;
import java.util.Optional;

/** {@code spindle version}. */
final class VersionCommand implements Command {

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Spindle's version, and that of the JDK it runs on";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.empty();
    }

    @Override
    public int run(Arguments arguments, Io io) {
        arguments.rejectProblems();
        io.out().println("spindle " + Version.number());
        io.out().println(System.getProperty("java.vm.name") + " " + Runtime.version() + " ("
                + System.getProperty("java.vendor") + ")");
        return ExitCode.OK;
    }
}
