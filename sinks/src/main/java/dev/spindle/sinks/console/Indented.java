package dev.spindle.sinks.console;

/** Writes an event, which is a flat JSON object without white space, with each member on a line of its own. */
final class Indented {

    private Indented() {}

    /** Returns where the text ends; with {@code indent} 0 it is a copy. */
    static int write(byte[] from, int offset, int length, int indent, byte[] to, int at) {
        if (indent == 0) {
            System.arraycopy(from, offset, to, at, length);
            return at + length;
        }
        boolean inText = false;
        for (int i = offset; i < offset + length; i++) {
            byte c = from[i];
            if (inText) {
                to[at++] = c;
                if (c == '\\') {
                    to[at++] = from[++i];
                } else if (c == '"') {
                    inText = false;
                }
                continue;
            }
            switch (c) {
                case '{', ',' -> {
                    to[at++] = c;
                    at = lineBreak(indent, to, at);
                }
                case '}' -> {
                    at = lineBreak(0, to, at);
                    to[at++] = c;
                }
                case ':' -> {
                    to[at++] = c;
                    to[at++] = ' ';
                }
                default -> {
                    to[at++] = c;
                    inText = c == '"';
                }
            }
        }
        return at;
    }

    private static int lineBreak(int indent, byte[] to, int at) {
        to[at++] = '\n';
        for (int i = 0; i < indent; i++) {
            to[at++] = ' ';
        }
        return at;
    }
}
