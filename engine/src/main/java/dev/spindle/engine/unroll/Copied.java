package dev.spindle.engine.unroll;

import dev.spindle.engine.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Makes a class anew for one object that it works with. The JIT compiler compiles a method once for all objects of its class,
 * unless it compiles it into the caller, which it does not do with long ones; a copy of the class has code of its own, in
 * which what it works with is constant.
 */
public final class Copied {

    private Copied() {}

    /**
     * An instance of a copy of {@code template}, which has a constructor without parameters and takes {@code constant} from
     * {@link MethodHandles#classData} into a static final field.
     *
     * @param lookup of a class in the template's package, with full access
     * @param base what the copy is called as: a type that the template has beside its own
     */
    public static <T> T of(MethodHandles.Lookup lookup, Class<? extends T> template, Class<T> base, Object constant) {
        String name = template.getName().substring(template.getPackageName().length() + 1) + ".class";
        try (InputStream code = template.getResourceAsStream(name)) {
            MethodHandles.Lookup made = lookup.defineHiddenClassWithClassData(code.readAllBytes(), constant, true);
            return base.cast(made.findConstructor(made.lookupClass(), MethodType.methodType(void.class))
                    .invoke());
        } catch (IOException | RuntimeException | ReflectiveOperationException e) {
            throw new EngineException("the code of " + template.getSimpleName() + " cannot be copied", e);
        } catch (Throwable e) {
            throw new EngineException("a copy of " + template.getSimpleName() + " cannot be made", e);
        }
    }
}
