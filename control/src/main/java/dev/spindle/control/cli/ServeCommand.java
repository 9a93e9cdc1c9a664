package dev.spindle.control.cli;

import dev.spindle.control.http.ControlOptions;
import dev.spindle.control.http.ControlPlane;
import dev.spindle.control.http.Limits;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.IoText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code spindle serve}. */
final class ServeCommand implements Command {

    /** Where the token is, unless it is in a file. */
    static final String TOKEN_VARIABLE = "SPINDLE_TOKEN";

    private static final String WHERE = "Where it listens";
    private static final String ACCESS = "Who may use it";
    private static final Duration PATIENCE = Duration.ofSeconds(35); // a run's own drain timeout is 30 s
    private static final int DEFAULT_PORT = 8_080;

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "Serve the control plane: dashboard, HTTP, WebSocket";
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.empty();
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.value(WHERE, "host", "ADDRESS", "Address to listen on. Any but loopback needs a token.").byDefault("127.0.0.1"),
                Option.value(WHERE, "port", "N", "Port; 0 for any that is free.").byDefault("8080"),
                Option.value(ACCESS, "token-file", "FILE", "File with the token that clients must show.")
                        .byDefault(TOKEN_VARIABLE + ", if it is set"),
                Option.value(ACCESS, "tls-cert", "FILE", "PEM file with the certificate chain; with --tls-key."),
                Option.value(ACCESS, "tls-key", "FILE", "PEM file with its private key."),
                Option.value(ACCESS, "output-dir", "DIR", "The folder that runs may write files to.").byDefault("runs write no files"));
    }

    @Override
    public List<String> notes() {
        return List.of(
                "SIGINT and SIGTERM stop the runs, let what is in flight arrive, tell the clients, and end the process; a second"
                        + " one ends it at once.");
    }

    @Override
    public int run(Arguments arguments, Io io) {
        Screen screen = new Screen(io.err(), arguments.has("quiet"), arguments.has("verbose"));
        ControlOptions options = options(arguments);
        if (options.token().isPresent() && options.tlsCertificate().isEmpty() && !options.isOnLoopback()) {
            screen.warn("the token travels in clear text: give --tls-cert and --tls-key");
        }
        ControlPlane plane = ControlPlane.start(options, new Notices(screen::warn, screen::detail));
        CompletableFuture<Signals.Kind> signal = new CompletableFuture<>();
        for (Signals.Kind kind : Signals.Kind.values()) {
            io.signals().on(kind, () -> {
                if (!signal.complete(kind)) {
                    io.halt().accept(kind.exitCode());
                }
            });
        }
        screen.say("control plane: " + plane.url());
        Signals.Kind kind = signal.join();
        screen.say("stopping the runs; a second signal ends at once");
        plane.close(PATIENCE);
        return kind.exitCode();
    }

    private static ControlOptions options(Arguments arguments) {
        List<Problem> problems = new ArrayList<>(arguments.problems());
        Values values = new Values(arguments, problems);
        String host = values.text("host").orElse("127.0.0.1");
        long port = values.whole("port", 0, 65_535, "0 to 65535; 0 for any that is free").orElse(DEFAULT_PORT);
        Optional<String> token = token(values, problems);
        Optional<Path> certificate = values.path("tls-cert");
        Optional<Path> key = values.path("tls-key");
        Optional<Path> folder = values.path("output-dir");
        folder.filter(path -> !Files.isDirectory(path))
                .ifPresent(path -> problems.add(new Problem("--output-dir", path.toString(), "is no folder", "a folder that is there")));
        ControlOptions options = null;
        try {
            options = new ControlOptions(host, (int) port, token, certificate, key, folder, true, Limits.DEFAULT);
        } catch (ConfigurationException e) {
            boolean tokenIsWrong = problems.stream().anyMatch(p -> p.path().equals("--token-file"));
            e.problems().stream().filter(p -> !(tokenIsWrong && p.path().equals("--host"))).forEach(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return options;
    }

    /** The token of the file, else of the environment; empty when there is neither. */
    static Optional<String> token(Values values, List<Problem> problems) {
        Optional<Path> file = values.path("token-file");
        if (file.isEmpty()) {
            return Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).map(String::strip).filter(text -> !text.isEmpty());
        }
        try {
            String token = Files.readString(file.get()).strip();
            if (!token.isEmpty()) {
                return Optional.of(token);
            }
            problems.add(new Problem("--token-file", file.get().toString(), "is empty", "a file with a token"));
        } catch (IOException e) {
            problems.add(new Problem("--token-file", file.get().toString(), "cannot be read: " + IoText.reason(e)));
        }
        return Optional.empty();
    }
}
