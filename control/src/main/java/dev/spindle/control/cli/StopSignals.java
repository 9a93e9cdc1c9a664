package dev.spindle.control.cli;

import dev.spindle.engine.StreamRun;
import dev.spindle.engine.plan.DurationText;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What signals do to a run: the first stops it and gives it time to drain, after which it is halted; a second one halts
 * it at once. A run that does not even end when it is halted is given up.
 */
final class StopSignals {

    /** How long a halted run may take to end: its threads look up many times in that while. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final StreamRun run;
    private final Screen screen;
    private final Runnable abandon;
    private Signals.Kind first;
    private boolean halted;

    StopSignals(StreamRun run, Screen screen, Runnable abandon) {
        this.run = run;
        this.screen = screen;
        this.abandon = abandon;
    }

    void listen(Signals signals) {
        for (Signals.Kind kind : Signals.Kind.values()) {
            signals.on(kind, () -> arrived(kind));
        }
    }

    /** The exit code of the signal that stopped the run; empty when none did. */
    synchronized OptionalInt exitCode() {
        return first == null ? OptionalInt.empty() : OptionalInt.of(first.exitCode());
    }

    private synchronized void arrived(Signals.Kind kind) {
        if (run.done().isDone()) {
            return;
        }
        if (first == null) {
            first = kind;
            Duration timeout = run.config().drainTimeout();
            screen.say("stopping: what is in flight has " + DurationText.write(timeout.toNanos())
                    + " to arrive; a second signal ends at once");
            run.stop();
            guard(timeout);
        } else {
            halt();
        }
    }

    private synchronized void halt() {
        if (!halted) {
            halted = true;
            run.halt();
            guard(GRACE);
        }
    }

    /** Waits for the end of the run, on a thread of its own, and does the next worse thing when it does not come. */
    private void guard(Duration patience) {
        boolean last = halted;
        Thread guard = new Thread(() -> {
            if (!ends(patience)) {
                if (last) {
                    abandon.run();
                } else {
                    halt();
                }
            }
        }, "spindle-stop");
        guard.setDaemon(true);
        guard.start();
    }

    private boolean ends(Duration patience) {
        try {
            run.done().get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
