package dev.spindle.engine.row;

import dev.spindle.engine.schema.Isolation;
import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.Rule;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who gives way so that a table's rules hold. Of the two sides of a comparison it is a column that is drawn for the row
 * and that the other side does not hang on; where neither side is, the choice of the parent, among those with which the
 * comparison holds. What gives way reads the other side, so that what reads what stays free of circles.
 */
final class RulePlan {

    private static final RulePlan NONE = new RulePlan();

    private final Table table;
    private final String timeColumn;
    private final Map<String, List<Comparison>> bounds = new HashMap<>();
    private final Map<String, List<Comparison>> choices = new HashMap<>();
    private final Map<String, List<Comparison>> wishes = new HashMap<>();
    private final List<Comparison> times = new ArrayList<>();
    private final Map<String, Set<String>> reads = new HashMap<>();
    private final List<Rule> unkept = new ArrayList<>();

    private RulePlan() {
        this.table = null;
        this.timeColumn = null;
    }

    /** The plan for the rules of {@code rules} that are about {@code table}. */
    static RulePlan of(Table table, List<Rule> rules, List<ColumnDefinition> timeChain) {
        List<Rule> own = rules.stream().filter(r -> r.table().equals(table.name())).toList();
        return own.isEmpty() ? NONE : new RulePlan(table, own, timeChain);
    }

    private RulePlan(Table table, List<Rule> rules, List<ColumnDefinition> timeChain) {
        this.table = table;
        this.timeColumn = timeChain.isEmpty() ? null : timeChain.getFirst().name();
        Set<String> chain = new HashSet<>(timeChain.stream().map(ColumnDefinition::name).toList());
        for (ColumnDefinition column : table.columns().values()) {
            Set<String> sources = new LinkedHashSet<>(Sources.of(table, column));
            if (chain.contains(column.name())) {
                sources.removeAll(chain);
                for (ColumnDefinition before : timeChain.subList(0, timeChain.indexOf(column))) {
                    sources.add(before.name());
                }
                sources.removeIf(s -> table.column(s) != null && table.column(s).strategy() instanceof Strategy.ForeignKey);
            } else if (column.strategy() instanceof Strategy.ForeignKey && timeColumn != null) {
                sources.addAll(chain);
            }
            reads.put(column.name(), sources);
        }
        for (Rule rule : rules) {
            for (Comparison comparison : rule.comparisons()) {
                if (!assign(comparison, chain)) {
                    unkept.add(rule);
                }
            }
        }
    }

    private boolean assign(Comparison comparison, Set<String> chain) {
        if (isText(comparison.left()) || isText(comparison.right())) {
            return text(isText(comparison.left()) ? comparison.mirrored() : comparison);
        }
        if (comparison.left() instanceof Operand.Computed || comparison.right() instanceof Operand.Computed) {
            return computed(comparison, chain);
        }
        Comparison mirrored = comparison.mirrored();
        if (comparison.left() instanceof Operand.Own left && comparison.right() instanceof Operand.Own right) {
            int leftWill = willingness(left.column(), chain);
            int rightWill = willingness(right.column(), chain);
            boolean leftReads = hangsOn(left.column(), right.column(), new HashSet<>());
            boolean rightReads = hangsOn(right.column(), left.column(), new HashSet<>());
            boolean leftGives = leftWill > 0 && !rightReads && (leftReads || leftWill >= rightWill);
            if (leftGives) {
                return bind(left.column(), comparison, right.column());
            }
            if (rightWill > 0 && !leftReads) {
                return bind(right.column(), mirrored, left.column());
            }
            if (leftWill > 0 && !rightReads) {
                return bind(left.column(), comparison, right.column());
            }
            return choose(comparison) || choose(mirrored);
        }
        return oneSided(comparison, chain) || oneSided(mirrored, chain);
    }

    /** A comparison whose left side is a column of the row and whose right side is a number or a parent's. */
    private boolean oneSided(Comparison comparison, Set<String> chain) {
        if (!(comparison.left() instanceof Operand.Own own) || table.column(own.column()) == null) {
            return false;
        }
        if (comparison.right() instanceof Operand.OfParent of) {
            boolean keyReads = hangsOn(of.via(), own.column(), new HashSet<>());
            if (willingness(own.column(), chain) > 0 && !keyReads) {
                if (comparison.operator() != Operator.DIFFERENT) {
                    wish(own.column(), comparison, of);
                }
                return bind(own.column(), comparison, of.via());
            }
            return choose(comparison);
        }
        if (willingness(own.column(), chain) > 0) {
            return bind(own.column(), comparison, null);
        }
        return chain.contains(own.column()) || choose(comparison);
    }

    private static boolean isText(Operand operand) {
        return operand instanceof Operand.Text;
    }

    /** A comparison with a text: a listed column leaves out the values that break it, a parent is chosen by its own. */
    private boolean text(Comparison comparison) {
        Operand.OfParent of = parents(comparison.left());
        if (of != null) {
            return choose(new Comparison(comparison.right(), comparison.operator(), of));
        }
        return comparison.left() instanceof Operand.Own own
                && table.column(own.column()) != null
                && table.column(own.column()).strategy() instanceof Strategy.WeightedEnum
                && bind(own.column(), comparison, null);
    }

