package dev.spindle.sinks.eventhub;

import dev.spindle.engine.publish.Deliveries;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Sees to it that every event taken is reported exactly once, and nothing after the sink is closed. */
final class Ledger {

    private final Deliveries deliveries;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private int outstanding;
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

    void acknowledged(List<Pending> events) {
        lock.lock();
        try {
            if (!closed) {
                long[] intended = new long[events.size()];
                long bytes = 0;
                for (int i = 0; i < intended.length; i++) {
                    intended[i] = events.get(i).intendedNanos();
                    bytes += events.get(i).bytes();
                }
                deliveries.acknowledged(intended, intended.length, bytes);
                settle(events.size());
            }
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
            failed(outstanding, cause);
            closed = true;
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
