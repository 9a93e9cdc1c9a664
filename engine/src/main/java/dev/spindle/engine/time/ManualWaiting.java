package dev.spindle.engine.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Waiting on a {@link ManualClock}: turns it to the deadline at once, running on its way what was planned for a moment
 * before it. With it, everything that waits can be tested on one thread without taking time.
 */
public final class ManualWaiting implements Waiting {

    private record Planned(long atNanos, Runnable action) {}

    private final ManualClock clock;
    private final List<Planned> plan = new ArrayList<>();
    private volatile boolean woken;
    private long overshootNanos;
    private long waits;

    /** Turns {@code clock}. */
    public ManualWaiting(ManualClock clock) {
        this.clock = clock;
    }

    /** Runs {@code action} when the clock reads {@code atNanos}, in the first wait that gets there. */
    public void at(long atNanos, Runnable action) {
        plan.add(new Planned(atNanos, action));
        plan.sort(Comparator.comparingLong(Planned::atNanos));
    }

    /** From now on every wait ends this much after its deadline, as waits on a real machine do. */
    public void overshoot(long nanos) {
        overshootNanos = nanos;
    }

    /** How often it was waited. */
    public long waits() {
        return waits;
    }

    @Override
    public void start() {
        // Nothing to measure.
    }

    @Override
    public long until(long deadlineNanos) {
        waits++;
        while (!woken && clock.nanoTime() < deadlineNanos) {
            if (!plan.isEmpty() && plan.getFirst().atNanos() <= deadlineNanos) {
                Planned next = plan.removeFirst();
                turnTo(next.atNanos());
                next.action().run();
            } else if (deadlineNanos == Long.MAX_VALUE) {
                throw new IllegalStateException("nothing is planned that could end this wait");
            } else {
                turnTo(deadlineNanos + overshootNanos);
            }
        }
        woken = false;
        return clock.nanoTime();
    }

    private void turnTo(long nanos) {
        clock.advanceNanos(Math.max(0, nanos - clock.nanoTime()));
    }

    @Override
    public void wake() {
        woken = true;
    }
}
