package dev.spindle.control.run;

import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamConfig;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.time.SystemClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The runs of one control plane: those that go on, and the last of those that are over. All statistics are read on one
 * thread, {@link #sampler()}, which shares nothing with the pipelines' threads or the event loop.
 */
public final class Runs implements AutoCloseable {

    private final int mostLive;
    private final int mostKept;
    private final SpindleStreamer.Notices notices;
    private final Map<String, ControlledRun> runs = new LinkedHashMap<>();
    private final ScheduledExecutorService sampler;
    private Consumer<ControlledRun> onStart = run -> {};
    private int starting;
    private int lastNumber;
    private boolean closed;

    /**
     * No runs yet.
     *
     * @param mostLive how many may go on at once
     * @param mostKept how many that are over are remembered
     */
    public Runs(int mostLive, int mostKept, SpindleStreamer.Notices notices) {
        this.mostLive = mostLive;
        this.mostKept = mostKept;
        this.notices = notices;
        this.sampler = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "spindle-sampler");
            thread.setDaemon(true);
            return thread;
        });
        sampler.scheduleAtFixedRate(this::second, 1, 1, TimeUnit.SECONDS);
    }

    private void second() {
        for (ControlledRun run : all()) {
            try {
                run.second();
            } catch (RuntimeException e) { // would end the timer, and with it the figures of all other runs
                notices.warning().accept("the figures of run " + run.id() + " could not be read: " + e);
            }
        }
    }

    /** The thread on which statistics are read. */
    public ScheduledExecutorService sampler() {
        return sampler;
    }

    /** There is no room for one more run. */
    public static final class FullException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FullException(String message) {
            super(message);
        }
    }

    /** Called with each run as it starts, on the thread that starts it. */
    public synchronized void onStart(Consumer<ControlledRun> listener) {
        onStart = listener;
    }

    /**
     * Prepares and starts a run; takes as long as its schema takes to compile.
     *
     * @throws dev.spindle.engine.error.ConfigurationException with every problem; nothing has been started then
     * @throws FullException when too many runs are going on
     */
    public ControlledRun start(StreamConfig config) {
        String id = reserve();
        ControlledRun controlled;
        StreamRun run;
        try {
            run = new SpindleStreamer(config, SystemClock.INSTANCE, notices).prepare(id);
            controlled = new ControlledRun(run);
        } finally {
            synchronized (this) {
                starting--;
            }
        }
        adopt(controlled);
        Thread thread = new Thread(run::run, "spindle-run-" + id);
        thread.setDaemon(true);
        thread.start();
        return controlled;
    }

    private synchronized String reserve() {
        if (closed) {
            throw new FullException("the control plane is shutting down");
        }
        long live = runs.values().stream().filter(run -> !run.isOver()).count();
        if (live + starting >= mostLive) {
            throw new FullException("there are " + mostLive + " runs already, which is the most");
        }
        starting++;
        return "r" + ++lastNumber;
    }

    /** Takes a run under control that somebody else has prepared and runs. */
    public ControlledRun adopt(StreamRun run) {
        ControlledRun controlled = new ControlledRun(run);
        adopt(controlled);
        return controlled;
    }

    private void adopt(ControlledRun run) {
        Consumer<ControlledRun> listener;
        synchronized (this) {
            runs.put(run.id(), run);
            forgetOldest();
            listener = onStart;
        }
        listener.accept(run);
    }

    private void forgetOldest() {
        List<ControlledRun> over = runs.values().stream().filter(ControlledRun::isOver).toList();
        for (int i = 0; i < over.size() - mostKept; i++) {
            runs.remove(over.get(i).id());
        }
    }

    public synchronized Optional<ControlledRun> get(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** All of them, oldest first. */
    public synchronized List<ControlledRun> all() {
        return new ArrayList<>(runs.values());
    }

    /** Forgets a run that is over. */
    public synchronized void forget(String id) {
        runs.remove(id);
    }

    /** Stops all runs and waits for them; those that have not ended by then are cut off. No run can be started after. */
    public void stopAll(Duration patience) {
        synchronized (this) {
            closed = true;
        }
        List<ControlledRun> all = all();
        all.forEach(ControlledRun::stop);
        if (!await(all, patience)) {
            all.forEach(ControlledRun::halt);
            await(all, Duration.ofSeconds(5));
        }
    }

    private static boolean await(List<ControlledRun> all, Duration patience) {
        CompletableFuture<?>[] ends = all.stream().map(ControlledRun::ended).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        sampler.shutdownNow();
    }
}
