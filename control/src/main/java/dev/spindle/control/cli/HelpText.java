package dev.spindle.control.cli;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Help as a person reads it. */
final class HelpText {

    private HelpText() {}

    /** What {@code spindle} is and can do. */
    static void overview(PrintStream to) {
        to.println("Usage: spindle COMMAND [OPTION]...");
        to.println();
        to.println("Streams realistic rows of a relational domain as events: exact rates, labelled anomalies, proof of");
        to.println("what was sent.");
        to.println();
        to.println("Commands:");
        for (Command command : Commands.all()) {
            String operand = command.operand()
                    .map(o -> o.required() ? o.placeholder() : "[" + o.placeholder() + "]")
                    .orElse("");
            to.printf("  %-28s %s%n", command.name() + " " + operand, command.summary());
        }
        to.println();
        to.println("Examples:");
        to.println("  spindle stream retail --table order --max-events 1000");
        to.println("  spindle stream retail --table order --rate 50k --sink file --output orders.jsonl --duration 5m");
        to.println();
        to.println("spindle help COMMAND tells more.");
        to.flush();
    }

    static void of(Command command, PrintStream to) {
        CommandLine line = new CommandLine(CommandModel.spec(command));
        line.setSeparator(" "); // as the examples write it; options with = are understood all the same
        line.usage(to, Ansi.AUTO);
        to.flush();
    }
}
