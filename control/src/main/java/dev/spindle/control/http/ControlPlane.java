package dev.spindle.control.http;

import dev.spindle.control.http.Access.Presented;
import dev.spindle.control.json.Shape;
import dev.spindle.control.live.LiveHub;
import dev.spindle.control.request.OutputFolder;
import dev.spindle.control.request.Paths;
import dev.spindle.control.run.ControlledRun;
import dev.spindle.control.run.Runs;
import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The control plane: one HTTP server on one event loop. What takes longer than a glance (compiling a schema, reading
 * histograms) runs on a few worker threads and on the sampler's; the pipelines' threads never wait for any of them.
 */
public final class ControlPlane implements AutoCloseable {

    private static final int IDLE_SECONDS = 120;
    private static final int WORKERS = 4;
    private static final int CLIENT_FRAME_FACTOR = 4; // larger ones end the connection, smaller ones get an error message
    private static final int CLOSE_SECONDS = 5;
    private static final Duration GOODBYE = Duration.ofMillis(500);

    private final ControlOptions options;
    private final Notices notices;
    private final Access access;
    private final Assets assets = new Assets();
    private final Vertx vertx;
    private final Context eventLoop;
    private final Runs runs;
    private final LiveHub hub;
    private final List<Operation> operations;
    private final String openApi;
    private HttpServer server;
    private final Set<HttpConnection> connections = Collections.newSetFromMap(new IdentityHashMap<>());
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean stopping;

    private ControlPlane(ControlOptions options, Notices notices) {
        this.options = options;
        this.notices = notices;
        this.access = new Access(options.token(), options.host());
        OutputFolder folder = options.outputFolder().map(OutputFolder::at).orElse(OutputFolder.NONE);
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
        this.eventLoop = vertx.getOrCreateContext();
        Limits limits = options.limits();
        this.runs = new Runs(limits.liveRuns(), limits.keptRuns(), notices);
        this.hub = new LiveHub(runs, eventLoop, limits.subscriptions(), limits.intervals(), limits.frameBytes());
        runs.onStart(hub::watch);
        this.operations = new RunOperations(runs, vertx, folder, options.startsRuns(), () -> !stopping).all();
        Map<String, Shape.Members> shapes = RunOperations.shapes();
        this.openApi = OpenApi.document(operations, shapes, options.token().isPresent());
    }

    /**
     * Starts a control plane.
     *
     * @throws ConfigurationException when the options are wrong
     * @throws EngineException when the address cannot be bound to or the TLS files are no good
     */
    public static ControlPlane start(ControlOptions options, Notices notices) {
        ControlPlane plane = new ControlPlane(options, notices);
        try {
            plane.listen();
            return plane;
        } catch (RuntimeException e) {
            plane.closeAll();
            throw e;
        }
    }

    private void listen() {
        Router router = router();
        server = vertx.createHttpServer(serverOptions())
                .requestHandler(router)
                .connectionHandler(this::count);
        java.util.concurrent.CompletableFuture<HttpServer> bound = new java.util.concurrent.CompletableFuture<>();
        eventLoop.runOnContext(v -> server.listen().onComplete(bound::complete, bound::completeExceptionally));
        try {
            bound.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new EngineException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new EngineException("cannot listen on " + options.host() + ":" + options.port(), e);
        }
        hub.start();
    }

    private HttpServerOptions serverOptions() {
        HttpServerOptions server = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setUseAlpn(false)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxWebSocketFrameSize(options.limits().frameBytes() * CLIENT_FRAME_FACTOR)
                .setMaxWebSocketMessageSize(options.limits().frameBytes() * CLIENT_FRAME_FACTOR)
                .setWebSocketSubProtocols(List.of("spindle"))
                .setTcpNoDelay(true);
        if (options.tlsCertificate().isPresent()) {
            server.setSsl(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(options.tlsCertificate().get().toString())
                            .setKeyPath(options.tlsKey().orElseThrow().toString()));
        }
        return server;
    }

    private void count(HttpConnection connection) {
        connections.add(connection);
        connection.closeHandler(v -> connections.remove(connection));
        if (connections.size() > options.limits().connections()) {
            connection.close();
        }
    }

    private Router router() {
        Router router = Router.router(vertx);
        assets.files().forEach((path, file) -> {
            router.route(HttpMethod.GET, path).handler(context -> serve(context, false, call -> Future.succeededFuture(file)));
            router.route(HttpMethod.HEAD, path).handler(context -> serve(context, false, call -> Future.succeededFuture(file)));
        });
        router.route(HttpMethod.GET, "/v1/live").handler(this::live);
        router.route(HttpMethod.GET, "/v1/openapi.json")
                .handler(context -> serve(context, true, call -> Future.succeededFuture(Answer.json(200, openApi))));
        for (Operation operation : operations) {
            boolean guarded = !operation.path().equals("/healthz");
            router.route(operation.method(), operation.routePath())
                    .handler(context -> serve(context, guarded, operation.handler()));
            if (operation.method() == HttpMethod.GET) {
                router.route(HttpMethod.HEAD, operation.routePath())
                        .handler(context -> serve(context, guarded, operation.handler()));
            }
        }
        router.route().handler(context -> serve(context, true, call -> {
            throw nowhere(context.request());
        }));
        router.errorHandler(400, context -> answer(context, new Refusal(400, "the request's path is no path").answer()));
        return router;
    }

