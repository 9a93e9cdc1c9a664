package dev.spindle.engine.stats;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A figure written by one thread and read by any. */
public final class Gauge {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Gauge.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** A gauge at {@code first}. */
    public Gauge(long first) {
        VALUE.setRelease(this, first);
    }

    /** Sets it; called by the one writer. */
    public void set(long now) {
        VALUE.setRelease(this, now);
    }

    /** The figure as of a moment ago. */
    public long get() {
        return (long) VALUE.getAcquire(this);
    }
}
