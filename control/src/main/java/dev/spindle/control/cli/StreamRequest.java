package dev.spindle.control.cli;

import dev.spindle.engine.StreamConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a call of {@code spindle stream} asks for.
 *
 * @param config the run
 * @param result file for the result
 * @param hdr file for the latency histograms
 * @param conditions what makes a finished run count as failed
 * @param serve port of the run's own control plane
 */
record StreamRequest(StreamConfig config, Optional<Path> result, Optional<Path> hdr, List<Condition> conditions, OptionalInt serve) {

    StreamRequest {
        conditions = List.copyOf(conditions);
    }
}
