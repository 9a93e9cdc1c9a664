package dev.spindle.engine.stamp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Short runs of bytes, copied sixteen at a time past their end: the target must have {@link #SLACK} bytes to spare.
 *
 * @param padded the bytes, with as many behind them
 * @param length how many count
 */
record Bytes(byte[] padded, int length) {

    /** Bytes that a copy may write behind its end. */
    static final int SLACK = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    static Bytes of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Bytes(Arrays.copyOf(bytes, bytes.length + SLACK), bytes.length);
    }

    /** Writes the bytes and returns where they end. */
    int copyTo(byte[] to, int at) {
        return copy(padded, 0, length, to, at);
    }

    /** Writes {@code length} bytes of an array that has {@link #SLACK} readable bytes behind them. */
    static int copy(byte[] from, int start, int length, byte[] to, int at) {
        for (int i = 0; i < length; i += 16) {
            LONG.set(to, at + i, (long) LONG.get(from, start + i));
            LONG.set(to, at + i + 8, (long) LONG.get(from, start + i + 8));
        }
        return at + length;
    }
}
