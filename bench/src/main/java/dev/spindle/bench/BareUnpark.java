package dev.spindle.bench;

import java.util.concurrent.locks.LockSupport;

/** The least that waking a thread can take: it parks, another unparks it, and it reads the clock. */
final class BareUnpark {

    private static final long LONG_NANOS = 3_600_000_000_000L;

    private volatile boolean woken;

    private BareUnpark() {}

    /** Parks this thread for {@code forMillis} and gives how long it took from the call that woke it, in nanoseconds. */
    static long nanos(long forMillis) throws InterruptedException {
        BareUnpark bare = new BareUnpark();
        Thread sleeper = Thread.currentThread();
        long[] calledNanos = new long[1];
        Thread control = Thread.ofPlatform().start(() -> {
            sleep(forMillis);
            calledNanos[0] = System.nanoTime();
            bare.woken = true;
            LockSupport.unpark(sleeper);
        });
        while (!bare.woken) {
            LockSupport.parkNanos(bare, LONG_NANOS);
        }
        long awake = System.nanoTime();
        control.join();
        return awake - calledNanos[0];
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
