package dev.spindle.control.cli;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.SpindleException;
import dev.spindle.engine.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command line: finds the command, gives it its arguments, and turns whatever escapes into one line and an exit code. */
public final class Spindle {

    private final Io io;

    public Spindle(Io io) {
        this.io = io;
    }

    /** The process's entry. */
    public static void main(String[] words) {
        Io io = Io.ofProcess();
        int code = new Spindle(io).call(List.of(words));
        io.out().flush();
        io.err().flush();
        System.exit(code);
    }

    /** Carries out one call and returns its exit code. */
    public int call(List<String> words) {
        Screen screen = new Screen(io.err(), false, words.contains("--verbose"));
        if (words.isEmpty()) {
            HelpText.overview(io.err());
            return ExitCode.WRONG_CALL;
        }
        String first = words.getFirst();
        Optional<Command> command = Commands.named(alias(first));
        if (command.isEmpty()) {
            screen.problems(List.of(unknown(first)));
            return ExitCode.WRONG_CALL;
        }
        return call(command.get(), words.subList(1, words.size()), screen);
    }

    private int call(Command command, List<String> words, Screen screen) {
        List<Problem> problems = new ArrayList<>();
        Arguments arguments = new CommandParser(command, problems).parse(words);
        if (arguments.has("help")) {
            HelpText.of(command, io.out());
            return ExitCode.OK;
        }
        try {
            return command.run(new Arguments(arguments.options(), arguments.operands(), problems), io);
        } catch (ConfigurationException e) {
            screen.problems(e.problems());
            screen.trace(e);
            return ExitCode.WRONG_CALL;
        } catch (SpindleException e) {
            screen.error(firstLine(e));
            screen.trace(e);
            return ExitCode.FAILED;
        } catch (RuntimeException | Error e) {
            screen.error("Spindle itself failed: " + firstLine(e) + " (--verbose shows where)");
            screen.trace(e);
            return ExitCode.FAILED;
        }
    }

    private static String alias(String word) {
        return switch (word) {
            case "--help", "-h" -> "help";
            case "--version", "-V" -> "version";
            default -> word;
        };
    }

    private static Problem unknown(String word) {
        boolean option = word.startsWith("-");
        return new Problem(
                word,
                null,
                option ? "is no option of spindle itself: a command comes first" : "is no command",
                Suggestion.among(word, Commands.names()));
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message);
    }
}
