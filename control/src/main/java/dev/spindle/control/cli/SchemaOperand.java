package dev.spindle.control.cli;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A schema that is named by a built-in domain or a file. */
final class SchemaOperand {

    private SchemaOperand() {}

    /** The schema. @throws ConfigurationException when there is none, or it is wrong */
    static Schema read(String name) {
        if (Domains.NAMES.contains(name)) {
            return Domains.named(name);
        }
        Path file = path(name);
        if (!Files.exists(file)) {
            throw new ConfigurationException(new Problem(
                    "DOMAIN|FILE", name, "is neither a built-in domain nor a file", Suggestion.among(name, Domains.NAMES)));
        }
        return SchemaReader.read(file).orThrow();
    }

    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new ConfigurationException(new Problem("FILE", name, "is no path", e.getReason()));
        }
    }
}
