package dev.spindle.sinks.eventhub;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import dev.spindle.engine.error.SinkException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One batch on its way: made, filled, sent, and sent again until the service has taken it, has refused it for good, or
 * its time is up. Its steps run one after another on the client's threads and the retry timer's.
 */
final class Shipment {

    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long FIRST_PAUSE_WHEN_THROTTLED_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    /** So many tries without an answer, and the link is held for dead. */
    private static final int SILENCES = 2;

    /** Smaller batches do without a stock of events. */
    private static final int WORTH_A_STOCK = 64;

    /** What all shipments of a sink share. */
    record Yard(
            Clients clients,
            BatchSize batchSize,
            BlockingDeque<Stock> stocks,
            Duration retryTimeout,
            Duration stepTimeout,
            ScheduledExecutorService timer,
            Ledger ledger,
            Figures figures,
            Wording wording,
            Notices notices) {}

    private final Yard yard;
    private final Outbox outbox;
    private final Lane lane;
    private final long deadlineNanos;
    private final long weightBytes;
    private final Deque<Crate> left = new ArrayDeque<>(1);
    private Crate crate;
    private Stock stock;
    private EventDataBatch batch;
    private long sentAtNanos;
    private EventHubProducerAsyncClient client;
    private int tries;
    /** Tries without any answer, one after the other. */
    private int silences;
    private boolean maybeStored;

    Shipment(Yard yard, Outbox outbox, Lane lane, Crate crate) {
        this.yard = yard;
        this.outbox = outbox;
        this.lane = lane;
        this.crate = crate;
        this.weightBytes = crate.weightBytes();
        this.deadlineNanos = System.nanoTime() + yard.retryTimeout().toNanos();
    }

    /** Makes the batch, or sends it again when it is made. */
    void go() {
        if (batch != null) {
            send();
            return;
        }
        CreateBatchOptions options =
                new CreateBatchOptions().setPartitionId(lane.address.partitionId()).setPartitionKey(lane.address.partitionKey());
        client = yard.clients().current();
        client.createBatch(options).timeout(yard.stepTimeout()).subscribe(this::fillAndSend, this::failed);
    }

    private void fillAndSend(EventDataBatch empty) {
        try {
            fill(empty);
        } catch (RuntimeException e) {
            fail(new SinkException("A batch could not be filled: " + yard.wording().reason(e), e));
            return;
        }
        if (crate.size() == 0) {
            finished();
            return;
        }
        batch = empty;
        send();
    }

    /** Leaves in the crate what went into the batch: the rest is for the next batch, or larger than any batch. */
    private void fill(EventDataBatch empty) {
        if (stock == null && crate.size() >= WORTH_A_STOCK) {
            Stock spare = yard.stocks().poll();
            stock = spare == null ? new Stock() : spare;
        }
        Crate packed = crate;
        Crate fitting = null;
        int largest = 0;
        for (int i = 0; i < packed.size(); i++) {
            Fit fit = tryAdd(empty, EventFactory.event(packed, i, stock));
            if (fit == Fit.IN_THE_NEXT_BATCH) {
                left.addFirst(packed.split(i));
            } else if (fit == Fit.NEVER) {
                if (fitting == null) {
                    fitting = new Crate();
                    fitting.addAll(packed, 0, i);
                }
                largest = Math.max(largest, packed.length(i));
            } else if (fitting != null) {
                fitting.addAll(packed, i, i + 1);
            }
        }
        if (fitting != null) {
            crate = fitting;
            yard.ledger().failed(packed.size() - fitting.size(), new SinkException(
                    "An event of " + largest + " bytes is larger than the " + yard.wording().target() + " takes ("
                            + empty.getMaxSizeInBytes() + " bytes with its envelope)."));
        }
    }

    private enum Fit {
        YES,
        IN_THE_NEXT_BATCH,
        NEVER
    }

    private static Fit tryAdd(EventDataBatch batch, EventData event) {
        try {
            if (batch.tryAdd(event)) {
                return Fit.YES;
            }
            return batch.getCount() == 0 ? Fit.NEVER : Fit.IN_THE_NEXT_BATCH;
        } catch (AmqpException e) {
            if (e.getErrorCondition() == AmqpErrorCondition.LINK_PAYLOAD_SIZE_EXCEEDED) {
                return Fit.NEVER;
            }
            throw e;
        }
    }

