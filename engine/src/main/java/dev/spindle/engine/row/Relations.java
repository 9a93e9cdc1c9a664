package dev.spindle.engine.row;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DerivedCount;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which foreign keys are structural: fixed by the order of the rows, so that a parent's children can be found from the
 * parent, rather than drawn row by row. They are where something needs the children of a parent, where a table shows its
 * parents' times as its own, and where a table that has no time goes with the rows of another.
 */
final class Relations {

    /** Children per parent on average, where they are gone through for each parent. */
    static final long MOST_CHILDREN = 10_000_000;

    private final RowCompiler compiler;
    private final Schema schema;
    private final RowCounts counts;
    /** Foreign keys, as {@code table.column}, whose parents' children something needs. */
    private final Set<String> needed = new HashSet<>();

    private final Map<String, Children> children = new HashMap<>();
    private final Map<String, Family> families = new HashMap<>();

    Relations(RowCompiler compiler) {
        this.compiler = compiler;
        this.schema = compiler.schema();
        this.counts = compiler.counts();
        for (Table table : schema.tables().values()) {
            for (ColumnDefinition column : table.columns().values()) {
                need(table, column.strategy());
            }
            if (schema.generation().derived().get(table.name()) instanceof DerivedCount.PerParent perParent
                    && perParent.geometric()) {
                needed.add(table.name() + "." + foreignKey(table, perParent.table()).name());
            }
        }
    }

    private void need(Table table, Strategy strategy) {
        switch (strategy) {
            case Strategy.OverChildren over -> {
                Table child = schema.tables().get(over.childTable());
                needed.add(child.name() + "." + foreignKey(child, table.name()).name());
            }
            case Strategy.ForeignKey key when key.constrainedBy() != null -> {
                Table parent = schema.tables().get(key.ref().table());
                if (parent.column(key.constrainedBy()).strategy() instanceof Strategy.ForeignKey) {
                    needed.add(parent.name() + "." + key.constrainedBy());
                }
            }
            case Strategy.FirstPerParent first -> needed.add(table.name() + "." + first.parentColumn());
            case Strategy.LastPerParent last -> needed.add(table.name() + "." + last.parentColumn());
            case Strategy.Ordinal ordinal -> needed.add(table.name() + "." + ordinal.parentColumn());
            case Strategy.MarkovChain chain -> needed.add(table.name() + "." + chain.parentColumn());
            case Strategy.AfterPrevious after -> needed.add(table.name() + "." + after.via());
            case Strategy.Sibling sibling -> {
                needed.add(table.name() + "." + sibling.parentColumn());
                need(table, sibling.otherwise());
            }
            case Strategy.Switch choice -> {
                choice.cases().forEach(c -> need(table, c.strategy()));
                if (choice.otherwise() != null) {
                    need(table, choice.otherwise());
                }
            }
            case Strategy.Conditional conditional -> {
                need(table, conditional.whenTrue());
                need(table, conditional.whenFalse());
            }
            default -> {}
        }
    }

    /** The first foreign key of {@code child} that points to {@code parent}; there is one: the schema has been checked. */
    static ColumnDefinition foreignKey(Table child, String parent) {
        for (ColumnDefinition column : child.columns().values()) {
            if (column.strategy() instanceof Strategy.ForeignKey key && key.ref().table().equals(parent)) {
                return column;
            }
        }
        throw new IllegalArgumentException(child.name() + " has no foreign key to " + parent);
    }

    /** Whether a foreign key is fixed by structure. */
    boolean isStructural(Table table, ColumnDefinition column) {
        return isStructuralByNeed(table, column) || compiler.presence().isFollowed(table, column);
    }

    /** The same, but for keys that are so only because a table that has no time is there with its parents' rows. */
    boolean isStructuralByNeed(Table table, ColumnDefinition column) {
        return column.strategy() instanceof Strategy.ForeignKey key
                && (isNeeded(table, column)
                        || column.name().equals(compiler.times().copiedKey(table))
                        || dealtOut(table, key));
    }

    private boolean isNeeded(Table table, ColumnDefinition column) {
        return needed.contains(table.name() + "." + column.name());
    }

