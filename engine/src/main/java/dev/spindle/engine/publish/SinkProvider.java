package dev.spindle.engine.publish;

import java.util.List;
import java.util.Optional;

/** A kind of sink, found by {@link java.util.ServiceLoader}: a jar on the class path adds one. */
public interface SinkProvider {

    /** The name given with {@code --sink}. */
    String name();

    /** One line of help. */
    String help();

    List<SinkOption> options();

    /**
     * A sink that is not yet open, for a run with one lane, or for all lanes of a run together.
     *
     * @throws dev.spindle.engine.error.ConfigurationException with every problem of the settings; paths are the options'
     *     names with their dashes
     */
    Sink create(SinkSettings settings);

    /** What becomes of the lanes of a run; by default one sink takes the events of all of them. */
    default SinkLanes lanes(SinkSettings settings) {
        return SinkLanes.TOGETHER;
    }

    /**
     * The sink of one lane, not yet open; asked for when {@link #lanes} says that each has its own.
     *
     * @param lane from 0
     * @throws dev.spindle.engine.error.ConfigurationException as {@link #create(SinkSettings)}
     */
    default Sink create(SinkSettings settings, int lane) {
        return create(settings);
    }

    /** The column whose text stamp should put beside each event as its key, when the settings name one. */
    default Optional<String> keyColumn(SinkSettings settings) {
        return Optional.empty();
    }
}
