package dev.spindle.engine.publish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last few events that left, one from a batch every so often: for people to look at. */
public final class EventSample {

    private static final int KEPT = 20;
    private static final long PERIOD_NANOS = 100_000_000;

    private final ArrayDeque<byte[]> kept = new ArrayDeque<>(KEPT);
    private volatile boolean wanted;
    private long nextNanos = Long.MIN_VALUE;

    /** Takes the batch's last event if somebody is looking and the last one taken is old enough. One thread at a time. */
    void offer(Batch batch, long nowNanos) {
        if (wanted && nowNanos >= nextNanos) {
            nextNanos = nowNanos + PERIOD_NANOS;
            keep(batch);
        }
    }

    private synchronized void keep(Batch batch) {
        int last = chosen(batch);
        byte[] bytes = new byte[batch.length(last)];
        System.arraycopy(batch.bytes(), batch.offset(last), bytes, 0, bytes.length);
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(bytes);
    }

    /** An anomaly when the batch has one, else its last event. */
    private static int chosen(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (batch.anomalyType(i) != null) {
                return i;
            }
        }
        return batch.size() - 1;
    }

    /** The events as JSON texts, oldest first. From the first call on events are kept. */
    public List<String> events() {
        wanted = true;
        List<String> texts = new ArrayList<>(KEPT);
        synchronized (this) {
            for (byte[] event : kept) {
                texts.add(new String(event, StandardCharsets.UTF_8));
            }
        }
        return texts;
    }
}
