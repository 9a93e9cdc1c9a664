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
        put(to, at, (long) LONG.get(from, start));
        put(to, at + 8, (long) LONG.get(from, start + 8));
        if (length > 16) {
            copyRest(from, start, length, to, at);
        }
        return at + length;
    }

    /** By itself, so that the part that is always run stays small enough to be compiled into those that call it. */
    private static void copyRest(byte[] from, int start, int length, byte[] to, int at) {
        for (int i = 16; i < length; i += 16) {
            put(to, at + i, (long) LONG.get(from, start + i));
            put(to, at + i + 8, (long) LONG.get(from, start + i + 8));
        }
    }

    /** Writes eight bytes, the first of them the lowest of {@code eight}. */
    static void put(byte[] to, int at, long eight) {
        LONG.set(to, at, eight);
    }

    /** The bytes from {@code start} on as {@link #put} writes them. */
    long eight(int start) {
        return (long) LONG.get(padded, start);
    }

    /** Writes {@code null}, and four bytes behind it. */
    static int putNull(byte[] to, int at) {
        put(to, at, 'n' | 'u' << 8 | 'l' << 16 | 'l' << 24);
        return at + 4;
    }
}
