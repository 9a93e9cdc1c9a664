package dev.spindle.control.cli;

import dev.spindle.engine.StreamRun;
import java.io.IOException;

/** Looks at a run from the side: a histogram into the log every second, and the progress line twice as often. */
final class Sampler implements AutoCloseable {

    private static final long TICK_MILLIS = 500;
    private static final int TICKS_PER_INTERVAL = 2;

    private final StreamRun run;
    private final HdrLog hdr;
    private final Screen screen;
    private final Thread thread = new Thread(this::sample, "spindle-sampler");
    private boolean closed;

    /** A sampler; {@code hdr} and {@code screen} may be null for no log and no progress. */
    Sampler(StreamRun run, HdrLog hdr, Screen screen) {
        this.run = run;
        this.hdr = hdr;
        this.screen = screen;
        thread.setDaemon(true);
    }

    void start() {
        if (hdr != null || screen != null) {
            thread.start();
        }
    }

    private void sample() {
        Progress progress = new Progress(run);
        try {
            for (int tick = 1; !waitForTick(); tick++) {
                if (hdr != null && tick % TICKS_PER_INTERVAL == 0) {
                    hdr.write(run.latencyInterval(), System.currentTimeMillis());
                }
                if (screen != null) {
                    screen.progress(progress.line(System.nanoTime()));
                }
            }
        } catch (IOException e) {
            return; // the log keeps its error and tells it when it is closed
        }
    }

    /** Whether the sampler has been closed. */
    private synchronized boolean waitForTick() {
        long end = System.nanoTime() + TICK_MILLIS * 1_000_000;
        try {
            for (long left = end - System.nanoTime(); !closed && left > 0; left = end - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            return true;
        }
        return closed;
    }

    /** Ends the sampling; the log stays open. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
