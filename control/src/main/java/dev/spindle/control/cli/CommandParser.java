package dev.spindle.control.cli;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Takes a command's words apart. Values stay texts, so that everything wrong with them can be told at once. */
final class CommandParser {

    private final Command command;
    private final List<Problem> problems;

    CommandParser(Command command, List<Problem> problems) {
        this.command = command;
        this.problems = problems;
    }

    Arguments parse(List<String> words) {
        CommandLine line = new CommandLine(CommandModel.spec(command));
        line.getCommandSpec().parser().collectErrors(true);
        line.setUnmatchedArgumentsAllowed(true);
        line.setExpandAtFiles(false);
        ParseResult parsed = line.parseArgs(words.toArray(String[]::new));
        for (Exception error : parsed.errors()) {
            problems.add(problem(error));
        }
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            options.put(option.longestName().substring(2), option.originalStringValues());
        }
        return new Arguments(options, operands(parsed, words), List.of());
    }

    /** The words beside the options. The word after an unknown option is taken for its value and not complained of. */
    private List<String> operands(ParseResult parsed, List<String> words) {
        List<String> operands = new ArrayList<>(parsed.matchedPositionals().isEmpty()
                ? List.of()
                : parsed.matchedPositionals().getFirst().originalStringValues());
        for (String word : parsed.unmatched()) {
            if (!isOption(word)) {
                operands.add(word);
                continue;
            }
            problems.add(unknown(word));
            int next = words.indexOf(word) + 1;
            if (!word.contains("=") && next > 0 && next < words.size() && operands.size() > 1) {
                operands.remove(words.get(next));
            }
        }
        int most = command.operand().isPresent() ? 1 : 0;
        for (String more : operands.subList(Math.min(most, operands.size()), operands.size())) {
            problems.add(new Problem(more, null, "is one word too many", allowedOperands()));
        }
        return operands;
    }

    private String allowedOperands() {
        return command.operand()
                .map(operand -> "spindle " + command.name() + " takes one " + operand.placeholder())
                .orElse("spindle " + command.name() + " takes options only");
    }

    private static boolean isOption(String word) {
        return word.startsWith("-") && word.length() > 1;
    }

    private Problem unknown(String word) {
        String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        List<String> names = CommandModel.options(command).stream().map(Option::dashed).toList();
        String nearest = Suggestion.among(name, names);
        int mark = nearest.indexOf('?');
        String help = "spindle help " + command.name() + " lists the options";
        return new Problem(name, null, "is no option", mark < 0 ? help : nearest.substring(0, mark + 1) + " " + help);
    }

    private Problem problem(Exception error) {
        return switch (error) {
            case MissingParameterException missing -> new Problem(
                    name(missing.getMissing().isEmpty() ? null : missing.getMissing().getFirst()), null, "needs a value");
            case OverwrittenOptionException twice -> new Problem(
                    name(twice.getOverwritten()), null, "is given more than once", "one value");
            case MaxValuesExceededException tooMany -> new Problem("arguments", null, tooMany.getMessage());
            case ParameterException other -> new Problem(name(other.getArgSpec()), other.getValue(), other.getMessage());
            default -> new Problem("arguments", null, String.valueOf(error.getMessage()));
        };
    }

    private static String name(ArgSpec spec) {
        return spec instanceof OptionSpec option ? option.longestName() : "arguments";
    }
}
