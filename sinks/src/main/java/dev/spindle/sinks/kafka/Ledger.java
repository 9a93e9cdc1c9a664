package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.stats.Counter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * What has become of the events that were handed to the client.
 *
 * <p>Two threads write here. The client's I/O thread calls {@link Delivery} for whatever was appended to its buffer. The
 * writing thread is called back inside the client's own {@code send} when the record was not appended; that is no
 * outcome yet, because the sink may try again.
 */
final class Ledger {

    /** Ample time for a call that has begun to end. */
    private static final long LAST_CALL_NANOS = 20_000_000;

    private final Deliveries deliveries;
    private final Duration deliveryTimeout;
    private final Counter reportedByClient = new Counter();
    private final Map<Class<?>, SinkException> causes = new ConcurrentHashMap<>();

    private volatile Thread writer;
    private volatile boolean closed;

    // The writing thread's own.
    private Exception refusal;
    private long taken;
    private long reportedByWriter;

    /** What ends the run; set once. */
    private volatile SinkException fatal;

    /** The first event that was lost without ending the run. */
    private volatile SinkException firstLoss;

    Ledger(Deliveries deliveries, Duration deliveryTimeout) {
        this.deliveries = deliveries;
        this.deliveryTimeout = deliveryTimeout;
    }

    /** Names the calling thread as the one that sends. */
    void writtenByThisThread() {
        if (writer != Thread.currentThread()) {
            writer = Thread.currentThread();
        }
    }

    /** One event has been appended to the client's buffer. Called by the writing thread. */
    void taken() {
        taken++;
    }

    void acknowledged(long intendedNanos, int bytes) {
        if (closed) {
            return;
        }
        deliveries.acknowledged(intendedNanos, bytes);
        reportedByClient.increment();
    }

    /** An event was not appended, when this is the writing thread, or else will never be acknowledged. */
    void refused(Exception error) {
        if (Thread.currentThread() == writer) {
            refusal = error;
            return;
        }
        if (closed) {
            return;
        }
        report(error);
        reportedByClient.increment();
    }

    /** Why the record that was sent last was not appended; null when it was. */
    Exception takeRefusal() {
        Exception last = refusal;
        refusal = null;
        return last;
    }

    /**
     * An event that the client would not append is lost.
     *
     * @throws SinkException when that ends the run, in which case the event has not been reported
     */
    void lost(Exception error) {
        if (!Refusals.concernOneEvent(error)) {
            throw end(error);
        }
        taken++;
        report(error);
        reportedByWriter++;
    }

    private void report(Exception error) {
        if (Refusals.concernOneEvent(error)) {
            SinkException cause = cause(error);
            if (firstLoss == null) {
                firstLoss = cause;
            }
            deliveries.failed(1, cause);
        } else {
            deliveries.failed(1, end(error));
        }
    }

    /** Ends the run with this error, unless another has ended it before. */
    private SinkException end(Exception error) {
        SinkException cause = cause(error);
        if (fatal == null) {
            fatal = cause;
        }
        return cause;
    }

    /** One exception for all events with the same kind of error: half a million may fail at once. */
    private SinkException cause(Exception error) {
        return causes.computeIfAbsent(
                error.getClass(), c -> new SinkException(Refusals.sentence(error, deliveryTimeout), error));
    }

    /** From now on the client's calls mean nothing; what it has not reported has failed. Called by the writing thread. */
    void closed() {
        if (inFlight() > 0) {
            closed = true;
            LockSupport.parkNanos(LAST_CALL_NANOS);
            long left = inFlight();
            if (left > 0) {
                deliveries.failed(Math.toIntExact(left), new SinkException(Refusals.NOT_ACKNOWLEDGED));
                reportedByWriter += left;
            }
        }
    }

    /** What ended the run, if anything has. */
    Optional<SinkException> fatal() {
        return Optional.ofNullable(fatal);
    }

    void throwIfEnded() {
        SinkException ended = fatal;
        if (ended != null) {
            throw new SinkException(ended.getMessage(), ended);
        }
    }

    /** The first event that was lost while the run went on. */
    Optional<SinkException> firstLoss() {
        return Optional.ofNullable(firstLoss);
    }

    /** How many events have been reported, acknowledged or failed. Asked by the writing thread. */
    long reported() {
        return reportedByClient.get() + reportedByWriter;
    }

    /** How many events wait for the broker. Asked by the writing thread. */
    long inFlight() {
        return taken - reported();
    }
}
