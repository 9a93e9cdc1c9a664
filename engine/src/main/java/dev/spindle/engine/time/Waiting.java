package dev.spindle.engine.time;

/**
 * Waits for moments on a {@link NanoClock}. One thread waits; any thread may wake it.
 *
 * <p>A wake is never lost: one that comes before {@link #until} makes that call return at once. One may come back with
 * no wake at all being due; callers look at what they wait for and wait again.
 */
public interface Waiting {

    /** Prepares, on the thread that is going to wait: measures what has to be measured. May take some milliseconds. */
    void start();

    /**
     * Waits until the clock reads {@code deadlineNanos} or more, or until woken.
     *
     * @param deadlineNanos on the clock's own scale; {@link Long#MAX_VALUE} waits for a wake only
     * @return the clock's reading now; below the deadline when woken
     */
    long until(long deadlineNanos);

    /**
     * Has {@code touch} run by the waiting thread some microseconds before the end of each wait that is longer than those,
     * where that delays nothing: to look at what will be needed then, which a long wait has let go out of the core's
     * caches. Called before {@link #start}.
     */
    default void onApproach(Runnable touch) {}

    /** Makes {@link #until} return soon; from any thread. */
    void wake();
}
