package dev.spindle.control.cli;

import java.util.ArrayList;
import java.util.List;

/** All options of a command: its own, and those that every command has. */
final class CommandOptions {

    private static final String GROUP = "Messages";

    static final List<Option> COMMON = List.of(
            Option.flag(GROUP, "quiet", "Say nothing but warnings and errors."),
            Option.flag(GROUP, "verbose", "Say more, and show the stack traces of errors."),
            Option.flag(GROUP, "help", "Show this help.").shortName("h"));

    private CommandOptions() {}

    static List<Option> of(Command command) {
        List<Option> all = new ArrayList<>(command.options());
        all.addAll(COMMON);
        return all;
    }
}
