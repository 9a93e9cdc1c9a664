package dev.spindle.engine.publish;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The kinds of sink on the class path. */
public final class Sinks {

    private Sinks() {}

    /** All of them, by name. */
    public static List<SinkProvider> all() {
        List<SinkProvider> found = new ArrayList<>();
        ServiceLoader.load(SinkProvider.class).forEach(found::add);
        found.sort(Comparator.comparing(SinkProvider::name));
        return found;
    }

    /**
     * The kind called {@code name}.
     *
     * @throws ConfigurationException when there is none
     */
    public static SinkProvider named(String name) {
        List<SinkProvider> all = all();
        return all.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(new Problem(
                        "--sink",
                        name,
                        "is no sink",
                        Suggestion.among(name, all.stream().map(SinkProvider::name).toList()))));
    }
}
