package dev.spindle.sinks.eventhub;

import dev.spindle.engine.publish.Deliveries;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Sees to it that every event taken is reported exactly once, and nothing after the sink is closed. */
final class Ledger {

    private final Deliveries deliveries;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private int outstanding;
    /** Of the outstanding: those that are being reported at this moment. */
    private int reporting;
    private boolean closed;
    private boolean hurried;

    Ledger(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    void taken(int events) {
        lock.lock();
        try {
            outstanding += events;
        } finally {
            lock.unlock();
        }
    }

    /** The first {@code events} of the array have been accepted; they have {@code bytes} together. */
    void acknowledged(long[] intendedNanos, int events, long bytes) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            reporting += events;
        } finally {
            lock.unlock();
        }
        try {
            // Not under the lock, for which the writing thread would wait.
            deliveries.acknowledged(intendedNanos, events, bytes);
        } finally {
            reported(events);
        }
    }

    private void reported(int events) {
        lock.lock();
        try {
            reporting -= events;
            settle(events);
        } finally {
            lock.unlock();
        }
    }

    void failed(int events, Throwable cause) {
        if (events == 0) {
            return;
        }
        lock.lock();
        try {
            if (!closed) {
                deliveries.failed(events, cause);
                settle(events);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait, now and later: the run has been halted. */
    void hurry() {
        lock.lock();
        try {
            hurried = true;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything taken is reported, the time is up, or the run is halted. */
    void awaitSettled(long timeoutNanos) {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (outstanding > 0 && left > 0 && !hurried) {
                left = settled.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    int outstanding() {
        lock.lock();
        try {
            return outstanding;
        } finally {
            lock.unlock();
        }
    }

    /** Reports what is left as failed; whatever comes later is too late. */
    void close(Throwable cause) {
        lock.lock();
        try {
            failed(outstanding - reporting, cause);
            closed = true;
            while (reporting > 0) {
                settled.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(int events) {
        outstanding -= events;
        if (outstanding == 0) {
            settled.signalAll();
        }
    }
}
