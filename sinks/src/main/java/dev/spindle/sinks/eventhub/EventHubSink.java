package dev.spindle.sinks.eventhub;

import com.azure.core.amqp.AmqpRetryMode;
import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.amqp.AmqpTransportType;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Configuration;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import reactor.core.publisher.Mono;

/**
 * Sends events to an event hub with Microsoft's asynchronous producer client, in batches that this class fills, sends
 * and sends again itself: the client's buffered producer can lock up after an outage, and its own retries wait four
 * seconds at least.
 */
public final class EventHubSink implements Sink {

    /** Batches of different addresses under way at once. */
    static final int MAX_BATCHES = 256;

    /** The service takes partition keys of up to 128 characters; source: Event Hubs quotas and limits. */
    static final int MAX_KEY_CHARACTERS = 128;

    private static final Duration OPEN_PATIENCE = Duration.ofSeconds(15);
    private static final Duration SUSPICIOUS_SILENCE = Duration.ofMillis(1_500);
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(250);
    private static final Duration OPEN_PAUSE = Duration.ofMillis(500);
    private static final long LOOK_MILLIS = 20;
    private static final int CHUNK_BYTES = 1 << 20;

    /** Writes a line for each failed connection; the sink says it itself. Held here, or its level is forgotten. */
    private static final Logger CLIENT_TLS_LOG = Logger.getLogger("org.apache.qpid.proton.engine.impl.ssl");

    private final EventHubSettings settings;
    private final Wording wording;
    private final Reach reach;
    private final Figures figures = new Figures();
    private SinkContext context;
    private Clients clients;
    private ScheduledExecutorService timer;
    private Ledger ledger;
    private Outbox outbox;
    private Addressing addressing;
    private EventFactory factory;

    EventHubSink(EventHubSettings settings) {
        CLIENT_TLS_LOG.setLevel(Level.SEVERE);
        this.settings = settings;
        this.wording = new Wording(settings);
        this.reach = new Reach(settings, SUSPICIOUS_SILENCE);
    }

