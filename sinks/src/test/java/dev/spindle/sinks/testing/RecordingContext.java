package dev.spindle.sinks.testing;

import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in for the engine and writes down what a sink reports. For {@link TestEvents} with sequence numbers from 0. */
public final class RecordingContext implements SinkContext, Deliveries {

    private final List<String> tables;
    private final long originEpochMicros = SystemClock.INSTANCE.epochMicros();
    private final AtomicIntegerArray acknowledgements;
    private final AtomicLong acknowledgedEvents = new AtomicLong();
    private final AtomicLong acknowledgedBytes = new AtomicLong();
    private final AtomicLong failedEvents = new AtomicLong();
    private final List<Throwable> causes = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<String> details = new CopyOnWriteArrayList<>();
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private volatile boolean halted;
    private boolean labelled = true;

    /** @param capacityEvents one more than the highest sequence number */
    public RecordingContext(List<String> tables, int capacityEvents) {
        this.tables = tables;
        this.acknowledgements = new AtomicIntegerArray(capacityEvents);
    }

    public RecordingContext unlabelled() {
        labelled = false;
        return this;
    }

    /** Tells the sink that the run is to stop at once. */
    public void halt() {
        halted = true;
        wakes.forEach(Runnable::run);
    }

    /** How often the event has been acknowledged. */
    public int acknowledgements(long sequence) {
        return acknowledgements.get((int) sequence);
    }

    public long acknowledged() {
        return acknowledgedEvents.get();
    }

    public long acknowledgedBytes() {
        return acknowledgedBytes.get();
    }

    public long failed() {
        return failedEvents.get();
    }

    public long reported() {
        return acknowledged() + failed();
    }

    /** One cause for each call that reported failures. */
    public List<Throwable> causes() {
        return causes;
    }

    public List<String> warnings() {
        return warnings;
    }

    public List<String> details() {
        return details;
    }

    @Override
    public void acknowledged(long intendedNanos, int bytes) {
        acknowledgements.incrementAndGet((int) (intendedNanos / TestEvents.INTERVAL_NANOS));
        acknowledgedEvents.incrementAndGet();
        acknowledgedBytes.addAndGet(bytes);
    }

    @Override
    public void acknowledged(Batch batch, int from, int to) {
        for (int i = from; i < to; i++) {
            acknowledged(batch.intendedNanos(i), batch.length(i));
        }
    }

    @Override
    public void failed(int events, Throwable cause) {
        if (causes.size() < 1_000) {
            causes.add(cause);
        }
        failedEvents.addAndGet(events);
    }

    @Override
    public List<String> tables() {
        return tables;
    }

    @Override
    public Deliveries deliveries() {
        return this;
    }

    @Override
    public boolean labelled() {
        return labelled;
    }

    @Override
    public NanoClock clock() {
        return SystemClock.INSTANCE;
    }

    @Override
    public long originEpochMicros() {
        return originEpochMicros;
    }

    @Override
    public boolean halted() {
        return halted;
    }

    @Override
    public void onHalt(Runnable wake) {
        wakes.add(wake);
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public void detail(String line) {
        details.add(line);
    }
}
