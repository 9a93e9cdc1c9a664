package dev.spindle.engine.plan;

/**
 * A plan has taken effect.
 *
 * @param revision the plan's number
 * @param appliedAtNanos when, on the run's clock: nanoseconds since the run's origin
 * @param effectiveSequence the event that was next in line at that moment: every event before it was taken under an
 *     older plan, it and all after it are taken under this one. When it is due it leaves at once; when it is not, the
 *     acknowledgement does not wait for it. (Under {@code --catch-up drop} it may be shed; a late event that is already
 *     being held leaves at its own time whatever the plan.)
 */
public record RetuneAck(long revision, long appliedAtNanos, long effectiveSequence) {}
