package dev.spindle.engine.pipeline;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Ties the current thread to one core, with Linux's {@code sched_setaffinity(2)} and {@code sched_getaffinity(2)} called
 * through the JDK's own foreign function interface; elsewhere it cannot be done, and that is said.
 */
public final class Pinning {

    private static final int MASK_BYTES = 128; // 1,024 cores, the size of glibc's cpu_set_t
    private static final Optional<MethodHandle> SET_AFFINITY = find("sched_setaffinity");
    private static final Optional<MethodHandle> GET_AFFINITY = find("sched_getaffinity");

    private Pinning() {}

    @SuppressWarnings("restricted") // calling the system is what this class is for
    private static Optional<MethodHandle> find(String function) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(function)
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS)));
    }

    /** Pins the current thread to {@code cpu}; an empty answer when that worked, else why not. */
    public static Optional<String> pinTo(int cpu) {
        if (SET_AFFINITY.isEmpty()) {
            return Optional.of("this system cannot pin threads to cores");
        }
        if (cpu < 0 || cpu >= MASK_BYTES * 8) {
            return Optional.of("there is no core " + cpu);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            mask.set(ValueLayout.JAVA_BYTE, cpu / 8, (byte) (1 << cpu % 8));
            return call(SET_AFFINITY.get(), mask) == 0 ? Optional.empty() : Optional.of("core " + cpu + " is not one that this process may use");
        }
    }

    /** Runs {@code action}, after which the current thread may use the cores again that it may use now. */
    static void restoringCores(Runnable action) {
        if (SET_AFFINITY.isEmpty() || GET_AFFINITY.isEmpty()) {
            action.run();
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            boolean known = call(GET_AFFINITY.get(), mask) >= 0;
            try {
                action.run();
            } finally {
                if (known) {
                    call(SET_AFFINITY.get(), mask);
                }
            }
        }
    }

    /** What the system answers for the current thread; less than 0 for a failure. */
    private static int call(MethodHandle function, MemorySegment mask) {
        try {
            return (int) function.invokeExact(0, (long) MASK_BYTES, mask);
        } catch (Throwable e) {
            throw new IllegalStateException("the system cannot be asked about cores", e);
        }
    }
}