    private Refusal nowhere(HttpServerRequest request) {
        String allowed = operations.stream()
                .filter(operation -> operation.matches(request.path()))
                .map(operation -> operation.method().name())
                .collect(Collectors.joining(", "));
        if (allowed.isEmpty() && (assets.files().containsKey(request.path()) || request.path().startsWith("/v1/live") || request.path().equals("/v1/openapi.json"))) {
            allowed = "GET";
        }
        return allowed.isEmpty()
                ? new Refusal(404, "there is nothing at " + request.path())
                : new Refusal(405, request.method() + " is not possible here").header("Allow", allowed);
    }

    /** Checks who asks, reads the body, and answers. */
    private void serve(RoutingContext context, boolean guarded, Operation.Handler handler) {
        HttpServerRequest request = context.request();
        try {
            access.checkHost(request);
            if (guarded) {
                access.checkToken(request);
                access.checkOrigin(request, false);
            }
        } catch (Refusal refusal) {
            answer(context, refusal.answer());
            return;
        }
        readBody(context, body -> {
            Future<Answer> answer;
            try {
                answer = handler.serve(new Call(context, runs, body));
            } catch (RuntimeException e) {
                answer = Future.failedFuture(e);
            }
            answer.onComplete(done -> answer(context, done.succeeded() ? done.result() : refusal(request, done.cause())));
        });
    }

    /** Reads the body up to its bound; what is longer is not read, and ends the connection. */
    private void readBody(RoutingContext context, Consumer<byte[]> use) {
        HttpServerRequest request = context.request();
        Buffer body = Buffer.buffer();
        int most = options.limits().bodyBytes();
        boolean[] tooLarge = {false};
        request.exceptionHandler(e -> {});
        request.handler(chunk -> {
            if (tooLarge[0]) {
                return;
            }
            body.appendBuffer(chunk);
            if (body.length() > most) {
                tooLarge[0] = true;
                answer(context, new Refusal(413, "the body is longer than " + most + " bytes")
                        .header("Connection", "close")
                        .answer());
            }
        });
        request.endHandler(v -> {
            if (!tooLarge[0]) {
                use.accept(body.getBytes());
            }
        });
    }

    private Answer refusal(HttpServerRequest request, Throwable cause) {
        return switch (cause) {
            case Refusal refusal -> refusal.answer();
            case ConfigurationException wrong -> Refusal.wrong(Paths.asFields(wrong.problems())).answer();
            case Runs.FullException full -> new Refusal(429, full.getMessage()).answer();
            default -> {
                notices.warning().accept(request.method() + " " + request.path() + " failed: " + cause);
                yield new Refusal(500, "the control plane failed: " + cause.getClass().getSimpleName()).answer();
            }
        };
    }

    private void answer(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("Referrer-Policy", "no-referrer");
        response.putHeader("Cache-Control", "no-store");
        answer.headers().forEach(response::putHeader);
        if (answer.mediaType() != null) {
            response.putHeader("Content-Type", answer.mediaType());
        }
        String known = context.request().getHeader("If-None-Match");
        if (known != null && known.equals(answer.headers().get("ETag")) && answer.headers().containsKey("Content-Security-Policy")) {
            response.setStatusCode(304).end();
        } else if (context.request().method() == HttpMethod.HEAD) {
            response.putHeader("Content-Length", Integer.toString(answer.body().length())).end();
        } else {
            response.end(answer.body());
        }
    }

    private void live(RoutingContext context) {
        HttpServerRequest request = context.request();
        try {
            access.checkHost(request);
            access.checkOrigin(request, true);
            Presented presented = access.presented(request);
            if (presented == Presented.WRONG) {
                access.checkToken(request);
                throw new Refusal(401, "the token is not the right one").header("WWW-Authenticate", "Bearer");
            }
            if (!request.canUpgradeToWebSocket()) {
                access.checkToken(request);
                throw new Refusal(426, "this is a WebSocket").header("Upgrade", "websocket").header("Connection", "Upgrade");
            }
            HttpConnection connection = request.connection(); // says nothing of its end once it has become a WebSocket
            request.toWebSocket()
                    .onSuccess(socket -> hub.open(
                            socket, presented == Presented.RIGHT, access::isToken, () -> connections.remove(connection)));
        } catch (Refusal refusal) {
            answer(context, refusal.answer());
        }
    }

    public Runs runs() {
        return runs;
    }

    /** Takes a run under control that somebody else runs. */
    public ControlledRun adopt(StreamRun run) {
        return runs.adopt(run);
    }

    public int port() {
        return server.actualPort();
    }

    /** Where the dashboard is. */
    public String url() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return (options.tlsCertificate().isPresent() ? "https" : "http") + "://" + host + ":" + port() + "/";
    }

    /** Stops the runs, tells their watchers, says goodbye and closes; runs that take longer than the patience are cut off. */
    public void close(Duration patience) {
        stopping = true;
        runs.stopAll(patience);
        closeAll();
    }

    /** Closes without waiting for runs: for a control plane whose runs belong to somebody else, or are over. */
    @Override
    public void close() {
        stopping = true;
        closeAll();
    }

    private void closeAll() {
        if (closed.getAndSet(true)) {
            return;
        }
        // What runs have to say on their end is queued on the event loop already: this comes after it.
        eventLoop.runOnContext(v -> hub.close());
        if (server != null) {
            await(server.shutdown(GOODBYE));
        }
        await(vertx.close()); // not chained to the one before: there is no event loop left to chain on
        runs.close();
    }

    private void await(Future<Void> closed) {
        try {
            closed.toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            notices.detail().accept("the server did not close in time: " + e);
        }
    }
}
