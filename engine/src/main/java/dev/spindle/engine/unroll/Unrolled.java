package dev.spindle.engine.unroll;

import static java.lang.constant.ConstantDescs.CD_int;
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
 * Makes a class out of a list of objects that would else be called in a loop. In that class each object is a constant, so
 * that the JIT compiler knows which it calls and compiles all of them as one piece of code; a loop would look each up and
 * call it without knowing what it calls.
 */
public final class Unrolled {

    /** A method that calls more objects than these would be too long for the JIT compiler. */
    public static final int MOST_OBJECTS = 150;

    /** Nor does it compile methods of more than 8,000 bytes of code (HotSpot's HugeMethodLimit). */
    public static final int MOST_BYTECODES = 7_500;

    private static final DirectMethodHandleDesc CLASS_DATA_AT = ConstantDescs.ofConstantBootstrap(
            ClassDesc.of(MethodHandles.class.getName()), "classDataAt", ConstantDescs.CD_Object, CD_int);

    private Unrolled() {}

    /** Writes the body of the method; {@code objects.load(body, i)} pushes object i. */
    public interface Body {
        void write(CodeBuilder body, Constants objects);
    }

    /** The objects as constants of the class that is being made. */
    public interface Constants {
        void load(CodeBuilder body, int index);
    }

    /**
     * An instance of a new subclass of {@code base} that has one method.
     *
     * @param lookup of a class in the package of {@code base}, with full access
     * @param base has a constructor without parameters
     * @param type what the objects are called as
     */
    public static <T> T of(
            MethodHandles.Lookup lookup,
            Class<T> base,
            String method,
            MethodTypeDesc signature,
            Class<?> type,
            List<?> objects,
            Body body) {
        ClassDesc parent = ClassDesc.of(base.getName());
        ClassDesc constant = ClassDesc.of(type.getName());
        Constants constants = (code, i) ->
                code.loadConstant(DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, constant, i));
        byte[] bytes = ClassFile.of()
                .build(ClassDesc.of(base.getPackageName() + ".Unrolled"), made -> made.withSuperclass(parent)
                        .withFlags(AccessFlag.FINAL, AccessFlag.SUPER)
                        .withMethodBody(INIT_NAME, MTD_void, 0, code -> code.aload(0)
                                .invokespecial(parent, INIT_NAME, MTD_void)
                                .return_())
                        .withMethodBody(method, signature, 0, code -> body.write(code, constants)));
        try {
            MethodHandles.Lookup made = lookup.defineHiddenClassWithClassData(bytes, List.copyOf(objects), true);
            return base.cast(made.findConstructor(made.lookupClass(), MethodType.methodType(void.class))
                    .invoke());
        } catch (Throwable e) {
            throw new EngineException("the code for " + base.getSimpleName() + " cannot be made", e);
        }
    }
}
