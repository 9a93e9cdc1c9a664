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
     * A sink that is not yet open.
     *
     * @throws dev.spindle.engine.error.ConfigurationException with every problem of the settings; paths are the options'
     *     names with their dashes
     */
    Sink create(SinkSettings settings);

    /** The column whose text stamp should put beside each event as its key, when the settings name one. */
    default Optional<String> keyColumn(SinkSettings settings) {
        return Optional.empty();
    }
}
