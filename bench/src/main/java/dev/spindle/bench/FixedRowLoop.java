package dev.spindle.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The ceiling: a loop written by hand that encodes one row of a fixed shape, like an order, from a pseudo-random number
 * and small tables, and knows nothing of schemas, parents, rules or time. No generator of real rows can be faster.
 */
public final class FixedRowLoop {

    private static final byte[][] NAMES = {
        bytes("{\"order_id\":"), bytes(",\"customer_id\":"), bytes(",\"store_id\":"), bytes(",\"shipping_address_id\":"),
        bytes(",\"promotion_id\":"), bytes(",\"order_date\":\"2024-"), bytes(",\"status\":"), bytes(",\"order_total\":"),
        bytes(",\"_spindle_table\":\"order\",\"_spindle_seq\":"), bytes(",\"_spindle_event_time\":\"2024-"),
        bytes(",\"_spindle_is_anomaly\":false,\"_spindle_anomaly_type\":null}\n")
    };
    private static final byte[][] STATUSES = {
        bytes("\"completed\""), bytes("\"shipped\""), bytes("\"processing\""), bytes("\"cancelled\"")
    };
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private final byte[] buffer = new byte[1 << 18];
    private long state = 0x9E3779B97F4A7C15L;
    private long bytes;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Encodes {@code rows} rows; to {@code file}, or to nowhere when it is null. */
    public void run(long rows, Path file) {
        try (FileChannel channel = file == null
                ? null
                : FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer direct = ByteBuffer.allocateDirect(buffer.length);
            int at = 0;
            for (long row = 0; row < rows; row++) {
                if (at > buffer.length - 1_024) {
                    at = drain(channel, direct, at);
                }
                at = encode(row, at);
            }
            drain(channel, direct, at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int drain(FileChannel channel, ByteBuffer direct, int length) throws IOException {
        bytes += length;
        if (channel != null) {
            direct.clear().put(buffer, 0, length).flip();
            while (direct.hasRemaining()) {
                channel.write(direct);
            }
        }
        return 0;
    }

    /** Bytes encoded so far. */
    public long bytes() {
        return bytes;
    }

    private int encode(long row, int start) {
        long x = state;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        state = x;
        int at = number(row + 1, copy(NAMES[0], start));
        at = number(x & 0x3FF, copy(NAMES[1], at));
        at = number((x >>> 10) & 0x7F, copy(NAMES[2], at));
        at = number((x >>> 17) & 0x7FF, copy(NAMES[3], at));
        at = number((x >>> 28) & 0x7F, copy(NAMES[4], at));
        int date = at = copy(NAMES[5], at);
        at = clock(x, at);
        at = copy(STATUSES[(int) (x >>> 35) & 3], copy(NAMES[6], at));
        at = number((x >>> 37) & 0xFFF, copy(NAMES[7], at));
        buffer[at++] = '.';
        at = pair((int) ((x >>> 49) & 63), at);
        at = number(row, copy(NAMES[8], at));
        at = copy(NAMES[9], at);
        System.arraycopy(buffer, date, buffer, at, 23);
        return copy(NAMES[10], at + 23);
    }

    /** {@code MM-ddTHH:mm:ss.SSSSSSZ"} without a calendar. */
    private int clock(long x, int at) {
        at = pair(1 + (int) (x & 7), at);
        buffer[at++] = '-';
        at = pair(1 + (int) ((x >>> 3) & 15), at);
        buffer[at++] = 'T';
        at = pair((int) ((x >>> 7) & 15), at);
        buffer[at++] = ':';
        at = pair((int) ((x >>> 11) & 31), at);
        buffer[at++] = ':';
        at = pair((int) ((x >>> 16) & 31), at);
        buffer[at++] = '.';
        at = pair((int) ((x >>> 21) & 63), at);
        at = pair((int) ((x >>> 27) & 63), at);
        at = pair((int) ((x >>> 33) & 63), at);
        buffer[at++] = 'Z';
        buffer[at++] = '"';
        return at;
    }

    private int copy(byte[] from, int at) {
        System.arraycopy(from, 0, buffer, at, from.length);
        return at + from.length;
    }

    private int pair(int value, int at) {
        buffer[at] = PAIRS[2 * value];
        buffer[at + 1] = PAIRS[2 * value + 1];
        return at + 2;
    }

    private int number(long value, int at) {
        int digits = 1;
        for (long limit = 10; value >= limit && digits < 18; limit *= 10) {
            digits++;
        }
        int end = at + digits;
        int position = end;
        while (value >= 100) {
            position -= 2;
            long rest = value / 100;
            pair((int) (value - rest * 100), position);
            value = rest;
        }
        if (value >= 10) {
            pair((int) value, position - 2);
        } else {
            buffer[position - 1] = (byte) ('0' + value);
        }
        return end;
    }
}
