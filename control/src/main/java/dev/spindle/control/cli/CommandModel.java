package dev.spindle.control.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A {@link Command} as picocli models it, for help and completion. */
final class CommandModel {

    private static final int WIDTH = 100;

    private CommandModel() {}

    /** All commands below {@code spindle}, as completion needs them. */
    static CommandLine tree(List<Command> commands) {
        CommandLine root = new CommandLine(CommandSpec.create().name("spindle"));
        for (Command command : commands) {
            root.addSubcommand(command.name(), new CommandLine(spec(command)));
        }
        return root;
    }

    /** One command. */
    static CommandSpec spec(Command command) {
        CommandSpec spec = CommandSpec.create().name(command.name());
        spec.usageMessage()
                .width(WIDTH)
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .description(escaped(command.summary()) + ".")
                .customSynopsis("spindle " + command.name()
                        + command.operand()
                                .map(o -> " " + (o.required() ? o.placeholder() : "[" + o.placeholder() + "]"))
                                .orElse("")
                        + " [OPTION]...");
        if (!command.notes().isEmpty()) {
            spec.usageMessage().footer(command.notes().stream().map(n -> "%n" + escaped(n)).toArray(String[]::new));
        }
        command.operand().ifPresent(operand -> spec.addPositional(positional(operand)));
        byGroup(CommandOptions.of(command)).forEach((heading, options) -> spec.addArgGroup(group(heading, options)));
        return spec;
    }

    private static PositionalParamSpec positional(Operand operand) {
        PositionalParamSpec.Builder builder = PositionalParamSpec.builder()
                .paramLabel(operand.placeholder())
                .hideParamSyntax(true)
                .arity("0..1")
                .index("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(escaped(operand.help()) + ".");
        if (!operand.candidates().isEmpty()) {
            builder.completionCandidates(operand.candidates());
        }
        return builder.build();
    }

    private static Map<String, List<Option>> byGroup(List<Option> options) {
        Map<String, List<Option>> groups = new LinkedHashMap<>();
        for (Option option : options) {
            groups.computeIfAbsent(option.group(), heading -> new ArrayList<>()).add(option);
        }
        return groups;
    }

    private static ArgGroupSpec group(String heading, List<Option> options) {
        ArgGroupSpec.Builder group = ArgGroupSpec.builder()
                .validate(false)
                .exclusive(false)
                .heading("%n" + escaped(heading) + ":%n");
        options.forEach(option -> group.addArg(spec(option)));
        return group.build();
    }

    private static OptionSpec spec(Option option) {
        OptionSpec.Builder builder = option.shortName() == null
                ? OptionSpec.builder(option.dashed())
                : OptionSpec.builder("-" + option.shortName(), option.dashed());
        String help = option.defaultText() == null ? option.help() : option.help() + " Default: " + option.defaultText() + ".";
        builder.description(escaped(help));
        if (option.isFlag()) {
            return builder.arity("0").type(boolean.class).build();
        }
        boolean optional = option.isValueOptional();
        String placeholder = optional ? option.placeholder().replaceAll("[\\[\\]]", "") : option.placeholder();
        builder.arity(optional ? "0..1" : "1").paramLabel(placeholder);
        if (!option.candidates().isEmpty()) {
            builder.completionCandidates(option.candidates());
        }
        return option.repeatable()
                ? builder.type(List.class).auxiliaryTypes(String.class).build()
                : builder.type(String.class).build();
    }

    /** Help texts are format strings to picocli, with a mark-up in {@code @|…|@}. */
    private static String escaped(String text) {
        return text.replace("%", "%%").replace("@|", "@ |");
    }
}
