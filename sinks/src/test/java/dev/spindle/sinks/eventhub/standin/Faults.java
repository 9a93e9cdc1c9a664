package dev.spindle.sinks.eventhub.standin;

import java.util.concurrent.ConcurrentLinkedQueue;

/** The faults that lie in wait for the next deliveries, and those that hold until they are lifted. */
public final class Faults {

    private final ConcurrentLinkedQueue<Fault> next = new ConcurrentLinkedQueue<>();
    private volatile Fault always;
    private volatile Fault.Reject refusal;
    private volatile boolean tokensRefused;

    /** The next {@code deliveries} meet {@code fault}, after those already lying in wait. */
    public void next(int deliveries, Fault fault) {
        for (int i = 0; i < deliveries; i++) {
            next.add(fault);
        }
    }

    /** Every delivery meets {@code fault} until it is lifted with null. */
    public void always(Fault fault) {
        always = fault;
    }

    /** New sender links are refused with an error until that is lifted with {@link #allowLinks}. */
    public void refuseLinks(String condition, String description) {
        refusal = new Fault.Reject(condition, description);
    }

    public void allowLinks() {
        refusal = null;
    }

    /** Whether every token is answered with 401. */
    public void refuseTokens(boolean refused) {
        tokensRefused = refused;
    }

    Fault take() {
        Fault fault = next.poll();
        return fault != null ? fault : always;
    }

    Fault.Reject refusal() {
        return refusal;
    }

    boolean tokensRefused() {
        return tokensRefused;
    }
}
