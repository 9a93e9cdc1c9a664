package dev.spindle.engine.row;

import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import java.util.List;

/**
 * How a table's rows are ordered in time.
 *
 * @param line the event times by row
 * @param chain the event-time column; then, where it derives from another column of the row, that one, and so on: they
 *     are computed backwards from the event time
 * @param base the strategy of the last column in the chain: temporal, or one that reads a parent's time
 * @param key the foreign key through which the times hang on a parent's, or null
 * @param source the parent's times that {@code base} reads, when {@code key} is to be found from the time; else null
 * @param delay how long before the time at {@code place} in the chain the parent's is
 */
record Timing(
        TimeLine line, List<ColumnDefinition> chain, Strategy base, String key, TimeLine source, Law delay, int place) {

    Timing with(TimeLine other) {
        return new Timing(other, chain, base, key, source, delay, place);
    }

    ColumnDefinition column() {
        return chain.getFirst();
    }

    /** The place of a column in the chain, -1 for none. */
    int place(String name) {
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a column of the chain is computed from the one before it, not by its own strategy. */
    boolean isBackwards(String name) {
        int place = place(name);
        return place > 0 && !(place == chain.size() - 1 && isCopy(base));
    }

    /** Whether a strategy shows a parent's time as it is. */
    static boolean isCopy(Strategy strategy) {
        return strategy instanceof Strategy.Lookup || (strategy instanceof Strategy.Derived d && d.table() != null && d.days() == null);
    }
}
