package dev.spindle.engine.anomaly;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The anomaly definitions of a run, in order. Immutable.
 *
 * <p>A registry that was read from a file may hold problems; they are reported when it is compiled, together with what
 * the tables find wrong, so that all that is wrong with a file shows at once.
 */
public final class AnomalyRegistry {

    private static final AnomalyRegistry EMPTY = new AnomalyRegistry(List.of(), List.of(), List.of());

    private final List<Anomaly> anomalies;
    private final List<Draft> drafts;
    private final List<Problem> problems;

    AnomalyRegistry(List<Anomaly> anomalies, List<Draft> drafts, List<Problem> problems) {
        this.anomalies = List.copyOf(anomalies);
        this.drafts = List.copyOf(drafts);
        this.problems = List.copyOf(problems);
    }

    /** No definitions. */
    public static AnomalyRegistry empty() {
        return EMPTY;
    }

    /** These definitions, in this order. */
    public static AnomalyRegistry of(Anomaly... anomalies) {
        AnomalyRegistry registry = EMPTY;
        for (Anomaly anomaly : anomalies) {
            registry = registry.with(anomaly);
        }
        return registry;
    }

    /**
     * The definitions in a file's value: an object with the one key {@code anomalies}, or the list itself. Never throws
     * for what is wrong in it: see {@link #problems}.
     */
    public static AnomalyRegistry read(JsonValue file) {
        return new AnomalyReader().read(file);
    }

    /**
     * These definitions and one more behind them.
     *
     * @throws ConfigurationException when there is one of its type and name
     */
    public AnomalyRegistry with(Anomaly anomaly) {
        for (Draft draft : drafts) {
            if (draft.label().equals(anomaly.label())) {
                throw new ConfigurationException(new Problem(
                        "anomalies[" + drafts.size() + "].name",
                        anomaly.name(),
                        "is taken by " + draft.path,
                        "another name"));
            }
        }
        List<Anomaly> allAnomalies = new ArrayList<>(anomalies);
        List<Draft> allDrafts = new ArrayList<>(drafts);
        allAnomalies.add(anomaly);
        allDrafts.add(Definitions.draft(anomaly, "anomalies[" + drafts.size() + "]"));
        return new AnomalyRegistry(allAnomalies, allDrafts, problems);
    }

    /** The definitions that are right in themselves. */
    public List<Anomaly> anomalies() {
        return anomalies;
    }

    /** What is wrong with the definitions, whatever the table. */
    public List<Problem> problems() {
        return problems;
    }

    /** @throws ConfigurationException with all of {@link #problems} when there are any */
    public AnomalyRegistry valid() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return this;
    }

    /** All definitions as they were given, right or wrong. */
    List<Draft> drafts() {
        return drafts;
    }
}
