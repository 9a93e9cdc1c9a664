package dev.spindle.engine.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way out of every wait: once called, each thread of the pipeline that waits, or is about to, leaves by exception. */
final class Halt {

    /** Thrown out of stages to end a thread; carries nothing. */
    static final class Halted extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final Halted INSTANCE = new Halted();

        private Halted() {
            super("halted", null, false, false);
        }
    }

    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private volatile boolean called;

    /** {@code wake} is run, from any thread, when the halt is called, or now if it was; perhaps twice. */
    void onCall(Runnable wake) {
        wakes.add(wake);
        if (called) {
            wake.run();
        }
    }

    void call() {
        called = true;
        wakes.forEach(Runnable::run);
    }

    boolean isCalled() {
        return called;
    }

    void check() {
        if (called) {
            throw Halted.INSTANCE;
        }
    }
}
