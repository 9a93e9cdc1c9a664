package dev.spindle.bench;

import dev.spindle.engine.publish.Deliveries;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.SinkContext;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.SystemClock;
import java.util.List;

/** What a sink sees of a run when it is used without one: the engine's own accounting, so that its cost is in the figure. */
public final class SinkRun implements SinkContext {

    private final NanoClock clock = SystemClock.INSTANCE;
    private final String table;
    private final DeliveryLedger ledger = new DeliveryLedger(this::runNanos);
    private long originNanos = clock.nanoTime();
    private long originEpochMicros = clock.epochMicros();

    /** A run of one table. */
    public SinkRun(String table) {
        this.table = table;
    }

    /** The run begins now. */
    public void begin() {
        originNanos = clock.nanoTime();
        originEpochMicros = clock.epochMicros();
    }

    /** Nanoseconds since it began. */
    public long runNanos() {
        return clock.nanoTime() - originNanos;
    }

    public DeliveryLedger ledger() {
        return ledger;
    }

    @Override
    public List<String> tables() {
        return List.of(table);
    }

    @Override
    public Deliveries deliveries() {
        return ledger;
    }

    @Override
    public NanoClock clock() {
        return clock;
    }

    @Override
    public long originEpochMicros() {
        return originEpochMicros;
    }

    @Override
    public boolean halted() {
        return false;
    }

    @Override
    public void warn(String line) {
        System.err.println(line);
    }

    @Override
    public void detail(String line) {}
}