    @Override
    public void open(SinkContext context) {
        this.context = context;
        clients = new Clients(this::newClient);
        int batchBytes = connect().getMaxSizeInBytes();
        addressing = Addressing.of(settings, this::partitionIds);
        factory = new EventFactory(settings.headers(), context.labelled());
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("spindle-eventhub-retry").factory());
        ledger = new Ledger(context.deliveries());
        context.onHalt(ledger::hurry);
        BatchSize batchSize = new BatchSize(batchBytes);
        Shipment.Yard yard = new Shipment.Yard(
                clients,
                batchSize,
                new LinkedBlockingDeque<>(Outbox.UNORDERED_BATCHES),
                settings.retryTimeout(),
                tryTimeout().plusSeconds(2),
                timer,
                ledger,
                figures,
                wording,
                new Notices(context, wording.target()));
        outbox = new Outbox(
                MAX_BATCHES, batchBytes, batchSize, (lane, crate) -> new Shipment(yard, outbox, lane, crate).go());
        context.detail("Connected to the " + wording.target() + "; batches of up to " + batchBytes + " bytes.");
    }

    @Override
    public void write(Batch batch) {
        int from = 0;
        while (from < batch.size()) {
            try {
                outbox.awaitRoom(context::halted);
            } catch (SinkException e) {
                batch.accept(from);
                throw e;
            }
            from = take(batch, from);
        }
    }

    @Override
    public void flush(Duration timeout) {
        ledger.awaitSettled(timeout.toNanos());
    }

    @Override
    public void close(Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        if (ledger != null) {
            ledger.awaitSettled(timeout.toNanos());
            SinkException unsent = new SinkException("The sink was closed before the " + wording.target()
                    + " had acknowledged " + ledger.outstanding() + " events.");
            outbox.end(unsent);
            ledger.close(unsent);
            timer.shutdownNow();
        }
        if (clients != null) {
            clients.close(Duration.ofNanos(deadlineNanos - System.nanoTime()));
        }
    }

    @Override
    public Map<String, Long> counters() {
        return figures.counters();
    }

    /** Takes events from {@code from} on, about a mebibyte of them; returns where to go on. */
    private int take(Batch batch, int from) {
        int to = from;
        for (int bytes = 0; to < batch.size() && bytes < CHUNK_BYTES; to++) {
            bytes += batch.length(to);
        }
        ledger.taken(to - from);
        if (!outbox.begin()) {
            ledger.failed(to - from, new SinkException("The sink came to its end before these events."));
            return to;
        }
        int tooLongKeys = 0;
        try {
            for (int i = from; i < to; i++) {
                String key = EventFactory.key(batch, i);
                if (key != null && key.length() > MAX_KEY_CHARACTERS) {
                    tooLongKeys++;
                } else {
                    String along = addressing.keysGoAlong() ? key : null;
                    outbox.add(addressing.of(key), batch, i, along, factory.metadata(batch, i));
                }
            }
        } finally {
            outbox.commit();
        }
        if (tooLongKeys > 0) {
            ledger.failed(tooLongKeys, new SinkException("A partition key in column " + settings.keyColumn()
                    + " is longer than the " + MAX_KEY_CHARACTERS + " characters that Event Hubs takes."));
        }
        return to;
    }

    /** One try of the client: long enough for a slow line, short enough for several within the retry timeout. */
    private Duration tryTimeout() {
        return Duration.ofSeconds(Math.clamp(settings.retryTimeout().toSeconds() / 6, 1, 10));
    }

    private EventHubProducerAsyncClient newClient() {
        // Sends are tried again by this sink alone; the delay is how soon the client connects again.
        AmqpRetryOptions once = new AmqpRetryOptions()
                .setMode(AmqpRetryMode.FIXED)
                .setMaxRetries(0)
                .setTryTimeout(tryTimeout())
                .setDelay(RECONNECT_DELAY);
        EventHubClientBuilder builder = new EventHubClientBuilder()
                .retryOptions(once)
                .clientOptions(new ClientOptions().setApplicationId("spindle"))
                .transportType(settings.webSockets() ? AmqpTransportType.AMQP_WEB_SOCKETS : AmqpTransportType.AMQP);
        if (!settings.webSockets()) {
            // A proxy in the environment is for HTTP; the client would refuse plain AMQP because of it.
            builder.configuration(Configuration.NONE);
        }
        try {
            return withAccess(builder).buildAsyncProducerClient();
        } catch (RuntimeException e) {
            throw new SinkException("The " + wording.target() + " cannot be used: " + wording.reason(e), e);
        }
    }

    private EventHubClientBuilder withAccess(EventHubClientBuilder builder) {
        return switch (settings.access()) {
            case EventHubSettings.Access.ByConnectionString(ConnectionString given) ->
                given.entityPath() != null
                        ? builder.connectionString(given.text())
                        : builder.connectionString(given.text(), settings.hub());
            case EventHubSettings.Access.ByEntra(String address, Map<String, String> environment) -> {
                URI uri = URI.create("sb://" + address);
                builder.credential(uri.getHost(), settings.hub(), new EntraCredential(environment));
                yield uri.getPort() < 0 ? builder : builder.customEndpointAddress(uri.toString());
            }
        };
    }

    private Duration openPatience() {
        return settings.retryTimeout().compareTo(OPEN_PATIENCE) < 0 ? settings.retryTimeout() : OPEN_PATIENCE;
    }

    /** Opens the link, which shows that the address, the credentials, the hub and the partition are right. */
    private EventDataBatch connect() {
        return untilAnswered(clients.current().createBatch(new CreateBatchOptions().setPartitionId(settings.partition())));
    }

    private List<String> partitionIds() {
        return untilAnswered(clients.current().getPartitionIds().collectList());
    }

    private <T> T untilAnswered(Mono<T> question) {
        long deadlineNanos = System.nanoTime() + openPatience().toNanos();
        while (true) {
            try {
                return await(question.timeout(tryTimeout().plusSeconds(2)).toFuture());
            } catch (ExecutionException e) {
                if (!Verdict.of(e).isRetried() || Verdict.isNotFound(e)) {
                    throw refusedToOpen("The " + wording.refusal(e), e);
                }
                if (System.nanoTime() + OPEN_PAUSE.toNanos() - deadlineNanos > 0) {
                    String reason = reach.trouble().map(Reach.Trouble::reason).orElseGet(() -> wording.reason(e));
                    throw unreachable(reason, e);
                }
                failIfHopeless();
                context.detail("The " + wording.target() + " cannot be reached yet: " + wording.reason(e));
                pause();
            }
        }
    }

    private <T> T await(CompletableFuture<T> future) throws ExecutionException {
        long suspiciousNanos = System.nanoTime() + SUSPICIOUS_SILENCE.toNanos();
        boolean looked = false;
        while (true) {
            if (!looked && System.nanoTime() - suspiciousNanos > 0) {
                looked = true;
                failIfHopeless();
            }
            if (context.halted()) {
                throw refusedToOpen("The run was stopped while it connected to the " + wording.target() + ".", null);
            }
            try {
                return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Not yet.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refusedToOpen("The thread that connects to the " + wording.target() + " was interrupted.", e);
            }
        }
    }

    /** The client goes on in silence when the host is not known or TLS fails. */
    private void failIfHopeless() {
        Optional<Reach.Trouble> trouble = reach.trouble();
        // A WebSocket may go through a proxy, which only the client knows.
        if (!settings.webSockets() && trouble.isPresent() && trouble.get().isFinal()) {
            throw unreachable(trouble.get().reason(), null);
        }
    }

    private SinkException unreachable(String reason, Throwable cause) {
        return refusedToOpen("The " + wording.target() + " cannot be reached: " + reason, cause);
    }

    private void pause() {
        if (context.halted()) {
            throw refusedToOpen("The run was stopped while it connected to the " + wording.target() + ".", null);
        }
        try {
            Thread.sleep(OPEN_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusedToOpen("The thread that connects to the " + wording.target() + " was interrupted.", e);
        }
    }

    private SinkException refusedToOpen(String line, Throwable cause) {
        if (clients != null) {
            clients.close(Duration.ZERO);
        }
        return new SinkException(line, cause);
    }
}
