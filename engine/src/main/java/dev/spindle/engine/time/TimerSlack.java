package dev.spindle.engine.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The slack by which Linux may end a thread's sleeps late to bundle them with others: 50 µs unless told otherwise. A
 * thread may set its own to a nanosecond without any privilege by writing to its {@code timerslack_ns} file (proc(5)),
 * which brings the lateness of a park from about 70 µs down to about 20 µs.
 */
final class TimerSlack {

    private TimerSlack() {}

    /** Sets it to one nanosecond where that can be done, for the thread that calls. Elsewhere nothing happens. */
    static void reduceForThisThread() {
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self"));
            Files.writeString(Path.of("/proc", thread.getFileName().toString(), "timerslack_ns"), "1");
        } catch (IOException | RuntimeException e) {
            // No Linux, or a sandbox that hides it: parks stay as late as they are, and the margin is measured anyway.
        }
    }
}
