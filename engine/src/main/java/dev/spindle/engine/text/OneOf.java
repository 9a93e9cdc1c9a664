package dev.spindle.engine.text;

import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.draw.Draw;
import java.util.ArrayList;
import java.util.List;

/** One of several ways to write a text, drawn by weight. */
final class OneOf implements ComposedText {

    private final TextProvider[] ways;
    private final AliasTable weights;
    private final int maxBytes;

    private OneOf(List<Way> ways) {
        this.ways = new TextProvider[ways.size()];
        double[] weights = new double[ways.size()];
        int longest = 0;
        for (int i = 0; i < weights.length; i++) {
            this.ways[i] = ways.get(i).text();
            weights[i] = ways.get(i).weight();
            longest = Math.max(longest, this.ways[i].maxBytes());
        }
        this.weights = new AliasTable(weights);
        this.maxBytes = longest;
    }

    private record Way(double weight, TextProvider text) {}

    static Builder way(double weight, TextProvider text) {
        return new Builder().or(weight, text);
    }

    static final class Builder {

        private final List<Way> ways = new ArrayList<>();

        Builder or(double weight, TextProvider text) {
            ways.add(new Way(weight, text));
            return this;
        }

        OneOf done() {
            return new OneOf(ways);
        }
    }

    @Override
    public int append(long hash, byte[] to, int offset) {
        return ways[weights.pick(hash)].append(Draw.bits(hash, 1), to, offset);
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }
}
