package dev.spindle.sinks.eventhub;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubProducerAsyncClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import dev.spindle.engine.error.SinkException;
import java.time.Duration;
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

    /** Smaller batches do without a stock of events. */
    private static final int WORTH_A_STOCK = 64;

    /** What all shipments of a sink share. */
    record Yard(
            EventHubProducerAsyncClient client,
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
    private final Crate crate;
    private Crate left;
    private Stock stock;
    private EventDataBatch batch;
    /** Events in the batch, and the length of their texts together. */
    private int filled;
    private int filledBytes;
    private long sentAtNanos;
    private int tries;
    private boolean maybeStored;

    Shipment(Yard yard, Outbox outbox, Lane lane, Crate crate) {
        this.yard = yard;
        this.outbox = outbox;
        this.lane = lane;
        this.crate = crate;
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
        yard.client().createBatch(options).timeout(yard.stepTimeout()).subscribe(this::fillAndSend, this::failed);
    }

    private void fillAndSend(EventDataBatch empty) {
        try {
            fill(empty);
        } catch (RuntimeException e) {
            // What has been filled in so far cannot be told apart; the rest would fail in the same way.
            filled = crate.size();
            fail(new SinkException("A batch could not be filled: " + yard.wording().reason(e), e));
            return;
        }
        if (filled == 0) {
            finished();
            return;
        }
        batch = empty;
        send();
    }

    /** Moves the moments of the events that went in to the front of the crate's, and leaves behind what is for the next. */
    private void fill(EventDataBatch empty) {
        long[] intended = crate.intendedNanos();
        if (crate.size() >= WORTH_A_STOCK) {
            Stock spare = yard.stocks().poll();
            stock = spare == null ? new Stock() : spare;
        }
        int refused = 0;
        int largest = 0;
        for (int i = 0; i < crate.size(); i++) {
            Fit fit = tryAdd(empty, EventFactory.event(crate, i, stock));
            if (fit == Fit.IN_THE_NEXT_BATCH) {
                left = crate.split(i);
            } else if (fit == Fit.NEVER) {
                refused++;
                largest = Math.max(largest, crate.length(i));
            } else {
                intended[filled++] = intended[i];
                filledBytes += crate.length(i);
            }
        }
        if (refused > 0) {
            yard.ledger().failed(refused, new SinkException("An event of " + largest + " bytes is larger than the "
                    + yard.wording().target() + " takes (" + empty.getMaxSizeInBytes() + " bytes with its envelope)."));
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
        yard.client().send(batch).timeout(yard.stepTimeout()).subscribe(nothing -> {}, this::failed, this::accepted);
    }

    private void accepted() {
        if (tries == 0) {
            yard.batchSize().answered(filledBytes, System.nanoTime() - sentAtNanos);
            giveBackStock();
        }
        yard.figures().batchSent();
        if (maybeStored) {
            yard.figures().possibleDuplicates(filled);
        }
        yard.notices().well();
        yard.ledger().acknowledged(crate.intendedNanos(), filled, filledBytes);
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
        } else if (!verdict.isRetried()) {
            fail(new SinkException(
                    "The " + yard.wording().target() + " refused a batch of " + waiting() + " events: "
                            + yard.wording().reason(error),
                    error));
        } else {
            tryAgain(verdict, error);
        }
    }

    private void tryAgain(Verdict verdict, Throwable error) {
        if (verdict == Verdict.THROTTLED) {
            yard.figures().throttled();
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
        yard.ledger().failed(waiting(), cause);
        finished();
    }

    /** Events that this batch has still to report, other than those left for the next. */
    private int waiting() {
        return batch == null && filled == 0 ? crate.size() : filled;
    }

    private void finished() {
        if (left != null && outbox.isEnded()) {
            yard.ledger().failed(left.size(), new SinkException("The sink came to its end before these events."));
            left = null;
        }
        outbox.finished(lane, crate, left);
    }
}
