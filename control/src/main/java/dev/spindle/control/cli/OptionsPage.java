package dev.spindle.control.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page of the docs that lists every command and option, made from what the parser itself goes by. */
public final class OptionsPage {

    private OptionsPage() {}

    /** The page in Markdown. */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # Commands and options

                Made from the command line's own model; `spindle help COMMAND` says the same. A value follows its option
                behind a space or `=`: `--rate 50k`, `--rate=50k`. Everything wrong with a call is told at once, one line
                each, and ends it with exit code 2.

                Events go to standard output only with the console sink. Everything else that a person reads goes to
                standard error, but for what `domains`, `describe`, `validate`, `doctor`, `completion`, `version` and
                `help` are asked for.

                | exit code | meaning |
                | --- | --- |
                | 0 | the run ended as asked, and every event that it took was delivered |
                | 1 | it failed: the sink refused, or events were lost; this goes before all others |
                | 2 | the call was wrong, and nothing was started |
                | 3 | it ran, but a `--fail-if` held |
                | 130, 143, 129 | SIGINT, SIGTERM or SIGHUP stopped it, after what was in flight had arrived |

                """);
        for (Command command : Commands.all()) {
            command(command, page);
        }
        page.append("""
                ## Every command

                """);
        table(CommandOptions.COMMON, page);
        return page.toString();
    }

    private static void command(Command command, StringBuilder page) {
        page.append("## spindle ").append(command.name());
        command.operand().ifPresent(o -> page.append(' ').append(o.required() ? o.placeholder() : "[" + o.placeholder() + "]"));
        page.append("\n\n").append(command.summary()).append(".\n\n");
        command.notes().forEach(note -> page.append(note).append("\n\n"));
        Map<String, List<Option>> groups = new LinkedHashMap<>();
        for (Option option : command.options()) {
            groups.computeIfAbsent(option.group(), name -> new ArrayList<>()).add(option);
        }
        groups.forEach((name, options) -> {
            page.append("### ").append(name).append("\n\n");
            table(options, page);
        });
    }

    private static void table(List<Option> options, StringBuilder page) {
        page.append("| option | meaning | default |\n| --- | --- | --- |\n");
        for (Option option : options) {
            page.append("| `").append(option.shortName() == null ? "" : "-" + option.shortName() + ", ");
            page.append(option.dashed());
            page.append(option.isFlag() ? "" : " " + escaped(option.placeholder())).append("` | ");
            page.append(escaped(option.help())).append(" | ");
            page.append(option.defaultText() == null ? "" : escaped(option.defaultText())).append(" |\n");
        }
        page.append('\n');
    }

    /** A bar would end the table's cell; a backslash keeps it, in code too. */
    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
