package dev.spindle.engine.text;

import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.draw.Draw;

/**
 * What people call themselves on a computer: e-mail addresses and user names, made of a first and a last name in lower
 * case and a number that no other row has, so that no two rows of a table have the same: {@code jdoe41},
 * {@code johnd823}, {@code john_doe5034} or {@code john.doe61122}.
 *
 * <p>The number follows from the row. It has two digits for the first 90 rows, three for the next 900, and so on;
 * among the rows of one length a multiplication without common factors scatters it, so that neighbouring rows do not
 * have neighbouring numbers.
 */
public final class PersonText implements TextProvider {

    /** Longer names are cut in an address. */
    private static final int NAME_BYTES = 24;

    private static final int MOST_DIGITS = 19;

    /** Odd, and divisible by neither 3 nor 5, so that it has no factor in common with 9 × 10^k. */
    private static final long SCATTER = 6_180_341;

    /** The longest block whose numbers times {@link #SCATTER} fit in 63 bits; longer ones keep their order. */
    private static final long LONGEST_SCATTERED = 1_000_000_000_000L;

    /** Every byte in lower case if it is an ASCII letter, else 0: left out. Digits too, as the number must be told apart. */
    private static final byte[] PLAIN = new byte[256];

    /** In place of a name without one ASCII letter. */
    private static final byte[] NAMELESS = {'u', 's', 'e', 'r'};

    static {
        for (char c = 'a'; c <= 'z'; c++) {
            PLAIN[c] = (byte) c;
            PLAIN[c - 'a' + 'A'] = (byte) c;
        }
    }

    private final ListedText firstNames;
    private final ListedText lastNames;
    private final TextProvider host;

    /** @param host what follows the {@code @}, or null when this is a user name */
    PersonText(ListedText firstNames, ListedText lastNames, TextProvider host) {
        this.firstNames = firstNames;
        this.lastNames = lastNames;
        this.host = host;
    }

    /** For a table without names: of a person whom the hash draws; texts then repeat, as the hash stands for the row. */
    @Override
    public int append(long hash, byte[] to, int offset) {
        return append(hash, Draw.bits(hash, 5) >>> 40, null, -1, null, -1, to, offset);
    }

    /**
     * Of the row's own names.
     *
     * @param row the row's index; different rows get different texts
     * @param first the dictionary of the first name
     * @param firstIndex which one it is; below 0 when the row has none, and one is drawn
     * @param last the dictionary of the last name
     * @param lastIndex which one it is; below 0 when the row has none, and one is drawn
     */
    public int append(
            long hash, long row, Dictionary first, int firstIndex, Dictionary last, int lastIndex, byte[] to, int offset) {
        Dictionary givenNames = firstIndex < 0 ? firstNames.dictionary() : first;
        int given = firstIndex < 0 ? firstNames.index(Draw.bits(hash, 3)) : firstIndex;
        Dictionary surnames = lastIndex < 0 ? lastNames.dictionary() : last;
        int surname = lastIndex < 0 ? lastNames.index(Draw.bits(hash, 4)) : lastIndex;
        return append(
                hash, row,
                givenNames.raw(), givenNames.rawStart(given), givenNames.rawStart(given + 1),
                surnames.raw(), surnames.rawStart(surname), surnames.rawStart(surname + 1),
                to, offset);
    }

    /** Of names that stand anywhere in bytes: those of {@code first} from {@code firstStart} to before {@code firstEnd}. */
    public int append(
            long hash, long row,
            byte[] first, int firstStart, int firstEnd,
            byte[] last, int lastStart, int lastEnd,
            byte[] to, int offset) {
        int style = Draw.below(Draw.bits(hash, 1), 10);
        int at = plain(first, firstStart, firstEnd, style < 3 ? 1 : NAME_BYTES, to, offset);
        if (at == offset) {
            System.arraycopy(NAMELESS, 0, to, at, NAMELESS.length);
            at += NAMELESS.length;
        }
        if (style >= 5) {
            to[at++] = (byte) (style == 5 ? '_' : '.');
        }
        at = plain(last, lastStart, lastEnd, style == 3 || style == 4 ? 1 : NAME_BYTES, to, at);
        at += Decimal.append(number(row), to, at);
        if (host != null) {
            to[at++] = '@';
            at += host.append(Draw.bits(hash, 2), to, at);
        }
        return at - offset;
    }

    @Override
    public int maxBytes() {
        return 2 * NAME_BYTES + 1 + MOST_DIGITS + (host == null ? 0 : 1 + host.maxBytes());
    }

    private static int plain(byte[] from, int start, int end, int most, byte[] to, int offset) {
        int at = offset;
        for (int i = start; i < end && at - offset < most; i++) {
            byte c = PLAIN[from[i] & 0xFF];
            to[at] = c;
            at += c == 0 ? 0 : 1;
        }
        return at;
    }

    static long number(long row) {
        long block = 90;
        long start = 0;
        while (row - start >= block && block < LONGEST_SCATTERED) {
            start += block;
            block *= 10;
        }
        long place = row - start;
        long scattered = block < LONGEST_SCATTERED ? (place * SCATTER + block / 2) % block : place;
        return block / 9 + scattered;
    }
}
