package dev.spindle.engine.row;

import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Relationship;
import dev.spindle.engine.schema.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the tables of an interleaved stream into groups that keep one order of time each, parents before children. */
final class OrderCompiler {

    private final RowCompiler compiler;
    private final List<String> tables;
    /** Whether the first table, by its index in the stream, is a parent of the second. */
    private final boolean[][] isParent;

    OrderCompiler(RowCompiler compiler, List<String> tables) {
        this.compiler = compiler;
        this.tables = tables;
        this.isParent = new boolean[tables.size()][tables.size()];
        for (String name : tables) {
            for (ColumnDefinition column : compiler.schema().tables().get(name).columns().values()) {
                if (column.strategy() instanceof Strategy.ForeignKey key) {
                    relate(key.ref().table(), name);
                }
            }
        }
        for (Relationship relationship : compiler.schema().relationships()) {
            relate(relationship.parent(), relationship.child());
        }
    }

    private void relate(String parent, String child) {
        int p = tables.indexOf(parent);
        int c = tables.indexOf(child);
        if (p >= 0 && c >= 0 && p != c) {
            isParent[p][c] = true;
        }
    }

    StreamOrder compile() {
        List<Integer> standing = new ArrayList<>();
        Map<String, List<Integer>> byRoot = new LinkedHashMap<>();
        for (int table = 0; table < tables.size(); table++) {
            if (compiler.presence().line(tables.get(table)) == null) {
                standing.add(table);
            } else {
                byRoot.computeIfAbsent(root(tables.get(table)), r -> new ArrayList<>()).add(table);
            }
        }
        List<List<Integer>> sets = new ArrayList<>(standing.stream().map(List::of).toList());
        List<Integer> sorted = sorted(sets).stream().map(List::getFirst).toList();
        return new StreamOrder(
                sorted.stream().mapToInt(t -> t).toArray(),
                sorted.stream().mapToLong(t -> compiler.counts().of(tables.get(t))).toArray(),
                sorted(new ArrayList<>(byRoot.values())).stream().map(this::group).toArray(TableGroup[]::new));
    }

    /** The table, streamed or not, whose times those of a table are. */
    private String root(String table) {
        Presence.Follow follow = compiler.presence().follow(table);
        return follow == null ? table : root(follow.parent());
    }

    /**
     * Groups in order, parents before children. Where groups are each other's parents, their tables are taken apart; where
     * tables are, the one that stands first in the stream's list comes first.
     */
    private List<List<Integer>> sorted(List<List<Integer>> groups) {
        List<List<Integer>> left = new ArrayList<>(groups);
        List<List<Integer>> sorted = new ArrayList<>();
        while (!left.isEmpty()) {
            left.sort(Comparator.comparing(List::getFirst));
            List<Integer> next = left.stream().filter(group -> hasNoParent(group, left)).findFirst().orElse(null);
            if (next == null && left.stream().anyMatch(group -> group.size() > 1)) {
                List<Integer> torn = left.stream().flatMap(List::stream).toList();
                left.clear();
                torn.forEach(table -> left.add(List.of(table)));
                continue;
            }
            next = next == null ? left.getFirst() : next;
            left.remove(next);
            sorted.add(next);
        }
        return sorted;
    }

    private boolean hasNoParent(List<Integer> group, List<List<Integer>> all) {
        for (List<Integer> other : all) {
            for (int parent : other) {
                if (other != group && group.stream().anyMatch(child -> isParent[parent][child])) {
                    return false;
                }
            }
        }
        return true;
    }

    private TableGroup group(List<Integer> group) {
        String root = root(tables.get(group.getFirst()));
        List<List<Integer>> single = new ArrayList<>(group.stream().map(List::of).toList());
        TableGroup.Member[] members =
                sorted(single).stream().map(list -> member(list.getFirst())).toArray(TableGroup.Member[]::new);
        return new TableGroup(compiler.presence().line(root), compiler.counts().of(root), members);
    }

    private TableGroup.Member member(int table) {
        List<Children> path = new ArrayList<>();
        Arrangement arrangement = Arrangement.BY_PARENT;
        Presence.Follow follow = compiler.presence().follow(tables.get(table));
        if (follow != null) {
            arrangement = follow.arrangement();
        }
        while (follow != null) {
            path.addFirst(follow.children());
            follow = compiler.presence().follow(follow.parent());
        }
        return new TableGroup.Member(table, path.toArray(Children[]::new), arrangement);
    }
}
