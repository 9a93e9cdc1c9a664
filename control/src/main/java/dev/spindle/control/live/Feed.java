package dev.spindle.control.live;

import dev.spindle.control.run.ControlledRun;
import dev.spindle.control.run.Snapshot;
import io.vertx.core.Context;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The figures of one run at one interval, made once for all who watch it so: on the sampler's thread, and handed to the
 * event loop in one go. While the event loop is behind nothing piles up: the next message covers the longer time.
 */
final class Feed {

    private final ControlledRun run;
    private final Context eventLoop;
    private final StatsFrame frame = new StatsFrame();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private final ScheduledFuture<?> timer;
    private final Set<LiveSocket> watchers = new LinkedHashSet<>();
    private Snapshot before;

    /** Starts at once; the first message comes after one interval. */
    Feed(ControlledRun run, long intervalMillis, ScheduledExecutorService sampler, Context eventLoop) {
        this.run = run;
        this.eventLoop = eventLoop;
        sampler.execute(() -> before = run.snapshot());
        this.timer = sampler.scheduleAtFixedRate(this::look, intervalMillis, intervalMillis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (run.isOver() || delivering.getAndSet(true)) {
            return;
        }
        Snapshot now = run.snapshot();
        if (now.atNanos() <= before.atNanos()) {
            delivering.set(false);
            return;
        }
        String message = frame.between(run.id(), before, now);
        before = now;
        eventLoop.runOnContext(v -> {
            delivering.set(false);
            watchers.forEach(watcher -> watcher.offer(message));
        });
    }

    /** Event loop only, as all that follows. */
    void add(LiveSocket watcher) {
        watchers.add(watcher);
    }

    /** Whether anybody is left. */
    boolean remove(LiveSocket watcher) {
        watchers.remove(watcher);
        return !watchers.isEmpty();
    }

    Set<LiveSocket> watchers() {
        return watchers;
    }

    void close() {
        timer.cancel(false);
    }
}
