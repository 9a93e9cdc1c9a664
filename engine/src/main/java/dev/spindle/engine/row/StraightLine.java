package dev.spindle.engine.row;

import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.spindle.engine.unroll.Unrolled;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** Runs the steps of a cursor one after the other. */
abstract class StraightLine {

    private static final ClassDesc STEP = ClassDesc.of(Step.class.getName());
    private static final ClassDesc CURSOR = ClassDesc.of(RowCursor.class.getName());

    /** Computes the current row of a cursor. */
    abstract void run(RowCursor at);

    /** Runs {@code steps[i]} into slot {@code slots[i]}, in order: as code made for these steps, if they are not too many. */
    static StraightLine of(Step[] steps, int[] slots) {
        if (steps.length > Unrolled.MOST_OBJECTS) {
            return new Loop(steps, slots);
        }
        return Unrolled.of(
                MethodHandles.lookup(),
                StraightLine.class,
                "run",
                MethodTypeDesc.of(CD_void, CURSOR),
                Step.class,
                List.of(steps),
                (body, objects) -> {
                    for (int i = 0; i < slots.length; i++) {
                        body.aload(1).getfield(CURSOR, "values", CD_long.arrayType());
                        body.loadConstant(slots[i]);
                        objects.load(body, i);
                        body.aload(1).invokeinterface(STEP, "value", MethodTypeDesc.of(CD_long, CURSOR));
                        body.lastore();
                    }
                    body.return_();
                });
    }

    /** One after the other, whatever they are. */
    static final class Loop extends StraightLine {
        private final Step[] steps;
        private final int[] slots;

        Loop(Step[] steps, int[] slots) {
            this.steps = steps;
            this.slots = slots;
        }

        @Override
        void run(RowCursor at) {
            for (int i = 0; i < steps.length; i++) {
                at.values[slots[i]] = steps[i].value(at);
            }
        }
    }
}
