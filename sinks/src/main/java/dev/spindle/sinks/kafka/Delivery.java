package dev.spindle.sinks.kafka;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * One event on its way: all that the sink itself allocates for an event besides the record, 24 bytes. The client calls it
 * when the event is acknowledged or given up.
 */
final class Delivery implements Callback {

    private final Ledger ledger;
    private final long intendedNanos;

    Delivery(Ledger ledger, long intendedNanos) {
        this.ledger = ledger;
        this.intendedNanos = intendedNanos;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, Exception error) {
        if (error == null) {
            ledger.acknowledged(intendedNanos, metadata.serializedValueSize());
        } else {
            ledger.refused(error);
        }
    }
}
