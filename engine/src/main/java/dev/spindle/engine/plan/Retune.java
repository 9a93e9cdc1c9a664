package dev.spindle.engine.plan;

import java.util.concurrent.CompletableFuture;

/** What became of a request to change the plan. */
public sealed interface Retune {

    /**
     * The plan is written and the pacer woken.
     *
     * @param plan the new plan with its number
     * @param ack completed when the pacer has applied it, or exceptionally with an {@link
     *     dev.spindle.engine.error.EngineException} when the run ends first
     */
    record Accepted(RunPlan plan, CompletableFuture<RetuneAck> ack) implements Retune {}

    /**
     * Refused: the plan has moved on since the caller looked; nothing has changed.
     *
     * @param currentRevision the number it has now
     */
    record Stale(long currentRevision) implements Retune {}

    /** Refused: the run is over. */
    record Ended() implements Retune {}
}
