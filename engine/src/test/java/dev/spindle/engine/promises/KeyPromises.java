package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keys lead to rows that are there, spread over them as they should; what is copied from there agrees. */
final class KeyPromises {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final Streamed streamed;
    private final Broken broken;

    KeyPromises(Streamed streamed, Broken broken) {
        this.streamed = streamed;
        this.broken = broken;
    }

    void foreignKey(Checked checked, Strategy.ForeignKey key) {
        TableRows parents = streamed.table(key.ref().table());
        Map<Object, Integer> children = new HashMap<>();
        for (Object[] row : checked.rows()) {
            Object value = checked.value(row);
            if (value != null) {
                children.merge(TableRows.key(value), 1, Integer::sum);
                List<Object[]> found = parents.having(key.ref().column(), value);
                if (found.isEmpty()) {
                    broken.add(checked.name() + " key", value + " is no " + key.ref());
                } else {
                    suits(checked, key, row, found);
                }
            }
        }
        spread(checked.name(), key, parents.rows().size(), children);
    }

    private void suits(Checked checked, Strategy.ForeignKey key, Object[] row, List<Object[]> found) {
        TableRows parents = streamed.table(key.ref().table());
        if (key.constrainedBy() != null) {
            Object shared = TableRows.key(checked.table().get(row, key.constrainedBy()));
            if (found.stream().noneMatch(p -> Objects.equals(TableRows.key(parents.get(p, key.constrainedBy())), shared))) {
                broken.add(
                        checked.name() + " constrained_by",
                        checked.value(row) + " belongs to another " + key.constrainedBy() + " than " + shared);
            }
        }
        if (key.filter() != null && found.stream().noneMatch(p -> Streamed.condition(parents, p, key.filter()))) {
            broken.add(checked.name() + " filter", checked.value(row) + " does not meet it");
        }
    }

    private void spread(String name, Strategy.ForeignKey key, int parents, Map<Object, Integer> children) {
        int[] counts = children.values().stream().mapToInt(c -> c).sorted().toArray();
        int all = children.values().stream().mapToInt(c -> c).sum();
        if (key.constrainedBy() != null || key.filter() != null || key.sampleRate() < 1 || all < 50 * 20 || parents < 50) {
            return;
        }
        long top = 0;
        for (int i = 0; i < Math.max(1, parents / 5) && i < counts.length; i++) {
            top += counts[counts.length - 1 - i];
        }
        double share = (double) top / all;
        double perParent = (double) all / parents;
        if (key.spread() == Strategy.Spread.UNIFORM && perParent > 10 && share > 0.45) {
            broken.add(name + " uniform", "the top fifth of parents has " + share);
        }
        if (key.spread() != Strategy.Spread.UNIFORM && perParent > 3 && share < 0.5) {
            broken.add(name + " heavy tail", "the top fifth of parents has only " + share);
        }
    }

    void lookup(Checked checked, String via, String parentName, String source) {
        TableRows parents = streamed.table(parentName);
        for (Object[] row : checked.rows()) {
            Object value = checked.value(row);
            boolean found = value == null
                    || streamed.parentsOf(checked.table(), row, via, parentName).stream()
                            .map(p -> parents.get(p, source))
                            .anyMatch(theirs -> theirs != null && agree(checked, value, theirs));
            if (!found) {
                broken.add(checked.name() + " lookup", value + " is no " + parentName + "." + source + " of its parent");
            }
        }
    }

    private static boolean agree(Checked checked, Object value, Object theirs) {
        if (checked.column().type() == DataType.DATE && theirs instanceof Long micros) {
            return value.equals(Math.floorDiv(micros, DAY_MICROS) * DAY_MICROS);
        }
        if (value instanceof BigDecimal a && theirs instanceof BigDecimal b) {
            return a.subtract(b).abs().doubleValue() <= 0.5000001 * Math.pow(10, -checked.scale()) || a.compareTo(b) == 0;
        }
        String text = theirs instanceof BigDecimal b ? b.toPlainString() : theirs.toString();
        return value.equals(theirs) || value.toString().equals(Streamed.cut(text, checked.column()));
    }

    void hierarchy(Checked checked, Strategy.SelfReferencing strategy) {
        TableRows table = checked.table();
        Map<Object, Object> parents = new HashMap<>();
        int roots = 0;
        for (Object[] row : table.rows()) {
            Object parent = checked.value(row);
            roots += parent == null ? 1 : 0;
            parents.put(TableRows.key(table.get(row, strategy.keyColumn())), parent == null ? null : TableRows.key(parent));
        }
        boolean complete = checked.column().nullRate() == 0;
        if (complete && roots != Math.min(strategy.rootCount(), table.rows().size())) {
            broken.add(checked.name() + " roots", roots + " instead of " + strategy.rootCount());
        }
        String level = table.table().columns().values().stream()
                .filter(c -> c.strategy() instanceof Strategy.SelfReferenceLevel)
                .map(ColumnDefinition::name)
                .findFirst()
                .orElse(null);
        for (Object[] row : table.rows()) {
            int depth = depth(checked.name(), parents, TableRows.key(table.get(row, strategy.keyColumn())));
            if (depth > strategy.levels()) {
                broken.add(checked.name() + " depth", depth + " levels instead of " + strategy.levels());
            }
            if (level != null && complete) {
                broken.same(checked.name() + " level", table.get(row, level), BigDecimal.valueOf(depth));
            }
        }
    }

    /** How many levels lead to the root; more than 100 when there is a circle. */
    private int depth(String name, Map<Object, Object> parents, Object key) {
        int depth = 1;
        Object at = parents.get(key);
        while (at != null && depth <= 100) {
            if (!parents.containsKey(at)) {
                broken.add(name + " key", at + " is no row of the table");
                return depth;
            }
            depth++;
            at = parents.get(at);
        }
        return depth;
    }

    void firstPerParent(Checked checked, Strategy.FirstPerParent strategy) {
        Map<Object, Integer> firsts = new HashMap<>();
        for (Object[] row : checked.rows()) {
            Object parent = checked.table().get(row, strategy.parentColumn());
            if (parent != null) {
                boolean first = Objects.equals(checked.value(row), strategy.first());
                firsts.merge(TableRows.key(parent), first ? 1 : 0, Integer::sum);
            }
        }
        firsts.forEach((parent, count) -> {
            if (count != 1) {
                broken.add(checked.name() + " first per parent", count + " for " + parent);
            }
        });
    }
}
