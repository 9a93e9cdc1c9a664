package dev.spindle.engine.anomaly;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;

/** A compiled {@link ContextualAnomaly}. */
final class ContextualRule implements RowRule {

    private final int column;
    private final RowCondition condition;
    private final Replacement replacement;
    private final long key;

    ContextualRule(int column, RowCondition condition, Replacement replacement, long key) {
        this.column = column;
        this.condition = condition;
        this.replacement = replacement;
        this.key = key;
    }

    @Override
    public boolean isEligible(Event event) {
        return condition.holds(event) && differing(event) > 0;
    }

    @Override
    public void apply(Event event, Change change) {
        change.column = column;
        change.original = event.values[column];
        int chosen = Draw.below(Draw.bits(key, event.sequence), differing(event));
        for (int i = 0; ; i++) {
            if (replacement.differs(event, i) && chosen-- == 0) {
                replacement.put(event, i);
                return;
            }
        }
    }

    private int differing(Event event) {
        int count = 0;
        for (int i = 0; i < replacement.size(); i++) {
            if (replacement.differs(event, i)) {
                count++;
            }
        }
        return count;
    }
}
