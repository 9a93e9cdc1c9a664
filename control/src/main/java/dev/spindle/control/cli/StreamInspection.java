package dev.spindle.control.cli;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamConfig.SchemaSource;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for what else is wrong with a call that is known to be wrong: everything that the schema, the table and the sink
 * would have said had the call got that far. A call that is right never pays for it.
 */
final class StreamInspection {

    private final Arguments arguments;
    private final List<SinkProvider> sinks;

    StreamInspection(Arguments arguments, List<SinkProvider> sinks) {
        this.arguments = arguments;
        this.sinks = sinks;
    }

    /** Adds what is not known yet. */
    void addTo(List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        schema(found).ifPresent(schema -> table(schema, found));
        sink(found);
        for (Problem problem : found) {
            boolean known = problems.stream()
                    .anyMatch(p -> p.path().equals(problem.path()) && p.reason().equals(problem.reason()));
            if (!known) {
                problems.add(problem);
            }
        }
    }

    private Optional<Schema> schema(List<Problem> found) {
        try {
            if (arguments.has("schema")) {
                return arguments.text("schema")
                        .map(text -> SpindleStreamer.schema(new SchemaSource.SchemaFile(Path.of(text))));
            }
            return arguments.operand().map(name -> SpindleStreamer.schema(new SchemaSource.Domain(name)));
        } catch (ConfigurationException e) {
            found.addAll(e.problems());
        } catch (InvalidPathException e) {
            return Optional.empty(); // told where options are read
        }
        return Optional.empty();
    }

    private void table(Schema schema, List<Problem> found) {
        Optional<RowCounts> counts = counts(schema, found);
        List<String> tables = StreamConfig.tableNames(arguments.text("table").orElse("")).stream()
                .filter(name -> !name.isEmpty()) // told where the list is read
                .toList();
        if (tables.isEmpty()) {
            return;
        }
        try {
            Map<String, String> times =
                    SpindleStreamer.timestampColumns(schema, tables, arguments.text("timestamp-column"));
            RowCounts any = counts.orElseGet(() -> RowCounts.at(schema, null));
            new RowCompiler(schema, any, 0, times).stream(tables);
        } catch (ConfigurationException e) {
            found.addAll(e.problems());
        }
    }

    private Optional<RowCounts> counts(Schema schema, List<Problem> found) {
        try {
            return Optional.of(RowCounts.at(schema, arguments.text("scale").orElse(null)));
        } catch (ConfigurationException e) {
            found.addAll(e.problems());
            return Optional.empty();
        }
    }

    private void sink(List<Problem> found) {
        String name = arguments.text("sink").orElse("console");
        Optional<SinkProvider> provider =
                sinks.stream().filter(p -> p.name().equals(name)).findFirst();
        try {
            provider.ifPresent(p -> p.create(new SinkOptions(sinks).settings(arguments, name, new ArrayList<>())));
        } catch (ConfigurationException e) {
            found.addAll(e.problems());
        }
    }
}
