package dev.spindle.control.cli;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;

/**
 * Takes a command's words apart: {@code --name value}, {@code --name=value}, {@code -n value}, {@code -nvalue}, and
 * {@code --} before words that are no options. Values stay texts, and nothing ends the parsing, so that everything wrong
 * with a call can be told at once.
 *
 * <p>Picocli, which makes the help and the completion from the same {@link Option}s, is not asked: its classes are of the
 * Java 5 format, which no class-data archive takes in, and loading them costs a third of the whole start.
 */
final class CommandParser {

    private final Command command;
    private final List<Problem> problems;
    private final Map<String, Option> byWord = new LinkedHashMap<>();
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();
    private final List<String> afterUnknown = new ArrayList<>();

    CommandParser(Command command, List<Problem> problems) {
        this.command = command;
        this.problems = problems;
        for (Option option : CommandOptions.of(command)) {
            byWord.put(option.dashed(), option);
            if (option.shortName() != null) {
                byWord.put("-" + option.shortName(), option);
            }
        }
    }

    Arguments parse(List<String> words) {
        ListIterator<String> left = words.listIterator();
        while (left.hasNext()) {
            String word = left.next();
            if (word.equals("--")) {
                left.forEachRemaining(operands::add);
            } else if (isOption(word)) {
                parseOption(word, left);
            } else {
                operands.add(word);
            }
        }
        if (operands.isEmpty()) {
            operands.addAll(afterUnknown);
        }
        int most = command.operand().isPresent() ? 1 : 0;
        for (String more : operands.subList(Math.min(most, operands.size()), operands.size())) {
            problems.add(new Problem(more, null, "is one word too many", allowedOperands()));
        }
        return new Arguments(values, operands, List.of());
    }

    private static boolean isOption(String word) {
        return word.startsWith("-") && word.length() > 1;
    }

    private void parseOption(String word, ListIterator<String> left) {
        int split = word.startsWith("--") ? word.indexOf('=') : Math.min(2, word.length());
        boolean attached = split > 0 && split < word.length();
        String name = attached ? word.substring(0, split) : word;
        Option option = byWord.get(name);
        if (option == null) {
            unknown(word.startsWith("--") ? name : word, attached, left);
        } else if (option.isFlag()) {
            flag(option, word, attached);
        } else if (attached) {
            value(option, word.substring(word.startsWith("--") ? split + 1 : split));
        } else if (option.isValueOptional()) {
            optionalValue(option, left);
        } else {
            value(option, left);
        }
    }

    private void optionalValue(Option option, ListIterator<String> left) {
        if (left.hasNext()) {
            String next = left.next();
            if (!next.isEmpty() && next.chars().allMatch(Character::isDigit)) {
                value(option, next);
                return;
            }
            left.previous();
        }
        values.putIfAbsent(option.name(), new ArrayList<>());
    }

    private void flag(Option option, String word, boolean attached) {
        if (attached) {
            problems.add(new Problem(word, null, "takes no value", option.dashed()));
        }
        values.put(option.name(), List.of());
    }

    /** The next word is the value, unless it is an option that the command knows. */
    private void value(Option option, ListIterator<String> left) {
        if (left.hasNext()) {
            String next = left.next();
            String name = next.startsWith("--") && next.contains("=") ? next.substring(0, next.indexOf('=')) : next;
            if (!byWord.containsKey(name) && !next.equals("--")) {
                value(option, next);
                return;
            }
            left.previous();
        }
        problems.add(new Problem(option.dashed(), null, "needs a value", option.placeholder()));
    }

    private void value(Option option, String value) {
        List<String> given = values.computeIfAbsent(option.name(), name -> new ArrayList<>());
        if (!given.isEmpty() && !option.repeatable()) {
            problems.add(new Problem(option.dashed(), value, "is given more than once", "one value"));
            return;
        }
        given.add(value);
    }

    /** The word after an unknown option is taken for its value when there are other operands. */
    private void unknown(String name, boolean attached, ListIterator<String> left) {
        String help = "spindle help " + command.name() + " lists the options";
        String suggestion = Suggestion.among(name, byWord.keySet());
        int question = suggestion.indexOf('?');
        problems.add(new Problem(
                name, null, "is no option", question < 0 ? help : suggestion.substring(0, question + 1) + " " + help));
        if (!attached && left.hasNext()) {
            String next = left.next();
            if (isOption(next)) {
                left.previous();
            } else {
                afterUnknown.add(next);
            }
        }
    }

    private String allowedOperands() {
        return command.operand()
                .map(operand -> "spindle " + command.name() + " takes one " + operand.placeholder())
                .orElse("spindle " + command.name() + " takes options only");
    }
}
