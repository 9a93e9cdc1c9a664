package dev.spindle.engine.row;

import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import java.util.Set;

/** Brings two branches of a column to one type. */
final class Conversions {

    private Conversions() {}

    /** What both can be read as; a branch that is always null takes the other's type. */
    static Compiled common(Compiled a, Compiled b) {
        if (isNull(a)) {
            return b;
        }
        if (isNull(b)) {
            return a;
        }
        if (a.type() == ColumnType.DICTIONARY && b.type() == ColumnType.DICTIONARY) {
            return Compiled.indexes(null, a.dictionary().with(texts(b.dictionary())));
        }
        Set<ColumnType> texts = Set.of(ColumnType.DICTIONARY, ColumnType.TEXT);
        if (texts.contains(a.type()) && texts.contains(b.type())) {
            return Compiled.text(null);
        }
        return a;
    }

    /** A branch's step, as the common type has it. */
    static Step to(Compiled common, Compiled branch) {
        if (isNull(branch)) {
            return branch.step();
        }
        if (common.type() == ColumnType.DICTIONARY && branch.type() == ColumnType.DICTIONARY) {
            int[] map = new int[branch.dictionary().size()];
            for (int i = 0; i < map.length; i++) {
                map[i] = common.dictionary().indexOf(branch.dictionary().text(i));
            }
            return new NumberSteps.Remapped(branch.step(), map);
        }
        if (common.type() == ColumnType.TEXT && branch.type() == ColumnType.DICTIONARY) {
            return new TextSteps.FromDictionary(branch.step(), branch.dictionary());
        }
        if (common.isNumber() && branch.isNumber() && common.scale() != branch.scale()) {
            return new NumberSteps.Rescaled(branch.step(), branch.scale(), common.scale());
        }
        return branch.step();
    }

    private static boolean isNull(Compiled branch) {
        return branch.step() instanceof DataCompiler.AlwaysNull;
    }

    private static java.util.List<String> texts(Dictionary dictionary) {
        return java.util.stream.IntStream.range(0, dictionary.size())
                .mapToObj(dictionary::text)
                .toList();
    }
}