    private void send() {
        sentAtNanos = System.nanoTime();
        client = yard.clients().current();
        client.send(batch).timeout(yard.stepTimeout()).subscribe(nothing -> {}, this::failed, this::accepted);
    }

    private void accepted() {
        if (tries == 0) {
            yard.batchSize().answered(crate.textBytes(), System.nanoTime() - sentAtNanos);
            giveBackStock();
        }
        yard.figures().batchSent();
        if (maybeStored) {
            yard.figures().possibleDuplicates(crate.size());
        }
        yard.notices().well();
        yard.ledger().acknowledged(crate.intendedNanos(), crate.size(), crate.textBytes());
        finished();
    }

    /** Only after a first try: of one that was given up, the client may still hold something. */
    private void giveBackStock() {
        if (stock != null) {
            yard.stocks().offerFirst(stock.givenBack());
            stock = null;
        }
    }

    private void failed(Throwable error) {
        Verdict verdict = Verdict.of(error);
        if (verdict == Verdict.RUN_OVER) {
            SinkException end = new SinkException("The " + yard.wording().refusal(error), error);
            yard.ledger().failed(outbox.end(end), end);
            fail(end);
        } else if (verdict == Verdict.TOO_LARGE && crate.size() > 1) {
            sendInParts();
        } else if (!verdict.isRetried()) {
            fail(new SinkException(
                    "The " + yard.wording().target() + " refused a batch of " + crate.size() + " events: "
                            + yard.wording().reason(error),
                    error));
        } else {
            tryAgain(verdict, error);
        }
    }

    /** The link may have come back with a smaller limit. */
    private void sendInParts() {
        left.addFirst(crate.split(crate.size() / 2));
        batch = null;
        yard.figures().retried();
        go();
    }

    private void tryAgain(Verdict verdict, Throwable error) {
        if (verdict == Verdict.THROTTLED) {
            yard.figures().throttled();
        }
        silences = Verdict.isSilence(error) ? silences + 1 : 0;
        if (silences == SILENCES) {
            silences = 0;
            yard.clients().replace(client);
        }
        maybeStored |= verdict == Verdict.UNKNOWN && batch != null;
        long pauseMillis = pauseMillis(verdict, tries++);
        boolean late = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis) - deadlineNanos > 0;
        if (late || outbox.isEnded()) {
            fail(new SinkException(
                    "The " + yard.wording().target() + " took no batch within " + yard.retryTimeout().toSeconds()
                            + " s: " + yard.wording().reason(error),
                    error));
            return;
        }
        yard.figures().retried();
        yard.notices().trouble(verdict, yard.wording().reason(error));
        try {
            yard.timer().schedule(this::again, pauseMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            fail(new SinkException("The sink was closed before the service took the events.", error));
        }
    }

    /** The timer swallows what its tasks throw. */
    private void again() {
        try {
            go();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** Doubles from try to try, a fifth more or less so that batches do not come back in step. */
    private static long pauseMillis(Verdict verdict, int triesBefore) {
        long first = verdict == Verdict.THROTTLED ? FIRST_PAUSE_WHEN_THROTTLED_MILLIS : FIRST_PAUSE_MILLIS;
        long pause = Math.min(LONGEST_PAUSE_MILLIS, first << Math.min(10, triesBefore));
        return ThreadLocalRandom.current().nextLong(pause * 4 / 5, pause * 6 / 5 + 1);
    }

    private void fail(SinkException cause) {
        yard.ledger().failed(crate.size(), cause);
        finished();
    }

    private void finished() {
        if (outbox.isEnded()) {
            int events = left.stream().mapToInt(Crate::size).sum();
            yard.ledger().failed(events, new SinkException("The sink came to its end before these events."));
            left.clear();
        }
        long leftBytes = left.stream().mapToLong(Crate::weightBytes).sum();
        outbox.finished(lane, crate, weightBytes - leftBytes, left);
    }
}
