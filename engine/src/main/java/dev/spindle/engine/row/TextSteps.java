package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.column.ValueText;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import java.nio.charset.StandardCharsets;

/** Steps that write texts into the row. */
final class TextSteps {

    private static final byte[] DIGITS = "0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LETTERS_AND_DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".getBytes(StandardCharsets.US_ASCII);

    private TextSteps() {}

    /** A version-4 shaped UUID (RFC 9562, section 5.4) that follows from the row. */
    record Uuid(long key) implements Step {
        private static final int LENGTH = 36;

        @Override
        public long value(RowCursor at) {
            long high = at.bits(key) & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
            long low = at.bits(key + 1) & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            byte[] to = at.event.textWithRoomFor(LENGTH);
            int start = at.event.textLength;
            hex(high >>> 32, 8, to, start);
            to[start + 8] = '-';
            hex(high >>> 16, 4, to, start + 9);
            to[start + 13] = '-';
            hex(high, 4, to, start + 14);
            to[start + 18] = '-';
            hex(low >>> 48, 4, to, start + 19);
            to[start + 23] = '-';
            hex(low, 12, to, start + 24);
            at.event.textLength = start + LENGTH;
            return Event.textValue(start, LENGTH);
        }

        private static void hex(long bits, int digits, byte[] to, int at) {
            for (int i = digits - 1; i >= 0; i--) {
                to[at + i] = HEX[(int) bits & 15];
                bits >>>= 4;
            }
        }
    }

    /** A piece of a pattern: appends to the row's text. */
    abstract static class Piece {
        /** Appends, and says whether there was anything to append: a null column makes the whole pattern null. */
        abstract boolean append(RowCursor at);
    }

    static final class Literal extends Piece {
        private final byte[] bytes;

        Literal(String text) {
            this.bytes = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        boolean append(RowCursor at) {
            at.event.appendText(bytes, 0, bytes.length);
            return true;
        }
    }

    /** The row's number from 1. */
    static final class RowNumber extends Piece {
        private final int width;

        RowNumber(int width) {
            this.width = width;
        }

        @Override
        boolean append(RowCursor at) {
            appendNumber(at.event, at.row + 1, width);
            return true;
        }
    }

    /** Characters drawn from an alphabet, each as likely as any other. */
    static final class Drawn extends Piece {
        private final byte[] alphabet;
        private final int width;
        private final long key;

        private Drawn(byte[] alphabet, int width, long key) {
            this.alphabet = alphabet;
            this.width = width;
            this.key = key;
        }

        static Drawn lettersAndDigits(int width, long key) {
            return new Drawn(LETTERS_AND_DIGITS, width, key);
        }

        static Drawn digits(int width, long key) {
            return new Drawn(DIGITS, width, key);
        }

        static Drawn hex(int width, long key) {
            return new Drawn(HEX, width, key);
        }

        @Override
        boolean append(RowCursor at) {
            byte[] to = at.event.textWithRoomFor(width);
            int start = at.event.textLength;
            long bits = at.bits(key);
            for (int i = 0; i < width; i++) {
                to[start + i] = alphabet[Draw.below(bits, alphabet.length)];
                bits = Draw.mix(bits + i + 1);
            }
            at.event.textLength = start + width;
            return true;
        }
    }

    /** The digit that completes the digits before it by Luhn's formula (ISO/IEC 7812-1, annex B). */
    private static void appendCheckDigit(Event event, int start) {
        byte[] to = event.textWithRoomFor(1);
        int sum = 0;
        boolean doubled = true;
        for (int i = event.textLength - 1; i >= start; i--) {
            int digit = to[i] - '0';
            if (digit >= 0 && digit <= 9) {
                int twice = 2 * digit;
                sum += doubled ? twice > 9 ? twice - 9 : twice : digit;
                doubled = !doubled;
            }
        }
        to[event.textLength++] = (byte) ('0' + (10 - sum % 10) % 10);
    }

    /** Stands for the check digit of what its pattern has written so far. */
    static final class CheckDigit extends Piece {
        @Override
        boolean append(RowCursor at) {
            throw new IllegalStateException("a check digit is written by its pattern");
        }
    }

