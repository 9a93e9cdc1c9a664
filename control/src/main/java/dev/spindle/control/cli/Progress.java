package dev.spindle.control.cli;

import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamRun;
import java.util.OptionalLong;

/** The line that tells how far a run is; fits a terminal of 80 columns. */
final class Progress {

    private static final int WIDTH = 79;

    private final StreamRun run;
    private long sentBefore;
    private long nanosBefore = System.nanoTime();

    Progress(StreamRun run) {
        this.run = run;
    }

    String line(long nowNanos) {
        StreamResult result = run.result();
        double rate = (result.eventsSent() - sentBefore) * 1e9 / Math.max(1, nowNanos - nanosBefore);
        sentBefore = result.eventsSent();
        nanosBefore = nowNanos;
        StringBuilder line = new StringBuilder(result.state() == StreamResult.State.PAUSED ? "paused: " : "")
                .append(Figures.count(result.eventsSent(), "event"));
        OptionalLong most = run.config().maxEvents();
        if (most.isPresent()) {
            line.append(" (").append(100 * result.eventsSent() / most.getAsLong()).append(" %)");
        }
        line.append(", ").append(Figures.rate(rate)).append("/s");
        if (run.plan().paced()) {
            line.append(" of ").append(Figures.rate(result.pacing().targetRate())).append("/s");
            line.append(", p99 ").append(Figures.time(result.latencyNanos().p99()));
        }
        long lost = result.eventsFailed() + result.eventsDropped();
        if (lost > 0) {
            line.append(", ").append(Figures.count(lost)).append(" lost or dropped");
        }
        return line.length() > WIDTH ? line.substring(0, WIDTH) : line.toString();
    }
}
