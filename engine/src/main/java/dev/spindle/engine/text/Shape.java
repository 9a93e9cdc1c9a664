package dev.spindle.engine.text;

import dev.spindle.engine.draw.Draw;
import java.nio.charset.StandardCharsets;

/**
 * Text of a fixed shape: {@code #} is a digit 0–9, {@code %} one of 1–9, {@code <} one of 0–4, {@code ^} a hexadecimal
 * digit, {@code ?} one of 8, 9, a and b (the variant of a UUID, RFC 9562); all else stands for itself.
 */
final class Shape implements ComposedText {

    /** Places filled from one hash; each takes less than four of its 64 bits. */
    private static final int PLACES_PER_DRAW = 14;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] shape;

    /** Which digit each place starts from, and how many it may be. 0 choices: the byte itself. */
    private final byte[] first;

    private final byte[] choices;

    Shape(String shape) {
        this.shape = shape.getBytes(StandardCharsets.UTF_8);
        this.first = new byte[this.shape.length];
        this.choices = new byte[this.shape.length];
        for (int i = 0; i < this.shape.length; i++) {
            switch (this.shape[i]) {
                case '#' -> place(i, 0, 10);
                case '%' -> place(i, 1, 9);
                case '<' -> place(i, 0, 5);
                case '^' -> place(i, 0, 16);
                case '?' -> place(i, 8, 4);
                default -> place(i, 0, 0);
            }
        }
    }

    private void place(int at, int from, int howMany) {
        first[at] = (byte) from;
        choices[at] = (byte) howMany;
    }

    /** The hash is read as a fraction: what its product with the number of choices carries over is the choice. */
    @Override
    public int append(long hash, byte[] to, int offset) {
        long fraction = hash;
        int places = 0;
        for (int i = 0; i < shape.length; i++) {
            int howMany = choices[i];
            if (howMany == 0) {
                to[offset + i] = shape[i];
                continue;
            }
            if (++places % PLACES_PER_DRAW == 0) {
                hash = Draw.bits(hash, 1);
                fraction = hash;
            }
            to[offset + i] = DIGITS[first[i] + Draw.below(fraction, howMany)];
            fraction *= howMany;
        }
        return shape.length;
    }

    @Override
    public int maxBytes() {
        return shape.length;
    }
}
