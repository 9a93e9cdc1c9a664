package dev.spindle.control.cli;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.schema.Schema;
import java.util.List;
import java.util.Optional;

/** {@code spindle domains}. */
final class DomainsCommand implements Command {

    @Override
    public String name() {
        return "domains";
    }

    @Override
    public String summary() {
        return "List the built-in domains and their tables";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.empty();
    }

    @Override
    public int run(Arguments arguments, Io io) {
        arguments.rejectProblems();
        for (String name : Domains.NAMES) {
            Schema schema = Domains.named(name);
            io.out().println(name + ": " + schema.description());
            io.out().println("  tables: " + String.join(", ", schema.tables().keySet()));
            io.out().println("  scales: " + String.join(", ", schema.generation().scales().keySet()));
        }
        return ExitCode.OK;
    }
}
