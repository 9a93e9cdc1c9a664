package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.unroll.Copied;
import java.lang.invoke.MethodHandles;

/**
 * The sum of a column over the children of a row, in a class that is copied for each such column: most of what a row costs
 * may be its children, so their code should know whose they are.
 */
final class SumOfChildren implements Step {

    private static final KeySteps.OverChildren SUM = constant();

    /** The step that a copy of this class was made for; null in the class that is only copied. */
    private static KeySteps.OverChildren constant() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), "_", KeySteps.OverChildren.class);
        } catch (IllegalAccessException e) {
            throw new EngineException("the code for a sum cannot be made", e);
        }
    }

    static Step of(KeySteps.OverChildren sum) {
        return Copied.of(MethodHandles.lookup(), SumOfChildren.class, Step.class, sum);
    }

    @Override
    public long value(RowCursor at) {
        Family family = SUM.family();
        RowCursor child = SUM.child();
        StraightLine line = SUM.line();
        int slot = SUM.slot();
        long number = family.first(at.row);
        long end = number + family.count(at.row);
        child.row = -1; // the owner has moved on: what the cursor holds was computed for another
        long sum = 0;
        for (; number < end; number++) {
            long row = family.row(number);
            if (family.belongs(row)) {
                child.seek(row, line);
                long value = child.values[slot];
                sum += value == NULL ? 0 : value;
            }
        }
        return sum;
    }
}
