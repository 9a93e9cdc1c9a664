package dev.spindle.engine.stamp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Writes UTF-8 text between the quotes of a JSON string (RFC 8259, section 7). */
final class Escapes {

    /** The most bytes that one byte of text becomes. */
    static final int MOST_BYTES = 6;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;

    private Escapes() {}

    /** Escapes what must be; almost no text has anything to escape. Returns where the text ends. */
    static int write(byte[] text, int offset, int length, byte[] to, int at) {
        int from = offset;
        int end = offset + length;
        while (from + 8 <= end) {
            long eight = (long) LONG.get(text, from);
            if (hasSpecial(eight)) {
                break;
            }
            LONG.set(to, at, eight);
            from += 8;
            at += 8;
        }
        for (int i = from; i < end; i++) {
            byte c = text[i];
            if (c >= 0x20 && c != '"' && c != '\\' || c < 0) {
                to[at++] = c;
            } else {
                at = escaped(c, to, at);
            }
        }
        return at;
    }

    /** Whether one of eight bytes is a control character, a quote or a backslash; it may say so of others, never the reverse. */
    private static boolean hasSpecial(long eight) {
        long quote = eight ^ ONES * '"';
        long backslash = eight ^ ONES * '\\';
        // A byte below n borrows from its top bit when n is taken from it, unless that bit was set before.
        return ((eight - ONES * 0x20 | quote - ONES | backslash - ONES) & ~eight & ONES * 0x80) != 0;
    }

    private static int escaped(byte c, byte[] to, int at) {
        to[at] = '\\';
        switch (c) {
            case '"', '\\' -> to[at + 1] = c;
            case '\n' -> to[at + 1] = 'n';
            case '\r' -> to[at + 1] = 'r';
            case '\t' -> to[at + 1] = 't';
            default -> {
                to[at + 1] = 'u';
                to[at + 2] = '0';
                to[at + 3] = '0';
                to[at + 4] = HEX[c >> 4];
                to[at + 5] = HEX[c & 15];
                return at + MOST_BYTES;
            }
        }
        return at + 2;
    }
}
