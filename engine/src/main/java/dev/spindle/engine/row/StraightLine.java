package dev.spindle.engine.row;

import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.spindle.engine.error.EngineException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.util.List;

/**
 * Runs the steps of a cursor one after the other: in a class made for them. In that class each step is a constant, so that the JIT compiler knows which it is and can compile all of
 * them as one piece of code, where a loop would have to look up each step and call it without knowing what it calls.
 */
abstract class StraightLine {

    /** A method of more steps than these would be too long for the JIT compiler: a loop does. */
    private static final int MOST_STEPS = 150;

    private static final ClassDesc BASE = ClassDesc.of(StraightLine.class.getName());
    private static final ClassDesc STEP = ClassDesc.of(Step.class.getName());
    private static final ClassDesc CURSOR = ClassDesc.of(RowCursor.class.getName());
    private static final ClassDesc VALUES = CD_long.arrayType();
    private static final DirectMethodHandleDesc CLASS_DATA_AT = ConstantDescs.ofConstantBootstrap(
            ClassDesc.of(MethodHandles.class.getName()), "classDataAt", ConstantDescs.CD_Object, ConstantDescs.CD_int);

    /** Computes the current row of a cursor. */
    abstract void run(RowCursor at);

    /** Runs {@code steps[i]} into slot {@code slots[i]}, in order. */
    static StraightLine of(Step[] steps, int[] slots) {
        if (steps.length > MOST_STEPS) {
            return new Loop(steps, slots);
        }
        byte[] code = ClassFile.of()
                .build(ClassDesc.of(StraightLine.class.getPackageName() + ".Steps"), type -> type.withSuperclass(BASE)
                        .withFlags(AccessFlag.FINAL, AccessFlag.SUPER)
                        .withMethodBody(INIT_NAME, MTD_void, 0, StraightLine::constructor)
                        .withMethodBody(
                                "run", MethodTypeDesc.of(CD_void, CURSOR), 0, body -> body(body, slots)));
        try {
            MethodHandles.Lookup made =
                    MethodHandles.lookup().defineHiddenClassWithClassData(code, List.of(steps), true);
            return (StraightLine) made.findConstructor(made.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable e) {
            throw new EngineException("the rows' code cannot be made", e);
        }
    }

    private static void constructor(CodeBuilder body) {
        body.aload(0).invokespecial(BASE, INIT_NAME, MTD_void).return_();
    }

    private static void body(CodeBuilder body, int[] slots) {
        MethodTypeDesc value = MethodTypeDesc.of(CD_long, CURSOR);
        for (int i = 0; i < slots.length; i++) {
            body.aload(1).getfield(CURSOR, "values", VALUES);
            body.loadConstant(slots[i]);
            body.loadConstant(DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, STEP, i));
            body.aload(1).invokevirtual(STEP, "value", value);
            body.lastore();
        }
        body.return_();
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
