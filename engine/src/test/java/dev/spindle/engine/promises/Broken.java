package dev.spindle.engine.promises;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What does not hold: a line each, a few at most for each promise. */
final class Broken {

    /** Standard deviations at which a frequency is called wrong: once in 10^8 tests that are right. */
    static final double MOST_DEVIATIONS = 5.8;

    private static final int MOST_PER_PROMISE = 3;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Integer> byPromise = new HashMap<>();

    List<String> lines() {
        return lines;
    }

    void add(String promise, String what) {
        if (byPromise.merge(promise, 1, Integer::sum) <= MOST_PER_PROMISE) {
            lines.add(promise + ": " + what);
        }
    }

    /** Null is well: whether it may be null is asked elsewhere. */
    void same(String promise, Object value, Object wanted) {
        if (value != null && !Objects.equals(TableRows.key(value), TableRows.key(wanted))) {
            add(promise, value + " instead of " + wanted);
        }
    }

    void frequency(String promise, long hits, long trials, double probability) {
        double deviation = Math.sqrt(Math.max(1, trials * probability * (1 - probability)));
        if (Math.abs(hits - trials * probability) > MOST_DEVIATIONS * deviation + 1) {
            add(promise, hits + " of " + trials + " rather than " + probability * trials);
        }
    }
}
