package dev.spindle.engine.publish;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options given to one sink, each with the texts it was given; defaults are not among them. */
public record SinkSettings(Map<String, List<String>> values) {

    public static final SinkSettings NONE = new SinkSettings(Map.of());

    public SinkSettings {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        values.forEach((name, texts) -> copy.put(name, List.copyOf(texts)));
        values = java.util.Collections.unmodifiableMap(copy);
    }

    /** These settings and one more; for tests and for the library. */
    public SinkSettings with(String name, String... texts) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(texts));
        return new SinkSettings(more);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The option's last value. */
    public Optional<String> text(String name) {
        List<String> texts = values.get(name);
        return texts == null || texts.isEmpty() ? Optional.empty() : Optional.of(texts.getLast());
    }

    /** Whether the flag is given and not {@code false}. */
    public boolean flag(String name) {
        return has(name) && !text(name).orElse("true").equals("false");
    }

    /** All values of a repeatable option. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }
}
