package dev.spindle.bench.suite;

import dev.spindle.bench.Machine;
import java.util.List;

/**
 * One figure, as often as there were rounds.
 *
 * @param name what was measured: a row of a table
 * @param measure what of it, with its unit last: a column
 * @param rounds the values, in the order of the rounds
 */
record Figure(String name, String measure, List<Double> rounds) {

    Figure {
        rounds = List.copyOf(rounds);
    }

    double median() {
        return Machine.median(rounds);
    }

    double least() {
        return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double largest() {
        return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
