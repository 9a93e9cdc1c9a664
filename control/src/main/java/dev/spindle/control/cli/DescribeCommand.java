package dev.spindle.control.cli;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.row.PlaceInTime;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Relationship;
import dev.spindle.engine.schema.Schema.Table;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code spindle describe DOMAIN|FILE}. */
final class DescribeCommand implements Command {

    private static final Operand SCHEMA = new Operand(
            "DOMAIN|FILE", "a built-in domain (" + String.join(", ", Domains.NAMES) + ") or a schema file", true, Domains.NAMES);

    @Override
    public String name() {
        return "describe";
    }

    @Override
    public String summary() {
        return "Show tables, columns, strategies, some rows, relationships and row counts";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.of(SCHEMA);
    }

    @Override
    public int run(Arguments arguments, Io io) {
        Schema schema = SchemaOperand.read(arguments.requiredOperand(SCHEMA));
        PrintStream out = io.out();
        heading(schema, out);
        RowCompiler rows = new RowCompiler(
                schema, RowCounts.at(schema, null), schema.seed().orElse(SpindleStreamer.DEFAULT_SEED), Map.of());
        schema.tables().values().forEach(table -> {
            table(table, time(rows, table), out);
            RowSample.print(rows, table.name(), out);
        });
        relationships(schema, out);
        counts(schema, out);
        return ExitCode.OK;
    }

    private static void heading(Schema schema, PrintStream out) {
        out.println(schema.domain() + ": " + schema.description());
        out.println("dates from " + LocalDate.ofEpochDay(schema.range().startDay()) + " to "
                + LocalDate.ofEpochDay(schema.range().endDay() - 1)
                + (schema.seed().isPresent() ? ", seed " + schema.seed().getAsLong() : "")
                + ", locale " + schema.locale() + ", scale " + schema.generation().defaultScale() + " by default");
    }

    /** What the rows are in order of; a schema whose times cannot be computed has problems that validate tells. */
    private static String time(RowCompiler rows, Table table) {
        try {
            return switch (rows.placeInTime(table.name())) {
                case PlaceInTime.Own own -> "event time: " + own.column();
                case PlaceInTime.With with -> "no event time; with other tables, the rows follow those of " + with.parent();
                case PlaceInTime.Spread spread -> "no event time; with other tables, the rows are spread over the dates";
                case PlaceInTime.Always always -> "no event time; with other tables, the rows come first";
            };
        } catch (ConfigurationException e) {
            return "no event time";
        }
    }

    private static void table(Table table, String time, PrintStream out) {
        out.println();
        out.println(table.name() + (table.description().isEmpty() ? "" : ": " + table.description()));
        out.println("  " + time);
        List<List<String>> rows = new ArrayList<>();
        for (ColumnDefinition column : table.columns().values()) {
            boolean key = table.primaryKey().contains(column.name());
            rows.add(List.of(
                    "  " + column.name() + (key ? "*" : ""),
                    column.type().name().toLowerCase(Locale.ROOT),
                    StrategyText.of(column.strategy())
                            + (column.hidden() ? ", hidden" : "")
                            + (column.nullRate() > 0 ? ", " + Figures.plain(100 * column.nullRate()) + " % null" : "")));
        }
        TextTable.print(rows, out);
    }

    private static void relationships(Schema schema, PrintStream out) {
        if (schema.relationships().isEmpty()) {
            return;
        }
        out.println();
        out.println("relationships");
        List<List<String>> rows = new ArrayList<>();
        for (Relationship r : schema.relationships()) {
            rows.add(List.of(
                    "  " + r.child() + "." + String.join("+", r.childColumns()),
                    "-> " + r.parent() + "." + String.join("+", r.parentColumns()),
                    r.type().replace('_', ' ')));
        }
        TextTable.print(rows, out);
    }

    private static void counts(Schema schema, PrintStream out) {
        out.println();
        out.println("rows at each scale");
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("  "));
        head.addAll(schema.tables().keySet());
        rows.add(head);
        List<String> scales = new ArrayList<>(RowCounts.scales(schema));
        if (scales.isEmpty()) {
            scales.add(null);
        }
        for (String scale : scales) {
            RowCounts counts = RowCounts.at(schema, scale);
            List<String> row = new ArrayList<>(List.of("  " + counts.scale()));
            schema.tables().keySet().forEach(table -> row.add(Figures.count(counts.of(table))));
            rows.add(row);
        }
        TextTable.print(rows, out);
    }
}