    /** How many children each parent has through a structural key. */
    Children children(Table table, ColumnDefinition column) {
        String name = table.name() + "." + column.name();
        Children known = children.get(name);
        if (known == null) {
            known = dealt(table, column, (Strategy.ForeignKey) column.strategy());
            children.put(name, known);
        }
        return known;
    }

    private Children dealt(Table table, ColumnDefinition column, Strategy.ForeignKey key) {
        check(table, column, key);
        long parents = counts.of(key.ref().table());
        long rows = counts.of(table.name());
        boolean each = isNeeded(table, column) && rows >= parents;
        boolean chosen = key.filter() != null || !fixedChoices(table, column).isEmpty();
        if (isGeometric(table, column, key)) {
            if (chosen || key.spread() != Strategy.Spread.UNIFORM) {
                throw new ConfigurationException(new Problem(
                        "generation.derived_counts." + table.name() + ".distribution", "geometric",
                        "cannot be kept: the key " + column.name() + " has a distribution, a filter or a rule of its own"));
            }
            return new GeometricChildren(parents, rows, compiler.key(table.name(), column.name(), "children"));
        }
        if (parents <= ListedChildren.MOST_PARENTS && (chosen || key.spread() == Strategy.Spread.ZIPF)) {
            return new ListedChildren(weights(table, column, key, (int) parents), rows, each);
        }
        double[] weights = key.spread() == Strategy.Spread.UNIFORM
                ? null
                : HeavyTail.weights(key.spread() == Strategy.Spread.ZIPF ? 1 / key.alpha() : key.alpha(), 0);
        return DealtChildren.of(parents, rows, each, weights, compiler.key(table.name(), column.name(), "children"));
    }

    private boolean isGeometric(Table table, ColumnDefinition column, Strategy.ForeignKey key) {
        return schema.generation().derived().get(table.name()) instanceof DerivedCount.PerParent perParent
                && perParent.geometric()
                && perParent.table().equals(key.ref().table())
                && foreignKey(table, perParent.table()) == column;
    }

    private void check(Table table, ColumnDefinition column, Strategy.ForeignKey key) {
        String path = "tables." + table.name() + ".columns." + column.name() + ".generator.";
        if (key.constrainedBy() != null) {
            throw new ConfigurationException(new Problem(
                    path + "constrained_by", key.constrainedBy(),
                    "cannot be kept by a key whose parents' children something else of the schema needs"));
        }
        long parents = counts.of(key.ref().table());
        if (isNeeded(table, column) && counts.of(table.name()) / parents > MOST_CHILDREN
                || counts.of(table.name()) / parents >= Integer.MAX_VALUE) {
            throw new ConfigurationException(new Problem(
                    "tables." + table.name() + ".columns." + column.name(), null,
                    "would give each row of " + key.ref().table() + " " + counts.of(table.name()) / parents
                            + " rows of " + table.name() + ", which something of the schema goes through",
                    "at most " + MOST_CHILDREN));
        }
        if (key.filter() != null && counts.of(key.ref().table()) > ListedChildren.MOST_PARENTS) {
            throw new ConfigurationException(new Problem(
                    path + "filter", key.filter().column(),
                    "cannot be kept by a key whose parents' children something else of the schema needs, with so many parents",
                    "at most " + ListedChildren.MOST_PARENTS + " rows of " + key.ref().table()));
        }
    }

