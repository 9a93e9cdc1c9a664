package dev.spindle.control.cli;

import dev.spindle.engine.StreamResult;
import dev.spindle.engine.StreamResult.State;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.json.IoText;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run as the command line sees it: what is said before, during and after, its files, its signals, its exit code. */
final class StreamCall {

    private final StreamRequest request;
    private final StreamRun run;
    private final Screen screen;
    private final Io io;
    private final AtomicBoolean finishing = new AtomicBoolean();
    private final StopSignals stop;

    StreamCall(StreamRequest request, StreamRun run, Screen screen, Io io) {
        this.request = request;
        this.run = run;
        this.screen = screen;
        this.io = io;
        this.stop = new StopSignals(run, screen, this::abandon);
    }

    /** Runs to the end; the exit code. */
    int run() {
        Banner.lines(run).forEach(screen::say);
        if (run.threads().warning() != null) {
            screen.warn(run.threads().warning());
        }
        HdrLog hdr = openHdr();
        if (request.hdr().isPresent() && hdr == null) {
            return ExitCode.FAILED;
        }
        stop.listen(io.signals());
        StreamResult result;
        try (Serving serving = Serving.open(request.serve(), run, screen);
                Sampler sampler = new Sampler(run, hdr, io.progress() ? screen : null)) {
            serving.say();
            sampler.start();
            result = run.run();
        }
        if (!finishing.compareAndSet(false, true)) {
            return awaitHalt();
        }
        boolean logged = closeHdr(hdr);
        return finish(result, logged);
    }

    private HdrLog openHdr() {
        if (request.hdr().isEmpty()) {
            return null;
        }
        try {
            return HdrLog.open(request.hdr().get());
        } catch (IOException e) {
            screen.error("--hdr = " + request.hdr().get() + ": cannot be written: " + IoText.reason(e));
            return null;
        }
    }

    private boolean closeHdr(HdrLog hdr) {
        if (hdr == null) {
            return true;
        }
        try {
            hdr.write(run.latencyInterval(), System.currentTimeMillis());
            hdr.close();
            return true;
        } catch (IOException e) {
            screen.error("--hdr = " + request.hdr().get() + ": cannot be written: " + IoText.reason(e));
            return false;
        }
    }

    private int finish(StreamResult result, boolean logged) {
        Summary.lines(result).forEach(screen::say);
        if (result.error() != null) {
            screen.error(result.error());
            run.failure().ifPresent(screen::trace);
        }
        boolean failed = failed(result);
        if (failed) {
            tellLost(result);
        }
        List<String> holding = Conditions.holding(request.conditions(), result);
        holding.forEach(screen::error);
        boolean written = writeResult(result);
        if (failed || !written || !logged) {
            return ExitCode.FAILED;
        }
        if (!holding.isEmpty()) {
            return ExitCode.CONDITION_HELD;
        }
        OptionalInt signal = stop.exitCode();
        return signal.isPresent() ? signal.getAsInt() : ExitCode.OK;
    }

    /** A run that had to be given up has failed if it lost anything; of one that ended, its state says it. */
    private static boolean failed(StreamResult result) {
        return result.state().isOver() ? result.state() == State.FAILED : lost(result) > 0;
    }

    private static long lost(StreamResult result) {
        return result.eventsFailed() + result.inFlight();
    }

    private void tellLost(StreamResult result) {
        if (lost(result) > 0) {
            screen.error(Figures.count(lost(result)) + " of "
                    + Figures.count(result.eventsTaken() + result.duplicates(), "event") + " not delivered");
        }
    }

    private boolean writeResult(StreamResult result) {
        if (request.result().isEmpty()) {
            return true;
        }
        try {
            ResultFile.write(request.result().get(), result);
            return true;
        } catch (IOException e) {
            screen.error("--result = " + request.result().get() + ": cannot be written: " + IoText.reason(e));
            return false;
        }
    }

    /** Called when a run that was told to end at once does not: tells what is known and ends the process. */
    private void abandon() {
        if (finishing.compareAndSet(false, true)) {
            int code = finish(run.result(), true);
            io.err().flush();
            io.halt().accept(code);
        }
    }

    /** Another thread is ending the process: there is nothing left to do here. */
    private static int awaitHalt() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.FAILED;
    }
}
