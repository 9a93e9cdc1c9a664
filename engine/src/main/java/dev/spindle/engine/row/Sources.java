package dev.spindle.engine.row;

import dev.spindle.engine.schema.KeyPath;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which columns of its own row a column's strategy reads. */
final class Sources {

    private Sources() {}

    static Set<String> of(Table table, ColumnDefinition column) {
        Set<String> sources = new LinkedHashSet<>();
        collect(column.strategy(), sources);
        sources.retainAll(table.columns().keySet());
        return sources;
    }

    private static void collect(Strategy strategy, Set<String> into) {
        switch (strategy) {
            case Strategy.Correlated s -> into.add(s.source());
            case Strategy.Formula s -> into.addAll(s.expression().columns());
            case Strategy.Lookup s -> into.add(KeyPath.head(s.via()));
            case Strategy.Derived s -> into.add(s.table() == null ? s.column() : KeyPath.head(s.via()));
            case Strategy.Conditional s -> {
                into.add(s.condition().column());
                collect(s.whenTrue(), into);
                collect(s.whenFalse(), into);
            }
            case Strategy.Pattern s -> {
                for (Strategy.PatternPart part : s.parts()) {
                    if (part instanceof Strategy.PatternPart.ColumnText text) {
                        into.add(text.column());
                    }
                }
            }
            case Strategy.ForeignKey s -> {
                if (s.constrainedBy() != null) {
                    into.add(s.constrainedBy());
                }
            }
            case Strategy.AfterPrevious s -> into.add(s.via());
            case Strategy.TimePart s -> into.add(s.source());
            case Strategy.Elapsed s -> {
                into.add(s.source());
                into.add(s.since());
            }
            case Strategy.Switch s -> {
                into.add(s.table() == null ? s.column() : KeyPath.head(s.via()));
                s.cases().forEach(c -> collect(c.strategy(), into));
                if (s.otherwise() != null) {
                    collect(s.otherwise(), into);
                }
            }
            case Strategy.Drift s -> {
                into.add(s.entityColumn());
                into.add(s.timeColumn());
                for (Strategy.Quantity quantity : s.quantities()) {
                    if (quantity instanceof Strategy.Quantity.OfColumn of) {
                        into.add(of.column());
                    }
                }
            }
            case Strategy.Ordinal s -> into.add(s.parentColumn());
            case Strategy.Sibling s -> {
                into.add(s.parentColumn());
                into.add(s.column());
                collect(s.otherwise(), into);
            }
            case Strategy.MarkovChain s -> into.add(s.parentColumn());
            case Strategy.LastPerParent s -> into.add(s.parentColumn());
            case Strategy.FirstPerParent s -> into.add(s.parentColumn());
            default -> {}
        }
    }
}
