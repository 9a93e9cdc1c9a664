package dev.spindle.engine.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A ring's one wait strategy: its one consumer spins a little or not at all, then parks, and is unparked by the producer.
 *
 * <p>Neither side can miss the other: the consumer says that it sleeps, then looks once more; the producer publishes, then
 * looks whether the consumer sleeps; a full fence between the two steps on each side (Dekker's scheme). The timeout of a
 * park only bounds the harm if that reasoning were wrong.
 */
final class Parking implements WaitStrategy {

    private static final int SPINS_ALONE = 20_000;
    private static final int SPINS_SHARED = 100;
    private static final long LONGEST_PARK_NANOS = 100_000_000;

    private final int spins;
    private volatile Thread sleeper;

    /** {@code spins} says whether the consumer has a core to itself. */
    Parking(boolean spins) {
        this.spins = spins ? SPINS_ALONE : SPINS_SHARED;
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependentSequence, SequenceBarrier barrier)
            throws AlertException {
        long available;
        for (int i = 0; i < spins; i++) {
            if ((available = dependentSequence.get()) >= sequence) {
                return available;
            }
            barrier.checkAlert();
            Thread.onSpinWait();
        }
        sleeper = Thread.currentThread();
        try {
            VarHandle.fullFence();
            while ((available = dependentSequence.get()) < sequence) {
                barrier.checkAlert();
                LockSupport.parkNanos(this, LONGEST_PARK_NANOS);
            }
            return available;
        } finally {
            sleeper = null;
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        VarHandle.fullFence();
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
