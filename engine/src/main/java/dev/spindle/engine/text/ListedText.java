package dev.spindle.engine.text;

import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.draw.Draw;
import java.util.List;

/** One entry of a list, drawn uniformly or by weight. */
public final class ListedText implements TextProvider {

    private final Dictionary dictionary;
    private final double[] weights;
    private final AliasTable table;
    private final int maxBytes;

    /** Every entry is as likely as any other. */
    ListedText(List<String> texts) {
        this(texts, null);
    }

    /** @param weights one for each text, 0 or more, or null when all are the same */
    ListedText(List<String> texts, double[] weights) {
        this.dictionary = new Dictionary(texts);
        this.weights = weights;
        this.table = weights == null ? null : new AliasTable(weights);
        int longest = 0;
        for (int i = 0; i < texts.size(); i++) {
            longest = Math.max(longest, dictionary.rawStart(i + 1) - dictionary.rawStart(i));
        }
        this.maxBytes = longest;
    }

    /** The list; the same object each time. */
    public Dictionary dictionary() {
        return dictionary;
    }

    /** One weight for each entry, not normalised; null when all entries are as likely. */
    public double[] weights() {
        return weights == null ? null : weights.clone();
    }

    /** The entry that {@code hash} draws. */
    public int index(long hash) {
        return table == null ? Draw.below(hash, dictionary.size()) : table.pick(hash);
    }

    @Override
    public int append(long hash, byte[] to, int offset) {
        int index = index(hash);
        int start = dictionary.rawStart(index);
        int length = dictionary.rawStart(index + 1) - start;
        System.arraycopy(dictionary.raw(), start, to, offset, length);
        return length;
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }
}
