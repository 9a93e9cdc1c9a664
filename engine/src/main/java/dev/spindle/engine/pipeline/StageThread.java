package dev.spindle.engine.pipeline;

import dev.spindle.engine.pipeline.ThreadPlan.Group;
import java.util.function.Consumer;

/** A group of stages on its thread. */
final class StageThread extends Thread {
    private final Group group;
    private final Consumer<String> warnings;
    /** Let go of at the end, since whoever keeps a thread for long, as the Disruptor's assertions do, would keep the run. */
    private Halt halt;

    private Runnable work;
    private volatile Throwable cause;

    StageThread(Group group, Halt halt, Consumer<String> warnings, Runnable work) {
        super(group.name());
        this.group = group;
        this.halt = halt;
        this.warnings = warnings;
        this.work = work;
        setDaemon(true);
    }

    /** Whatever escapes ends the whole pipeline: no thread may be left waiting for one that is gone. */
    @Override
    public void run() {
        try {
            if (group.cpu() >= 0) {
                Pinning.pinTo(group.cpu()).ifPresent(why -> warnings.accept(getName() + " is not pinned: " + why));
            }
            work.run();
        } catch (Halt.Halted halted) {
            // somebody else has the cause
        } catch (Throwable escaped) {
            cause = escaped;
            halt.call();
        } finally {
            work = null;
            halt = null;
        }
    }

    Throwable cause() {
        return cause;
    }

    void joinUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
