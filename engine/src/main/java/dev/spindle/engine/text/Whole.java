package dev.spindle.engine.text;

import dev.spindle.engine.draw.Draw;

/** A whole number from {@code min} to {@code max}, both 0 or more and included, every one as likely. */
record Whole(int min, int max) implements ComposedText {

    @Override
    public int append(long hash, byte[] to, int offset) {
        return Decimal.append(min + Draw.below(hash, max - min + 1), to, offset);
    }

    @Override
    public int maxBytes() {
        return Decimal.digits(max);
    }
}