    /**
     * A comparison of expressions: of its columns the one gives way that does so best, the one that stands alone first,
     * of those that the others do not hang on and that the comparison can be solved for.
     */
    private boolean computed(Comparison comparison, Set<String> chain) {
        Comparator<String> best = Comparator.comparingInt(column -> -willingness(column, chain));
        Comparator<String> alone = Comparator.comparing(column -> !isOwn(comparison.left(), column) && !isOwn(comparison.right(), column));
        for (String column : Isolation.columns(comparison).stream().sorted(best.thenComparing(alone)).toList()) {
            Comparison solved = Isolation.of(comparison, column).orElse(null);
            if (solved != null && willingness(column, chain) > 0) {
                Operand.Computed limit = (Operand.Computed) solved.right();
                Set<String> read = new LinkedHashSet<>(limit.value().columns());
                if (read.removeIf(name -> name.contains("."))) {
                    read.add(limit.via());
                }
                if (read.stream().noneMatch(name -> hangsOn(name, column, new HashSet<>()))) {
                    read.forEach(name -> bind(column, null, name));
                    return bind(column, solved, null);
                }
            }
        }
        return false;
    }

    private static boolean isOwn(Operand operand, String column) {
        return operand instanceof Operand.Own own && own.column().equals(column);
    }

    private boolean bind(String column, Comparison comparison, String read) {
        if (comparison != null) {
            bounds.computeIfAbsent(column, c -> new ArrayList<>()).add(comparison);
        }
        if (read != null) {
            reads.get(column).add(read);
        }
        return true;
    }

    /** A column with a range of its own is best served by a parent whose value leaves room in that range. */
    private void wish(String column, Comparison comparison, Operand.OfParent of) {
        if (!(table.column(of.via()) instanceof ColumnDefinition key && key.strategy() instanceof Strategy.ForeignKey)
                || !(table.column(column).strategy() instanceof Strategy.Distribution d)) {
            return;
        }
        boolean below = comparison.operator() == Operator.LESS || comparison.operator() == Operator.LESS_OR_EQUAL;
        double end = below ? Law.least(d.law()) : Law.most(d.law());
        if (Double.isFinite(end)) {
            wishes.computeIfAbsent(of.via(), v -> new ArrayList<>())
                    .add(new Comparison(new Operand.Number(end), comparison.operator(), of));
        }
    }

    /** Leaves a comparison to the choice of the parent that one of its sides comes from. */
    private boolean choose(Comparison comparison) {
        Operand.OfParent of = parents(comparison.right());
        Comparison seen = comparison;
        if (of == null) {
            of = parents(comparison.left());
            seen = comparison.mirrored();
        }
        if (of == null
                || !(table.column(of.via()) instanceof ColumnDefinition key && key.strategy() instanceof Strategy.ForeignKey)
                || parents(seen.left()) != null) {
            return false;
        }
        if (seen.left() instanceof Operand.Own own) {
            if (hangsOn(own.column(), of.via(), new HashSet<>())) {
                return false;
            }
            reads.get(of.via()).add(own.column());
        }
        Comparison choice = new Comparison(seen.left(), seen.operator(), of);
        choices.computeIfAbsent(of.via(), v -> new ArrayList<>()).add(choice);
        if (seen.left() instanceof Operand.Own own && own.column().equals(timeColumn)) {
            times.add(choice);
        }
        return true;
    }

    /** An operand as a parent's column, when it is one or a copy of one; else null. */
    private Operand.OfParent parents(Operand operand) {
        return switch (operand) {
            case Operand.OfParent of -> of;
            case Operand.Own own when table.column(own.column()) != null
                    && table.column(own.column()).strategy() instanceof Strategy.Lookup lookup ->
                new Operand.OfParent(lookup.source().table(), lookup.source().column(), lookup.via());
            default -> null;
        };
    }

    private boolean hangsOn(String column, String target, Set<String> seen) {
        if (column == null || column.equals(target)) {
            return column != null;
        }
        if (!seen.add(column) || !reads.containsKey(column)) {
            return false;
        }
        return reads.get(column).stream().anyMatch(s -> hangsOn(s, target, seen));
    }

    /** How well a column can give way: 0 for not at all. Keys, event times, sums and copies are decided elsewhere. */
    private int willingness(String name, Set<String> chain) {
        ColumnDefinition column = table.column(name);
        if (column == null || chain.contains(name)) {
            return 0;
        }
        return switch (column.strategy()) {
            case Strategy.Distribution s -> 3;
            case Strategy.Empirical s -> 3;
            case Strategy.Correlated s -> 3;
            case Strategy.Temporal s -> 3;
            case Strategy.Derived s -> s.days() == null && s.table() != null ? 0 : 3;
            case Strategy.Conditional s -> 2;
            case Strategy.WeightedEnum s when column.type().isNumeric() -> 2;
            case Strategy.Formula s -> 1;
            default -> 0;
        };
    }

    /** Comparisons that a column keeps, itself on the left. */
    List<Comparison> bounds(String column) {
        return bounds.getOrDefault(column, List.of());
    }

    boolean givesWay(String column) {
        return bounds.containsKey(column);
    }

    /** Comparisons that the parent behind a key is chosen for, the parent's column on the right. */
    List<Comparison> choices(String key) {
        return choices.getOrDefault(key, List.of());
    }

    /** Comparisons that the parent behind a key is chosen for as long as there are such parents. */
    List<Comparison> wishes(String key) {
        return wishes.getOrDefault(key, List.of());
    }

    /** Comparisons of the event time, on the left, with a parent's time. */
    List<Comparison> timesOfParents(String column) {
        return column.equals(timeColumn) ? times : List.of();
    }

    /** Rules that nothing can give way for. */
    List<Rule> unkept() {
        return unkept;
    }
}
