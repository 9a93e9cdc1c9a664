package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.SinkException;
import dev.spindle.engine.publish.Batch;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events with Kafka's producer and reports each when the client says what became of it.
 *
 * <p>An event costs one copy of its bytes, which the client's interface demands, a record and a {@link Delivery}. Events
 * that the broker has not acknowledged are bounded in bytes by the client's buffer.memory and in number by
 * {@link #MAX_IN_FLIGHT_EVENTS}; when either is reached, {@code write} blocks.
 *
 * <p>A record that is itself at fault (too large, a timestamp out of the topic's range) fails alone and the run goes on.
 * Every other refusal ends the run, delivery.timeout.ms without an acknowledgement among them.
 */
public final class KafkaSink implements Sink {

    /**
     * How many events may wait for the broker: half a second at a million a second. The client holds about 150 bytes of
     * heap for each besides its buffer, so this bounds them to some 75 MB.
     */
    static final int MAX_IN_FLIGHT_EVENTS = 500_000;

    private static final long PARK_NANOS = 500_000;

    /** Blocked for so long, a person is told why nothing moves. */
    private static final long SILENCE_NANOS = 5_000_000_000L;

    /** Once the run has failed, in-flight events are waited for as long as the broker answers at least so often. */
    private static final long LAST_ANSWER_NANOS = 2_000_000_000L;

    private static final Duration CLOSE_IDLE = Duration.ofSeconds(1);
    private static final Duration CLOSE_FORCED = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final long blockTimeoutNanos;
    private SinkContext context;
    private Ledger ledger;
    private MetadataHeaders headers;
    private Producer<byte[], byte[]> producer;
    private boolean lossTold;
    private volatile ProducerCounters counters = new ProducerCounters(Map.of());

    KafkaSink(KafkaSettings settings) {
        this.settings = settings;
        this.blockTimeoutNanos = settings.producer().blockTimeout().toNanos();
    }

    @Override
    public void open(SinkContext context) {
        this.context = context;
        ProducerProperties properties = settings.producer();
        Set<String> topics = topics();
        properties.warnings().forEach(context::warn);
        context.detail(properties.shown());
        ledger = new Ledger(context.deliveries(), properties.deliveryTimeout());
        headers = settings.headers() ? new MetadataHeaders(context.labelled()) : null;
        Start start = new Start(context, properties.startTimeout());
        // The producer comes second: a broker that accepts its connection and is silent would hold up its close.
        try (Cluster cluster = new Cluster(properties, start)) {
            cluster.awaitAnswer();
            producer = new KafkaProducer<>(
                    properties.forProducer(), new ByteArraySerializer(), new ByteArraySerializer());
            counters = new ProducerCounters(producer.metrics());
            new Topics(topics, settings, context, cluster, start).prepare(producer);
        } catch (SinkException e) {
            abandon();
            throw e;
        } catch (KafkaException | IllegalArgumentException e) {
            abandon();
            throw new SinkException(
                    "Kafka at " + properties.bootstrapServers() + " cannot be used: " + Causes.line(e) + ".", e);
        }
    }

    private Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>();
        for (String table : context.tables()) {
            topics.add(settings.topicOf(table));
        }
        for (String topic : topics) {
            if (!KafkaSettings.isTopicName(topic)) {
                throw new SinkException(
                        "Table " + topic + " has no name that Kafka allows for a topic; give --" + KafkaSettings.TOPIC + ".");
            }
        }
        return topics;
    }

    private void abandon() {
        if (producer != null) {
            closeProducer(Duration.ZERO);
        }
    }

    @Override
    public void write(Batch batch) {
        ledger.writtenByThisThread();
        long originEpochMicros = context.originEpochMicros();
        int i = 0;
        try {
            awaitRoomFor(batch.size());
            for (; i < batch.size(); i++) {
                ledger.throwIfEnded();
                send(batch, i, originEpochMicros);
            }
        } catch (SinkException e) {
            batch.accept(i);
            throw e;
        } catch (KafkaException | IllegalStateException | IllegalArgumentException e) {
            batch.accept(i);
            throw new SinkException("Kafka's producer failed: " + Causes.line(e) + ".", e);
        }
    }

    private void send(Batch batch, int i, long originEpochMicros) {
        ProducerRecord<byte[], byte[]> record = record(batch, i, originEpochMicros);
        Delivery delivery = new Delivery(ledger, batch.intendedNanos(i));
        producer.send(record, delivery);
        Exception refusal = ledger.takeRefusal();
        if (refusal == null) {
            ledger.taken();
        } else {
            insist(record, delivery, refusal);
        }
    }

    private ProducerRecord<byte[], byte[]> record(Batch batch, int i, long originEpochMicros) {
        int from = batch.offset(i);
        return new ProducerRecord<>(
                settings.topicOf(batch.table(i)),
                null,
                settings.timestamp().epochMillis(batch, i, originEpochMicros),
                batch.key(i),
                Arrays.copyOfRange(batch.bytes(), from, from + batch.length(i)),
                headers == null ? null : headers.of(batch, i));
    }

    /** Sends a record again and again while the client has no room for it. */
    private void insist(ProducerRecord<byte[], byte[]> record, Delivery delivery, Exception first) {
        Exception refusal = first;
        Stall stall = new Stall();
        while (refusal instanceof TimeoutException) {
            stall.check();
            producer.send(record, delivery);
            refusal = ledger.takeRefusal();
        }
        if (refusal == null) {
            ledger.taken();
        } else {
            ledger.lost(refusal);
        }
    }

    private void awaitRoomFor(int events) {
        if (ledger.inFlight() + events <= MAX_IN_FLIGHT_EVENTS || ledger.inFlight() == 0) {
            return;
        }
        Stall stall = new Stall();
        while (ledger.inFlight() > 0 && ledger.inFlight() + events > MAX_IN_FLIGHT_EVENTS) {
            stall.check();
            LockSupport.parkNanos(PARK_NANOS);
        }
    }

    /** One time of waiting inside {@code write}. */
    private final class Stall {

        private final long beginNanos = context.clock().nanoTime();
        private boolean told;

        /** Throws when there is no more point in waiting. */
        void check() {
            if (context.halted()) {
                throw new SinkException("The run was stopped while Kafka took no more events.");
            }
            ledger.throwIfEnded();
            long nanos = context.clock().nanoTime() - beginNanos;
            if (nanos > blockTimeoutNanos) {
                throw new SinkException("Kafka has taken no event for " + nanos / 1_000_000 + " ms.");
            }
            if (nanos > SILENCE_NANOS && !told) {
                told = true;
                context.warn("Kafka has taken no event for " + nanos / 1_000_000_000 + " s; " + ledger.inFlight()
                        + " wait to be acknowledged.");
            }
        }
    }

    @Override
    public void flush(Duration timeout) {
        if (producer == null) {
            return;
        }
        if (ledger.inFlight() > 0) {
            // The client's own flush has no timeout, but it is what sends batches before linger.ms is over.
            Producer<?, ?> flushed = producer;
            Thread flushing =
                    Thread.ofPlatform().daemon().name("spindle-kafka-flush").start(() -> flushUntilInterrupted(flushed));
            awaitReports(timeout);
            flushing.interrupt();
        }
        tellLoss();
    }

    private static void flushUntilInterrupted(Producer<?, ?> flushed) {
        try {
            flushed.flush();
        } catch (InterruptException e) {
            // The time for it is over; awaitReports has seen what it needed.
            Thread.interrupted();
        }
    }

    private void awaitReports(Duration timeout) {
        long begin = context.clock().nanoTime();
        long lastAnswer = begin;
        long reported = ledger.reported();
        while (ledger.inFlight() > 0 && !context.halted()) {
            long now = context.clock().nanoTime();
            if (ledger.reported() != reported) {
                reported = ledger.reported();
                lastAnswer = now;
            }
            boolean inVain = ledger.fatal().isPresent() && now - lastAnswer >= LAST_ANSWER_NANOS;
            if (inVain || now - begin >= timeout.toNanos()) {
                return;
            }
            LockSupport.parkNanos(PARK_NANOS);
        }
    }

    /** The run goes on after such a loss, so its first cause is told here. */
    private void tellLoss() {
        Optional<SinkException> loss = ledger.firstLoss();
        if (loss.isPresent() && !lossTold) {
            lossTold = true;
            context.warn(loss.get().getMessage());
        }
    }

    @Override
    public void close(Duration timeout) {
        if (producer == null) {
            return;
        }
        long begin = context.clock().nanoTime();
        flush(timeout);
        Duration left = timeout.minusNanos(context.clock().nanoTime() - begin);
        boolean idle = ledger.inFlight() == 0 && left.compareTo(CLOSE_IDLE) > 0;
        closeProducer(idle ? CLOSE_IDLE : Duration.ZERO);
    }

    /**
     * Closes the client, which fails what is still in flight. Its close can last request.timeout.ms longer than it was
     * asked to, when its I/O thread waits for a broker that accepts connections and is silent; it is then left to end by
     * itself, and the ledger fails the rest.
     */
    private void closeProducer(Duration timeout) {
        Producer<?, ?> closed = producer;
        producer = null;
        Thread closing = Thread.ofPlatform()
                .daemon()
                .name("spindle-kafka-close")
                .uncaughtExceptionHandler((thread, e) -> context.detail("Kafka's producer: " + Causes.line(e) + "."))
                .start(() -> closed.close(timeout));
        try {
            closing.join(timeout.plus(CLOSE_FORCED));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ledger.closed();
        counters.freeze();
    }

    @Override
    public Map<String, Long> counters() {
        return counters.values();
    }
}
