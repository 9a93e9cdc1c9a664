package dev.spindle.engine.publish;

/**
 * Where events leave.
 *
 * @param batch as large as a batch may be
 * @param sink open once events come
 * @param ledger where deliveries are counted
 * @param sample the last events, for people
 */
public record Outlet(Batch batch, Sink sink, DeliveryLedger ledger, EventSample sample) {

    /** The same with another sink. */
    public Outlet with(Sink other) {
        return new Outlet(batch, other, ledger, sample);
    }
}
