package dev.spindle.engine.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A count written by one thread and read by any; padded so that two counters never share a cache line. */
@SuppressWarnings("unused")
public final class Counter {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long p01, p02, p03, p04, p05, p06, p07;
    private long value;
    private long p11, p12, p13, p14, p15, p16, p17;

    /** Adds; called by the one writer. */
    public void add(long n) {
        VALUE.setRelease(this, value + n);
    }

    /** Counts one more; called by the one writer. */
    public void increment() {
        add(1);
    }

    /** The count as of a moment ago. */
    public long get() {
        return (long) VALUE.getAcquire(this);
    }
}
