package dev.spindle.engine.text;

import dev.spindle.engine.draw.Draw;

/** Several texts, one behind the other, each from a draw of its own. */
final class Joined implements ComposedText {

    private final TextProvider[] parts;
    private final int maxBytes;

    Joined(TextProvider... parts) {
        this.parts = parts.clone();
        int bytes = 0;
        for (TextProvider part : parts) {
            bytes += part.maxBytes();
        }
        this.maxBytes = bytes;
    }

    @Override
    public int append(long hash, byte[] to, int offset) {
        int end = offset;
        for (int i = 0; i < parts.length; i++) {
            end += parts[i].append(Draw.bits(hash, i + 1), to, end);
        }
        return end - offset;
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }
}
