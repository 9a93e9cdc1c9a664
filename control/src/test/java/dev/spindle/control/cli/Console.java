package dev.spindle.control.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A call of the command line within the test's own process: its streams caught, its signals sent by hand. */
final class Console {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Heard err = new Heard();
    private final Map<Signals.Kind, Runnable> handlers = new EnumMap<>(Signals.Kind.class);
    private final CompletableFuture<Integer> halted = new CompletableFuture<>();
    private final boolean progress;

    Console() {
        this(false);
    }

    Console(boolean progress) {
        this.progress = progress;
    }

    /** What a call left behind. */
    record Ended(int code, String out, List<String> err) {
        String errText() {
            return String.join("\n", err);
        }
    }

    Ended call(String... words) {
        int code = new Spindle(io()).call(List.of(words));
        return new Ended(code, out.toString(UTF_8), List.of(err().split("\n")));
    }

    /** A call on a thread of its own. */
    CompletableFuture<Integer> start(String... words) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> code.complete(new Spindle(io()).call(List.of(words))));
        return code;
    }

    private Io io() {
        Signals signals = (kind, action) -> {
            synchronized (handlers) {
                handlers.put(kind, action);
                handlers.notifyAll();
            }
        };
        return new Io(
                new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), progress, signals, halted::complete);
    }

    /** Sends a signal as soon as the run listens for it. */
    void send(Signals.Kind kind) throws InterruptedException {
        Runnable handler;
        synchronized (handlers) {
            while (!handlers.containsKey(kind)) {
                handlers.wait();
            }
            handler = handlers.get(kind);
        }
        handler.run();
    }

    /** The exit code with which the process would have been ended at once. */
    int haltCode() throws Exception {
        return halted.get(30, TimeUnit.SECONDS);
    }

    String err() {
        return err.toString(UTF_8);
    }

    /** Waits until {@code text} has been said on stderr. */
    void awaitErr(String text) throws InterruptedException {
        synchronized (err) {
            while (!err().contains(text)) {
                err.wait();
            }
        }
    }

    /** A stream that can be waited on. */
    private static final class Heard extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }
    }
}
