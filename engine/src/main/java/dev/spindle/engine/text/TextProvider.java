package dev.spindle.engine.text;

/**
 * Writes texts of one kind. The text follows from the hash alone; nothing is allocated. The bytes are UTF-8 and contain
 * no double quote, backslash or control character, so that they stand in JSON as they are.
 *
 * <p>A {@link ListedText} is one entry of a list, and better kept as its index. A {@link PersonText} is made of a
 * person's name, and better made of the name in the same row. All others are {@link ComposedText}.
 */
public sealed interface TextProvider permits ListedText, PersonText, ComposedText {

    /**
     * Writes one text to {@code to} from {@code offset} on, where {@link #maxBytes()} bytes must be free.
     *
     * @param hash 64 well-mixed bits
     * @return how many bytes the text has
     */
    int append(long hash, byte[] to, int offset);

    /** No text of this provider is longer. */
    int maxBytes();
}
