package dev.spindle.sinks.eventhub;

import com.azure.messaging.eventhubs.EventData;
import java.util.Arrays;

/**
 * The client's objects for the events of one batch, which serve again for other texts of the same length when the batch has
 * been accepted. An event's objects take three times the memory of its text, and the client looks at each of them twice.
 */
final class Stock {

    /** Longer texts are not worth keeping objects for. */
    private static final int MOST_LENGTH = 2_048;

    /** The texts that are kept have this length together at most, in bytes. */
    private static final int MOST_BYTES = 2 << 20;

    private final EventData[][] byLength = new EventData[MOST_LENGTH + 1][];
    private final int[] kept = new int[MOST_LENGTH + 1];
    private final int[] taken = new int[MOST_LENGTH + 1];
    private int keptBytes;

    /** An event with a copy of this text, without any properties and annotations. */
    EventData event(byte[] from, int offset, int length) {
        if (length > MOST_LENGTH) {
            return new EventData(Arrays.copyOfRange(from, offset, offset + length));
        }
        if (taken[length] < kept[length]) {
            EventData again = byLength[length][taken[length]++];
            System.arraycopy(from, offset, again.getBody(), 0, length);
            again.getProperties().clear();
            again.getRawAmqpMessage().getMessageAnnotations().clear();
            return again;
        }
        byte[] text = Arrays.copyOfRange(from, offset, offset + length);
        EventData first = new EventData(text);
        // Should the client ever copy what it is given, nothing can be used again.
        if (first.getBody() == text && keptBytes + length <= MOST_BYTES) {
            keep(first, length);
        }
        return first;
    }

    private void keep(EventData event, int length) {
        EventData[] same = byLength[length];
        if (same == null) {
            same = new EventData[4];
            byLength[length] = same;
        } else if (kept[length] == same.length) {
            same = Arrays.copyOf(same, 2 * same.length);
            byLength[length] = same;
        }
        same[kept[length]++] = event;
        taken[length]++;
        keptBytes += length;
    }

    /** All objects may serve again. */
    Stock givenBack() {
        Arrays.fill(taken, 0);
        return this;
    }
}
