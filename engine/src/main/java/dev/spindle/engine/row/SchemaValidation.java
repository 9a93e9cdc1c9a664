package dev.spindle.engine.row;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Rule;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.SchemaReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks a schema file as far as a run would: it is read, and every table's rows are made ready. */
public final class SchemaValidation {

    private SchemaValidation() {}

    /**
     * What is wrong with a file, and what is only odd.
     *
     * @param schema the schema, or null when it cannot be read for its errors
     */
    public record Report(Schema schema, List<Problem> errors, List<Problem> warnings) {}

    /**
     * Checks a file.
     *
     * @throws ConfigurationException when the file cannot be read or is no JSON
     */
    public static Report check(Path file) {
        return check(SchemaReader.read(file));
    }

    /** Checks what has been read. */
    public static Report check(SchemaReader.Reading reading) {
        Set<Problem> errors = new LinkedHashSet<>(reading.errors());
        List<Problem> warnings = new ArrayList<>(reading.warnings());
        Schema schema = reading.schema();
        if (schema != null) {
            try {
                RowCounts counts = RowCounts.at(schema, null);
                RowCompiler compiler = RowCompiler.forChecks(schema, counts, schema.seed().orElse(0));
                for (Table table : schema.tables().values()) {
                    check(compiler, table, reading, errors, warnings);
                }
            } catch (ConfigurationException e) {
                e.problems().forEach(p -> errors.add(reading.placed(p)));
            }
        }
        return new Report(errors.isEmpty() ? schema : null, List.copyOf(errors), List.copyOf(warnings));
    }

    private static void check(
            RowCompiler compiler, Table table, SchemaReader.Reading reading, Set<Problem> errors, List<Problem> warnings) {
        try {
            compiler.compile(table.name());
        } catch (ConfigurationException e) {
            e.problems().forEach(p -> errors.add(reading.placed(p)));
            return;
        }
        boolean hasTimes = table.columns().values().stream().anyMatch(c -> c.type().isTemporal());
        if (hasTimes && compiler.timestampColumn(table) == null) {
            warnings.add(reading.placed(new Problem(
                    "tables." + table.name(), null,
                    "has no date or time that its rows can be put in order of, and so no event time")));
        }
        for (Rule rule : compiler.rules(table).unkept()) {
            warnings.add(reading.placed(new Problem(
                    "business_rules." + rule.name(), null,
                    "may not hold in every row: no column of " + table.name() + " that it compares can give way")));
        }
    }
}
