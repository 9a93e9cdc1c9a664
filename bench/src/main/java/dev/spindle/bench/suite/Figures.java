package dev.spindle.bench.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.LinkedHashSet;

/** The figures of one part, in the order in which they were first noted. */
final class Figures {

    private record Key(String name, String measure) {}

    private final Map<Key, List<Double>> rounds = new LinkedHashMap<>();

    /** Adds a round's value. */
    void add(String name, String measure, double value) {
        rounds.computeIfAbsent(new Key(name, measure), key -> new ArrayList<>()).add(value);
    }

    void add(Figure figure) {
        figure.rounds().forEach(value -> add(figure.name(), figure.measure(), value));
    }

    List<Figure> all() {
        return rounds.entrySet().stream()
                .map(entry -> new Figure(entry.getKey().name(), entry.getKey().measure(), entry.getValue()))
                .toList();
    }

    Optional<Figure> find(String name, String measure) {
        return Optional.ofNullable(rounds.get(new Key(name, measure))).map(values -> new Figure(name, measure, values));
    }

    /** Everything that was measured in some way. */
    SequencedSet<String> names() {
        SequencedSet<String> names = new LinkedHashSet<>();
        rounds.keySet().forEach(key -> names.add(key.name()));
        return names;
    }

    boolean isEmpty() {
        return rounds.isEmpty();
    }
}
