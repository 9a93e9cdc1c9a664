package dev.spindle.sinks.eventhub;

import dev.spindle.engine.publish.SinkContext;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells a person about throttling and outages: the first of each in a warning, the later ones as details. */
final class Notices {

    private final SinkContext context;
    private final String target;
    private final AtomicBoolean throttledBefore = new AtomicBoolean();
    private final AtomicBoolean troubledBefore = new AtomicBoolean();
    private final AtomicBoolean trouble = new AtomicBoolean();

    Notices(SinkContext context, String target) {
        this.context = context;
        this.target = target;
    }

    void trouble(Verdict verdict, String reason) {
        if (!trouble.compareAndSet(false, true)) {
            return;
        }
        boolean throttled = verdict == Verdict.THROTTLED;
        AtomicBoolean before = throttled ? throttledBefore : troubledBefore;
        String line = throttled
                ? "The " + target + " throttles (server-busy); batches wait and are sent again."
                : "The " + target + " did not take a batch; it is sent again: " + reason;
        if (before.compareAndSet(false, true)) {
            context.warn(line);
        } else {
            context.detail(line);
        }
    }

    void well() {
        if (trouble.get() && trouble.compareAndSet(true, false)) {
            context.detail("The " + target + " takes batches again.");
        }
    }
}
