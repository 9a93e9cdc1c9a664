package dev.spindle.engine.schema;

import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.ColumnRef;
import dev.spindle.engine.schema.Schema.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which columns, of the same and of other tables, a column is made of; finds those that are made of themselves. */
final class Dependencies {

    private final Schema schema;
    private final Map<ColumnRef, Integer> state = new HashMap<>();
    private final List<List<ColumnRef>> circles = new ArrayList<>();

    Dependencies(Schema schema) {
        this.schema = schema;
    }

    /** Each circle once, from one of its columns back to it. */
    List<List<ColumnRef>> circles() {
        for (Table table : schema.tables().values()) {
            for (ColumnDefinition column : table.columns().values()) {
                visit(new ColumnRef(table.name(), column.name()));
            }
        }
        return circles;
    }

    private record Visit(ColumnRef column, List<ColumnRef> left) {}

    /** Depth first, without recursion: a chain of columns may be long. */
    private void visit(ColumnRef start) {
        if (state.containsKey(start)) {
            return;
        }
        Deque<Visit> path = new ArrayDeque<>();
        enter(path, start);
        while (!path.isEmpty()) {
            Visit top = path.getLast();
            if (top.left().isEmpty()) {
                state.put(top.column(), 2);
                path.removeLast();
                continue;
            }
            ColumnRef next = top.left().removeLast();
            Integer seen = state.get(next);
            if (seen == null) {
                enter(path, next);
            } else if (seen == 1) {
                List<ColumnRef> circle = new ArrayList<>(path.stream().map(Visit::column).toList());
                circle = new ArrayList<>(circle.subList(circle.indexOf(next), circle.size()));
                circle.add(next);
                circles.add(circle);
            }
        }
    }

    private void enter(Deque<Visit> path, ColumnRef column) {
        state.put(column, 1);
        Table table = schema.tables().get(column.table());
        Set<ColumnRef> sources = new LinkedHashSet<>();
        if (table != null && table.column(column.column()) != null) {
            collect(table, table.column(column.column()).strategy(), sources);
        }
        path.addLast(new Visit(column, new ArrayList<>(sources)));
    }

    private void collect(Table table, Strategy strategy, Set<ColumnRef> into) {
        String own = table.name();
        switch (strategy) {
            case Strategy.Correlated s -> into.add(new ColumnRef(own, s.source()));
            case Strategy.Formula s -> s.expression().columns().forEach(c -> into.add(new ColumnRef(own, c)));
            case Strategy.Lookup s -> {
                into.addAll(KeyPath.columns(schema, table, s.via()));
                into.add(s.source());
            }
            case Strategy.Derived s when s.table() == null -> into.add(new ColumnRef(own, s.column()));
            case Strategy.Derived s -> {
                into.addAll(KeyPath.columns(schema, table, s.via()));
                into.add(new ColumnRef(s.table(), s.column()));
            }
            case Strategy.Conditional s -> {
                into.add(new ColumnRef(own, s.condition().column()));
                collect(table, s.whenTrue(), into);
                collect(table, s.whenFalse(), into);
            }
            case Strategy.Pattern s -> StrategyReader.columnsOf(s).forEach(c -> into.add(new ColumnRef(own, c)));
            case Strategy.ForeignKey s -> {
                into.add(s.ref());
                if (s.constrainedBy() != null) {
                    into.add(new ColumnRef(own, s.constrainedBy()));
                }
                if (s.filter() != null) {
                    into.add(new ColumnRef(s.ref().table(), s.filter().column()));
                }
            }
            case Strategy.SelfReferencing s -> into.add(new ColumnRef(own, s.keyColumn()));
            case Strategy.AfterPrevious s -> {
                into.add(new ColumnRef(own, s.via()));
                into.add(new ColumnRef(s.table(), s.column()));
            }
            case Strategy.TimePart s -> into.add(new ColumnRef(own, s.source()));
            case Strategy.Elapsed s -> {
                into.add(new ColumnRef(own, s.source()));
                into.add(new ColumnRef(own, s.since()));
            }
            case Strategy.Switch s -> {
                if (s.table() == null) {
                    into.add(new ColumnRef(own, s.column()));
                } else {
                    into.addAll(KeyPath.columns(schema, table, s.via()));
                    into.add(new ColumnRef(s.table(), s.column()));
                }
                s.cases().forEach(c -> collect(table, c.strategy(), into));
                if (s.otherwise() != null) {
                    collect(table, s.otherwise(), into);
                }
            }
            case Strategy.Drift s -> {
                into.add(new ColumnRef(own, s.entityColumn()));
                into.add(new ColumnRef(own, s.timeColumn()));
                for (Strategy.Quantity quantity : s.quantities()) {
                    if (quantity instanceof Strategy.Quantity.OfColumn of) {
                        into.add(new ColumnRef(own, of.column()));
                    }
                }
            }
            case Strategy.Ordinal s -> into.add(new ColumnRef(own, s.parentColumn()));
            case Strategy.LastPerParent s -> into.add(new ColumnRef(own, s.parentColumn()));
            case Strategy.MarkovChain s -> into.add(new ColumnRef(own, s.parentColumn()));
            case Strategy.Sibling s -> {
                into.add(new ColumnRef(own, s.parentColumn()));
                into.add(new ColumnRef(own, s.column()));
                collect(table, s.otherwise(), into);
            }
            case Strategy.FirstPerParent s -> into.add(new ColumnRef(own, s.parentColumn()));
            case Strategy.OverChildren s when s.childColumn() != null && s.aggregate() != Strategy.Aggregate.COUNT ->
                into.add(new ColumnRef(s.childTable(), s.childColumn()));
            default -> {}
        }
    }
}
