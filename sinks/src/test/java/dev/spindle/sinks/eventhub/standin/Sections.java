package dev.spindle.sinks.eventhub.standin;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the data sections of an encoded message without decoding the rest: an Event Hubs batch holds one data section
 * per event, more than the AMQP libraries' message classes take. Encodings as in section 1.6 of the AMQP 1.0 types.
 */
final class Sections {

    private static final int DATA = 0x75;

    private Sections() {}

    /** The contents of every data section, as views of {@code message}. */
    static List<ByteBuffer> data(ByteBuffer message) {
        List<ByteBuffer> found = new ArrayList<>();
        ByteBuffer in = message.duplicate();
        while (in.hasRemaining()) {
            int descriptor = descriptor(in);
            int length = lengthOfValue(in);
            if (descriptor == DATA) {
                found.add(in.slice(in.position(), length));
            }
            in.position(in.position() + length);
        }
        return found;
    }

    private static int descriptor(ByteBuffer in) {
        if (in.get() != 0) {
            throw new IllegalArgumentException("a message section does not begin with a descriptor");
        }
        int code = in.get() & 0xff;
        return switch (code) {
            case 0x53 -> in.get() & 0xff;
            case 0x80 -> (int) in.getLong();
            default -> throw new IllegalArgumentException("a descriptor has type 0x" + Integer.toHexString(code));
        };
    }

    private static int lengthOfValue(ByteBuffer in) {
        int code = in.get() & 0xff;
        return switch (code) {
            case 0x45 -> 0;
            case 0xa0, 0xc0, 0xc1 -> in.get() & 0xff;
            case 0xb0, 0xd0, 0xd1 -> in.getInt();
            default -> throw new IllegalArgumentException("a section has type 0x" + Integer.toHexString(code));
        };
    }
}
