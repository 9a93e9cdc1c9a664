package dev.spindle.control.cli;

import dev.spindle.control.http.ControlOptions;
import dev.spindle.control.http.ControlPlane;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.StreamRun;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The control plane of one run of {@code spindle stream --serve}, if it was asked for; gone when the run is over. */
final class Serving implements AutoCloseable {

    private static final int DEFAULT_PORT = 8_080;
    private static final int MOST_PORT = 65_535;

    private final ControlPlane plane;
    private final Screen screen;

    private Serving(ControlPlane plane, Screen screen) {
        this.plane = plane;
        this.screen = screen;
    }

    /** The port that is asked for; empty when none is. */
    static OptionalInt port(Arguments arguments, Values values) {
        if (!arguments.has("serve")) {
            return OptionalInt.empty();
        }
        OptionalLong port = values.whole("serve", 0, MOST_PORT, "a port, 0 to 65535; 0 for any that is free");
        return OptionalInt.of(port.isPresent() ? (int) port.getAsLong() : DEFAULT_PORT);
    }

    static Serving open(OptionalInt port, StreamRun run, Screen screen) {
        if (port.isEmpty()) {
            return new Serving(null, screen);
        }
        ControlOptions options = ControlOptions.onLoopback(port.getAsInt()).withoutStarting();
        String token = System.getenv(ServeCommand.TOKEN_VARIABLE);
        ControlPlane plane = ControlPlane.start(
                token == null || token.isBlank() ? options : options.withToken(token.strip()),
                new Notices(screen::warn, screen::detail));
        plane.adopt(run);
        return new Serving(plane, screen);
    }

    void say() {
        if (plane != null) {
            screen.say("dashboard: " + plane.url());
        }
    }

    @Override
    public void close() {
        if (plane != null) {
            plane.close();
        }
    }
}
