/**
 * When each event should leave, and letting it go then.
 *
 * <p>{@link dev.spindle.engine.pace.RatePlan} is the intensity as a function of time, {@link
 * dev.spindle.engine.pace.Schedule} the arrivals drawn from it, {@link dev.spindle.engine.pace.PaceStage} the stage that
 * waits for them, {@link dev.spindle.engine.pace.PaceStats} the proof of how well it did.
 */
package dev.spindle.engine.pace;