    private double[] weights(Table table, ColumnDefinition column, Strategy.ForeignKey key, int parents) {
        double[] weights = new double[parents];
        double[] tail = HeavyTail.weights(key.alpha(), 0);
        for (int i = 0; i < parents; i++) {
            weights[i] =
                    switch (key.spread()) {
                        case UNIFORM -> 1;
                        case ZIPF -> StrictMath.pow(i + 1, -key.alpha());
                        case PARETO -> tail[(int) ((i * 0x9E3779B97F4A7C15L) >>> 56) % tail.length];
                    };
        }
        List<Predicate<Long>> tests = new ArrayList<>();
        Table parent = schema.tables().get(key.ref().table());
        if (key.filter() != null) {
            tests.add(Filter.of(new Scope(compiler, parent, null, null), key.filter())::suits);
        }
        for (Comparison comparison : fixedChoices(table, column)) {
            KeySteps.ParentTest test = KeyCompiler.test(compiler, comparison, number -> null);
            if (test != null) {
                tests.add(row -> test.suits(null, row));
            }
        }
        boolean any = false;
        double[] chosen = new double[parents];
        for (int i = 0; i < parents; i++) {
            long row = i;
            chosen[i] = tests.stream().allMatch(test -> test.test(row)) ? weights[i] : 0;
            any |= chosen[i] > 0;
        }
        if (!any && key.filter() != null) {
            throw Filter.nothingMeets(table, column, key);
        }
        return any ? chosen : weights;
    }

    /** Rules that the parent is chosen for and that hang on nothing but the parent. */
    private List<Comparison> fixedChoices(Table table, ColumnDefinition column) {
        return compiler.rules(table).choices(column.name()).stream()
                .filter(c -> c.left() instanceof Operand.Number || c.left() instanceof Operand.Text)
                .toList();
    }

    /** The structure behind a foreign key, or null when it is drawn row by row. */
    Family of(Table table, ColumnDefinition column) {
        if (!isStructural(table, column)) {
            return null;
        }
        String name = table.name() + "." + column.name();
        Family known = families.get(name);
        if (known == null) {
            known = family(table, column, (Strategy.ForeignKey) column.strategy());
            families.put(name, known);
        }
        return known;
    }

    private Family family(Table table, ColumnDefinition column, Strategy.ForeignKey key) {
        Children dealt = children(table, column);
        long nullKey = compiler.key(table.name(), column.name(), "null");
        Timing timing = compiler.times().timing(table.name());
        boolean first = isFirst(table, column);
        if (timing == null) {
            return new Family(dealt, arrangement(table, column), null, column.nullRate(), nullKey);
        }
        if (column.name().equals(timing.key())) {
            TimeLine parents = compiler.times().sourceOf(table, timing);
            Arrangement arrangement = timing.line() instanceof Arrangement sorted ? sorted : Arrangement.BY_PARENT;
            return new Family(dealt, arrangement, parents, column.nullRate(), nullKey);
        }
        TimeLine parents = compiler.times().orderOfParents(table, column, key, timing.line());
        if (parents != null && first && timing.line() instanceof FollowingTime) {
            return new Family(dealt, Arrangement.BY_PARENT, parents, column.nullRate(), nullKey);
        }
        if (parents != null) {
            throw new ConfigurationException(new Problem(
                    "tables." + table.name() + ".columns." + column.name(), null,
                    "cannot be computed: the children of " + key.ref().table() + " are needed and follow it in time, but the rows of "
                            + table.name() + " are in another parent's order already"));
        }
        return new Family(dealt, scattered(table, column), null, column.nullRate(), nullKey);
    }

    /** How the rows of a table without a time stand in relation to the parents behind a structural key. */
    Arrangement arrangement(Table table, ColumnDefinition column) {
        return isFirst(table, column) ? Arrangement.BY_PARENT : scattered(table, column);
    }

    private Arrangement scattered(Table table, ColumnDefinition column) {
        return new Permutation(counts.of(table.name()), compiler.key(table.name(), column.name(), "order"));
    }

    /** Whether this is the structural key in whose parents' order the table's rows stand. */
    private boolean isFirst(Table table, ColumnDefinition column) {
        for (ColumnDefinition other : table.columns().values()) {
            if (isStructural(table, other)) {
                return other.name().equals(column.name());
            }
        }
        return false;
    }

    /** Whether a table without a time of its own has its rows for each row of this parent. */
    private boolean dealtOut(Table table, Strategy.ForeignKey key) {
        return key.spread() == Strategy.Spread.UNIFORM
                && key.constrainedBy() == null
                && key.filter() == null
                && key.sampleRate() == 1
                && schema.generation().derived().get(table.name()) instanceof DerivedCount.PerParent perParent
                && perParent.table().equals(key.ref().table())
                && compiler.times().column(table) == null;
    }
}
