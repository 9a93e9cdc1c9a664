package dev.spindle.engine.publish;

import dev.spindle.engine.time.NanoClock;
import java.util.List;

/** What the engine gives to a sink. */
public interface SinkContext {

    /** The tables of the run, by name. */
    List<String> tables();

    /** Where deliveries are reported. */
    Deliveries deliveries();

    /** Whether events carry the two anomaly columns; if not, a sink must not show them in its own metadata either. */
    default boolean labelled() {
        return true;
    }

    NanoClock clock();

    /** Microseconds since the epoch at the run's origin: intended time + this = wall clock. Valid once events come. */
    long originEpochMicros();

    /**
     * Whether there is no more point in waiting: the run has been told to end at once, or its drain timeout is over, or,
     * during {@link Sink#write}, another stage has failed.
     */
    boolean halted();

    /**
     * Has {@code wake} run, from any thread, when {@link #halted()} turns true, or now if it is: for a write that waits
     * where it cannot look. It must be short and must not throw.
     */
    default void onHalt(Runnable wake) {}

    /** Says something that a person should read, once, in one line; goes to the log or to stderr. */
    void warn(String line);

    /** Like {@link #warn}, but shown with {@code --verbose} only. */
    void detail(String line);
}
