package dev.spindle.engine.domain;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The built-in domains: schema files on the class path, read like any other. */
public final class Domains {

    /** Their names. */
    public static final List<String> NAMES = List.of("retail", "iot", "payments", "clickstream", "telecom");

    private Domains() {}

    /**
     * A built-in domain.
     *
     * @throws ConfigurationException when there is none of that name
     */
    public static Schema named(String name) {
        if (!NAMES.contains(name)) {
            throw new ConfigurationException(
                    new Problem("DOMAIN", name, "is no built-in domain", Suggestion.among(name, NAMES)));
        }
        String folder = "/dev/spindle/engine/domain/" + name;
        String file = name + ".spindle.json";
        try (InputStream in = Domains.class.getResourceAsStream(folder + "/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaReader.read(JsonReader.parse(text, file), DataSets.onClassPath(folder + "/reference_data"))
                    .orThrow();
        } catch (IOException e) {
            throw new EngineException("the built-in domain " + name + " cannot be read", e);
        }
    }
}
