package dev.spindle.bench.kafka;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.publish.SinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rows of the retail domain's orders. */
final class OrderRows {

    static final String TABLE = "order";

    private OrderRows() {}

    /** Writes the first rows to a file, one a line. */
    static void write(Path file, int rows) throws IOException {
        StreamConfig config = StreamConfig.builder()
                .domain("retail")
                .table(TABLE)
                .maxEvents(rows)
                .sink("file", SinkSettings.NONE.with("output", file.toString()))
                .build();
        StreamResult result = new SpindleStreamer(config).stream();
        if (result.state() != StreamResult.State.COMPLETED || Files.size(file) == 0) {
            throw new IllegalStateException("no rows: " + result);
        }
    }
}
