package dev.spindle.control.cli;

import java.util.List;
import java.util.Optional;

/** All commands, in the order in which help lists them. */
public final class Commands {

    private static final List<Command> ALL = List.of(
            new StreamCommand(),
            new DomainsCommand(),
            new DescribeCommand(),
            new ValidateCommand(),
            new ServeCommand(),
            new TuneCommand(),
            new DoctorCommand(),
            new CompletionCommand(),
            new VersionCommand(),
            new HelpCommand());

    private Commands() {}

    public static List<Command> all() {
        return ALL;
    }

    public static Optional<Command> named(String name) {
        return ALL.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    static List<String> names() {
        return ALL.stream().map(Command::name).toList();
    }
}
