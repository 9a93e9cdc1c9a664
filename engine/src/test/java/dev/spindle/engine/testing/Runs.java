package dev.spindle.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamRun;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs that a test begins, watches and ends. */
public final class Runs {

    /** How long a test waits for what is to come at once. */
    public static final int SECONDS = 20;

    private Runs() {}

    public static StreamRun prepared(StreamConfig.Builder config) {
        return new SpindleStreamer(config.build()).prepare("run");
    }

    /** On a thread of its own: one that never ends takes none of the others with it. */
    public static CompletableFuture<StreamResult> begun(StreamRun run) {
        Thread.ofPlatform().daemon().start(run::run);
        return run.done();
    }

    /** The result, in time and with every event accounted for. */
    public static StreamResult ended(CompletableFuture<StreamResult> result) throws Exception {
        StreamResult ended = result.get(SECONDS, TimeUnit.SECONDS);
        assertThat(ended.state().isOver()).as("%s", ended).isTrue();
        assertAccountedFor(ended);
        return ended;
    }

    /** Every event that was taken or made is somewhere; none is in flight when all is over. */
    public static void assertAccountedFor(StreamResult result) {
        assertThat(result.eventsSent() + result.eventsFailed() + result.eventsDropped() + result.inFlight())
                .as("%s", result)
                .isEqualTo(result.eventsTaken() + result.duplicates());
        if (result.state().isOver()) {
            assertThat(result.inFlight()).as("%s", result).isZero();
        }
    }
}
