package dev.spindle.sinks.eventhub.standin;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.codec.Decoder;
import org.apache.qpid.protonj2.codec.DecoderState;
import org.apache.qpid.protonj2.codec.decoders.ProtonDecoderFactory;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.MessageAnnotations;
import org.apache.qpid.protonj2.types.messaging.Properties;

/** What one event hub has received, by partition. */
public final class Hub {

    /** Message format of a batch: each data section is a whole encoded message. */
    static final int BATCH_FORMAT = 0x80013700;

    private static final Symbol PARTITION_KEY = Symbol.valueOf("x-opt-partition-key");

    private final String name;
    private final boolean keep;
    private final List<List<ReceivedEvent>> partitions = new ArrayList<>();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong deliveries = new AtomicLong();
    private int nextPartition;

    Hub(String name, int partitionCount, boolean keep) {
        this.name = name;
        this.keep = keep;
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new ArrayList<>());
        }
    }

    public String name() {
        return name;
    }

    public int partitionCount() {
        return partitions.size();
    }

    /** Events kept or, in a hub that only counts, received. */
    public long eventCount() {
        return events.get();
    }

    /** Deliveries kept: batches and single events. */
    public long deliveryCount() {
        return deliveries.get();
    }

    /** A copy of what partition {@code id} holds, in order. */
    public synchronized List<ReceivedEvent> partition(int id) {
        return List.copyOf(partitions.get(id));
    }

    /** All partitions' events, one partition after the other. */
    public synchronized List<ReceivedEvent> all() {
        return partitions.stream().flatMap(List::stream).toList();
    }

    /**
     * Keeps a delivery.
     *
     * @param partition where it goes, or -1 for the partition of its key or, without one, the next in turn
     */
    void receive(byte[] message, int format, int partition) {
        List<ByteBuffer> encoded =
                format == BATCH_FORMAT ? Sections.data(ByteBuffer.wrap(message)) : List.of(ByteBuffer.wrap(message));
        deliveries.incrementAndGet();
        if (keep) {
            store(encoded, partition);
        }
        events.addAndGet(encoded.size());
    }

    private synchronized void store(List<ByteBuffer> encoded, int partition) {
        List<ReceivedEvent> decoded = encoded.stream().map(Hub::decode).toList();
        String key = decoded.getFirst().partitionKey();
        if (partition < 0 && decoded.stream().anyMatch(e -> !java.util.Objects.equals(key, e.partitionKey()))) {
            throw new IllegalArgumentException("the events of one batch have different partition keys");
        }
        int target = partition >= 0 ? partition : partitionOf(key);
        List<ReceivedEvent> list = partitions.get(target);
        for (ReceivedEvent e : decoded) {
            list.add(new ReceivedEvent(e.body(), e.partitionKey(), e.contentType(), e.properties(), target, list.size()));
        }
    }

    private int partitionOf(String key) {
        if (key == null) {
            nextPartition = (nextPartition + 1) % partitions.size();
            return nextPartition;
        }
        return Math.floorMod(key.hashCode() * 0x9E3779B1, partitions.size());
    }

    private static ReceivedEvent decode(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.duplicate().get(bytes);
        ProtonBuffer in = ProtonBufferAllocator.defaultAllocator().copy(bytes);
        Decoder decoder = ProtonDecoderFactory.create();
        DecoderState state = decoder.newDecoderState();
        byte[] body = new byte[0];
        String key = null;
        String contentType = null;
        Map<String, Object> properties = Map.of();
        while (in.isReadable()) {
            switch (decoder.readObject(in, state)) {
                case MessageAnnotations annotations -> key = (String) annotations.getValue().get(PARTITION_KEY);
                case Properties p -> contentType = p.getContentType();
                case ApplicationProperties p -> properties = Map.copyOf(p.getValue());
                case Data data -> body = data.getValue();
                default -> { }
            }
        }
        return new ReceivedEvent(body, key, contentType, properties, -1, -1);
    }
}
