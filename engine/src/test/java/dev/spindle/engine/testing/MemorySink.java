package dev.spindle.engine.testing;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what it is given, and fails, blocks or forgets on demand. Each run in a test has one of its own. */
public final class MemorySink implements Sink {

    /** What a sink does when it has taken {@code after} events. */
    public sealed interface Behaviour {
        record Keep() implements Behaviour {}

        /** Throws what a sink throws. */
        record Refuse(long after) implements Behaviour {}

        /** Throws what no sink should. */
        record Break(long after) implements Behaviour {}

        /** Says that its reader has gone. */
        record LoseReader(long after) implements Behaviour {}

        /** Blocks until it is released or the run is halted. */
        record Block(long after) implements Behaviour {}

        /** Never acknowledges what comes later. */
        record Forget(long after) implements Behaviour {}
    }

    private final Behaviour behaviour;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private SinkContext context;
    private long taken;

    public MemorySink(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public void open(SinkContext given) {
        context = given;
    }

    @Override
    public void write(Batch batch) {
        switch (behaviour) {
            case Behaviour.Keep keep -> take(batch, batch.size());
            case Behaviour.Refuse refuse -> takeUntil(batch, refuse.after(), new SinkException("the target refused"));
            case Behaviour.Break broken -> takeUntil(batch, broken.after(), new IllegalStateException("a bug"));
            case Behaviour.LoseReader gone -> takeUntil(batch, gone.after(), SinkException.readerGone(null));
            case Behaviour.Block block -> {
                if (taken >= block.after()) {
                    awaitRelease();
                }
                take(batch, batch.size());
            }
            case Behaviour.Forget forget -> {
                int fits = Math.clamp(forget.after() - taken, 0, batch.size());
                take(batch, fits);
                taken += batch.size() - fits;
            }
        }
    }

    private void takeUntil(Batch batch, long after, RuntimeException then) {
        int fits = (int) Math.min(batch.size(), after - taken);
        take(batch, fits);
        if (fits < batch.size()) {
            batch.accept(fits);
            throw then;
        }
    }

    private void take(Batch batch, int events) {
        int end = events == 0 ? 0 : batch.offset(events - 1) + batch.length(events - 1) + 1;
        synchronized (bytes) {
            bytes.write(batch.bytes(), 0, end);
        }
        taken += events;
        context.deliveries().acknowledged(batch, 0, events);
    }

    private void awaitRelease() {
        blocked.countDown();
        try {
            while (!released.await(5, TimeUnit.MILLISECONDS)) {
                if (context.halted()) {
                    throw new SinkException("halted while the target did not answer");
                }
            }
        } catch (InterruptedException e) {
            throw new SinkException("interrupted", e);
        }
    }

    /** Lets a blocked sink go on. */
    public void release() {
        released.countDown();
    }

    /** Waits until the sink blocks. */
    public boolean awaitBlocked(Duration timeout) throws InterruptedException {
        return blocked.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void flush(Duration timeout) {}

    @Override
    public void close(Duration timeout) {}

    public String text() {
        synchronized (bytes) {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    public List<String> lines() {
        return new ArrayList<>(text().lines().toList());
    }
}
