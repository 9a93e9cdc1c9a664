package dev.spindle.engine.text;

/** A text put together for each hash. */
public non-sealed interface ComposedText extends TextProvider {

    /**
     * The same texts, the longer ones cut after the last whole word that leaves them at most {@code bytes} bytes: for a
     * column with a greatest length. The bytes that {@link #append} needs free stay those of this provider.
     */
    default ComposedText within(int bytes) {
        return bytes >= maxBytes() ? this : new ShortText(this, bytes);
    }
}
