package dev.spindle.control.cli;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ValueText;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The first rows of a table, for a person to see what it is like. */
final class RowSample {

    private static final int ROWS = 3;
    private static final int MOST_CHARACTERS = 32;

    private RowSample() {}

    /** Prints the rows; nothing for a table whose rows cannot be computed, which has problems that validate tells. */
    static void print(RowCompiler compiler, String table, PrintStream out) {
        RowPlan plan;
        try {
            plan = compiler.compile(table);
        } catch (ConfigurationException e) {
            return;
        }
        if (plan.columns().isEmpty()) {
            return; // all are hidden
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(line(plan.columns().stream().map(Column::name).toList()));
        Event event = new Event(plan.slots());
        for (int row = 0; row < Math.min(ROWS, plan.rows()); row++) {
            plan.fill(row, event);
            List<String> values = new ArrayList<>();
            for (int i = 0; i < plan.columns().size(); i++) {
                values.add(clipped(ValueText.text(plan.columns().get(i), event.values[i], event)));
            }
            lines.add(line(values));
        }
        out.println();
        TextTable.print(lines, out);
    }

    private static List<String> line(List<String> cells) {
        List<String> line = new ArrayList<>(cells);
        line.set(0, "  " + line.getFirst());
        return line;
    }

    private static String clipped(String value) {
        if (value == null) {
            return "null";
        }
        return value.length() <= MOST_CHARACTERS ? value : value.substring(0, MOST_CHARACTERS - 1) + "…";
    }
}