    /** Another column as text: the first {@code width} characters of a text, a number padded to that many digits. */
    static final class ColumnText extends Piece {
        private final int slot;
        private final Column column;
        private final int width;

        ColumnText(int slot, Column column, int width) {
            this.slot = slot;
            this.column = column;
            this.width = width;
        }

        @Override
        boolean append(RowCursor at) {
            long value = at.values[slot];
            if (value == NULL) {
                return false;
            }
            switch (column.type()) {
                case DICTIONARY -> {
                    int start = column.dictionary().rawStart((int) value);
                    int end = column.dictionary().rawStart((int) value + 1);
                    appendStart(at.event, column.dictionary().raw(), start, end - start);
                }
                case TEXT -> appendStart(at.event, at.event.text, Event.textOffset(value), Event.textLength(value));
                case INTEGER -> appendNumber(at.event, value, width);
                default -> {
                    int start = at.event.textLength;
                    byte[] to = at.event.textWithRoomFor(ValueText.MOST_BYTES);
                    at.event.textLength = ValueText.write(column.type(), column.scale(), value, to, start);
                }
            }
            return true;
        }

        private void appendStart(Event event, byte[] from, int offset, int length) {
            int bytes = length;
            if (width > 0) {
                bytes = 0;
                for (int characters = 0; bytes < length && characters < width; characters++) {
                    bytes++;
                    while (bytes < length && (from[offset + bytes] & 0xC0) == 0x80) {
                        bytes++; // the rest of a character of several bytes
                    }
                }
            }
            event.appendText(from, offset, bytes);
        }
    }

    record Pattern(Piece[] pieces) implements Step {
        @Override
        public long value(RowCursor at) {
            int start = at.event.textLength;
            for (Piece piece : pieces) {
                if (piece instanceof CheckDigit) {
                    appendCheckDigit(at.event, start);
                } else if (!piece.append(at)) {
                    at.event.textLength = start;
                    return NULL;
                }
            }
            return Event.textValue(start, at.event.textLength - start);
        }
    }

    /** A text cut to so many characters. */
    record Cut(Step inner, int most) implements Step {
        @Override
        public long value(RowCursor at) {
            long value = inner.value(at);
            if (value == NULL || Event.textLength(value) <= most) {
                return value;
            }
            int offset = Event.textOffset(value);
            int end = offset;
            int characters = 0;
            int limit = offset + Event.textLength(value);
            while (end < limit && characters < most) {
                end++;
                while (end < limit && (at.event.text[end] & 0xC0) == 0x80) {
                    end++;
                }
                characters++;
            }
            return Event.textValue(offset, end - offset);
        }
    }

    /** An entry of a dictionary as a text of the row. */
    record FromDictionary(Step inner, Dictionary dictionary) implements Step {
        @Override
        public long value(RowCursor at) {
            long index = inner.value(at);
            if (index == NULL) {
                return NULL;
            }
            int start = dictionary.rawStart((int) index);
            return at.event.appendText(dictionary.raw(), start, dictionary.rawStart((int) index + 1) - start);
        }
    }

    /** A numbered suffix behind texts that have run out: {@code Smith-2}. */
    record Numbered(Dictionary dictionary, int[] order, int shift) implements Step {
        @Override
        public long value(RowCursor at) {
            long round = at.row / order.length;
            int index = order[(int) ((at.row + shift) % order.length)];
            int start = dictionary.rawStart(index);
            int begin = at.event.textLength;
            at.event.appendText(dictionary.raw(), start, dictionary.rawStart(index + 1) - start);
            if (round > 0) {
                byte[] to = at.event.textWithRoomFor(1);
                to[at.event.textLength++] = '-';
                appendNumber(at.event, round + 1, 0);
            }
            return Event.textValue(begin, at.event.textLength - begin);
        }
    }

    static void appendNumber(Event event, long number, int width) {
        byte[] to = event.textWithRoomFor(Math.max(width, ValueText.MOST_BYTES));
        int at = event.textLength;
        long rest = Math.abs(number);
        if (number < 0) {
            to[at++] = '-';
        }
        int digits = Math.max(width - (number < 0 ? 1 : 0), ValueText.digits(rest));
        for (int i = digits - 1; i >= 0; i--) {
            to[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        event.textLength = at + digits;
    }
}
