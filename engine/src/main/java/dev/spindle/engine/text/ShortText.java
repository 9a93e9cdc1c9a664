package dev.spindle.engine.text;

/** The texts of another provider, cut to a number of bytes: at a space where there is one, else between characters. */
record ShortText(TextProvider whole, int bytes) implements ComposedText {

    @Override
    public int append(long hash, byte[] to, int offset) {
        int length = whole.append(hash, to, offset);
        if (length <= bytes) {
            return length;
        }
        int cut = bytes;
        while (cut > 0 && to[offset + cut] != ' ') {
            cut--;
        }
        if (cut == 0) {
            cut = bytes;
            while (cut > 0 && (to[offset + cut] & 0xC0) == 0x80) { // inside a UTF-8 sequence
                cut--;
            }
        }
        return cut;
    }

    @Override
    public int maxBytes() {
        return whole.maxBytes();
    }
}
