package dev.spindle.engine.pace;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.Arrivals;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.PlanDraft;
import dev.spindle.engine.plan.Retune;
import dev.spindle.engine.plan.RetuneAck;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.ManualClock;
import dev.spindle.engine.time.ManualWaiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** A pace stage on a manual clock, fed with numbered events, with a next stage that writes down what it gets. */
final class PaceFixture {

    static final long MICRO = 1_000L;
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;
    static final long ORIGIN = 7_000_000_000_123L;
    static final long EPOCH_MICROS = 1_767_312_000_000_000L;

    record Out(long sequence, long intended, long released, long revision) {}

    final ManualClock clock = new ManualClock(ORIGIN, EPOCH_MICROS);
    final ManualWaiting waiting = new ManualWaiting(clock);
    final BlockedTime blocked = new BlockedTime();
    final PaceStats stats = new PaceStats();
    final List<Out> out = new ArrayList<>();
    final List<Long> batchEnds = new ArrayList<>();
    final PlanCell cell;
    final PaceStage stage;
    /** Run in the next stage for each event, with its sequence number. */
    LongConsumer onEvent = sequence -> {};
    /** What a read of the next event costs the upstream, and an event the downstream. */
    long upstreamNanos;

    /** What the end of a batch costs the downstream. */
    long batchEndNanos;

    int spares;
    boolean streamEnded;
    private long sequence;
    private Event event = new Event(2);

    PaceFixture(PlanDraft plan) {
        this(plan, PaceSettings.of(42));
    }

    PaceFixture(PlanDraft plan, PaceSettings settings) {
        this(plan, settings, 0);
    }

    /** With its origin so many nanoseconds ahead. */
    PaceFixture(PlanDraft plan, long leadNanos) {
        this(plan, PaceSettings.of(42), leadNanos);
    }

    private PaceFixture(PlanDraft plan, PaceSettings settings, long leadNanos) {
        cell = new PlanCell(plan.build(), Runnable::run);
        stage = new PaceStage(settings, cell, clock, waiting, blocked, this::spare, stats, new Recorder());
        stage.start(leadNanos);
    }

    static PlanDraft constant(double rate) {
        return RunPlan.draft().paced(true).arrivals(Arrivals.CONSTANT).ratePerSecond(rate);
    }

    static PlanDraft poisson(double rate) {
        return RunPlan.draft().paced(true).ratePerSecond(rate);
    }

    /** What the stage hands its events to. */
    Stage sink() {
        return new Recorder();
    }

    private Event spare() {
        spares++;
        return new Event(2);
    }

    long runNanos() {
        return clock.nanoTime() - ORIGIN;
    }

    /** Hands in as many events as the stage takes, {@code count} at most. */
    PaceFixture feed(int count) {
        for (int i = 0; i < count && !stage.ended(); i++) {
            clock.advanceNanos(upstreamNanos);
            event.sequence = sequence;
            long takenBefore = stats.taken();
            event = stage.on(event);
            sequence += stats.taken() - takenBefore;
        }
        return this;
    }

    /** Hands in events until the run's clock reads {@code nanos}. */
    PaceFixture feedUntil(long nanos) {
        while (runNanos() < nanos) {
            feed(1);
        }
        return this;
    }

    /** Plans a retune for a moment on the run's clock. */
    CompletableFuture<RetuneAck> retuneAt(long nanos, UnaryOperator<PlanDraft> change) {
        CompletableFuture<RetuneAck> result = new CompletableFuture<>();
        waiting.at(ORIGIN + nanos, () -> retune(change).whenComplete((ack, failure) -> {
            if (failure == null) {
                result.complete(ack);
            } else {
                result.completeExceptionally(failure);
            }
        }));
        return result;
    }

    CompletableFuture<RetuneAck> retune(UnaryOperator<PlanDraft> change) {
        return ((Retune.Accepted)
                        cell.retune(plan -> change.apply(plan.edit()).build()))
                .ack();
    }

    /** Makes the next stage stand still once, as a sink that stalls does. */
    void stallDownstream(long atSequence, long nanos) {
        onEvent = seq -> {
            if (seq == atSequence) {
                clock.advanceNanos(nanos);
                blocked.add(nanos);
            }
        };
    }

    List<Long> sequences() {
        return out.stream().map(Out::sequence).toList();
    }

    List<Long> released() {
        return out.stream().map(Out::released).toList();
    }

    long releasedBetween(long from, long to) {
        return out.stream().filter(o -> o.released() >= from && o.released() < to).count();
    }

    private final class Recorder implements Stage {
        @Override
        public Event on(Event e) {
            out.add(new Out(e.sequence, e.intendedNanos, e.releasedNanos, e.plan.revision()));
            onEvent.accept(e.sequence);
            return e;
        }

        @Override
        public void endOfBatch() {
            batchEnds.add(runNanos());
            clock.advanceNanos(batchEndNanos);
        }

        @Override
        public void endOfStream() {
            streamEnded = true;
        }
    }
}
