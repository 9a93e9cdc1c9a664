package dev.spindle.engine.publish;

import java.time.Duration;
import java.util.Map;

/**
 * Where events go. One instance serves one run and is called by one thread at a time, not always the same: {@code open},
 * any number of {@code write} or {@code writeAll}, {@code flush}, {@code close}. When {@code open} throws, {@code close} is
 * all that follows.
 *
 * <p>Every event of every batch ends in exactly one report to {@link SinkContext#deliveries()}: acknowledged or failed.
 * Reports may come from any thread, during {@code write} or long after. What is not reported when {@code close}
 * returns, the engine counts as failed; what is reported later is not heard.
 */
public interface Sink {

    /**
     * Gets ready: opens the file, connects, checks that the target is there.
     *
     * @throws dev.spindle.engine.error.SinkException when that cannot be done, with one line that says what and why
     */
    void open(SinkContext context);

    /**
     * Takes responsibility for a batch. May block when the target is slow, which is how a slow target reaches the
     * pacer; must give up by throwing soon after {@link SinkContext#halted()} turns true. The batch and its bytes
     * are valid until this method returns.
     *
     * @throws dev.spindle.engine.error.SinkException when the sink cannot go on; {@link Batch#accept} says for how many
     *     of the leading events it has reported or will report, none unless it was called
     */
    void write(Batch batch);

    /**
     * Takes responsibility for the batches {@code from} to {@code to - 1}, none of which is empty, as if {@link #write} was
     * called for each; where they can be written together for less, a sink may.
     *
     * @throws dev.spindle.engine.error.SinkException as {@link #write}; {@link Batch#accept} of each batch says for how many
     *     of its events
     */
    default void writeAll(Batch[] batches, int from, int to) {
        for (int i = from; i < to; i++) {
            write(batches[i]);
            batches[i].accept(batches[i].size());
        }
    }

    /**
     * Waits until everything taken is acknowledged or failed, or the timeout has passed. Returns either way, and soon after
     * {@link SinkContext#halted()} turns true.
     */
    void flush(Duration timeout);

    /** Lets go of everything, within the timeout. Never throws for an event that was lost: reports it as failed. */
    void close(Duration timeout);

    /**
     * Another sink, not open, that takes the path of this one as far as that goes without reaching or leaving anything:
     * before a paced run a few thousand events go to it, so that this one's first event finds warm code. May be asked for
     * more than once; by default it only acknowledges.
     */
    default Sink rehearsal() {
        return new Nowhere();
    }

    /** Figures of this sink's own for the result, such as {@code events_safe}; read from any thread. */
    default Map<String, Long> counters() {
        return Map.of();
    }
}
