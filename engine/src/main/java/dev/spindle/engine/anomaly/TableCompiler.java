package dev.spindle.engine.anomaly;

import dev.spindle.engine.anomaly.Draft.Kind;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles the definitions that apply to one table; they have been checked. */
final class TableCompiler {

    private final AnomalyTable table;
    private final List<Draft> drafts;
    private final List<String> types;
    private final long seed;
    private final boolean live;
    private final List<Problem> problems;
    private final StreamSample sample;
    private final List<Column> columns;

    /**
     * @param drafts those that apply to the table, in the order of the file
     * @param types all labels of the run; the last one is that of {@code --anomaly-fraction}
     */
    TableCompiler(
            AnomalyTable table,
            List<Draft> drafts,
            List<String> types,
            long seed,
            boolean live,
            List<Problem> problems) {
        this.table = table;
        this.drafts = drafts;
        this.types = types;
        this.seed = seed;
        this.live = live;
        this.problems = problems;
        this.sample = new StreamSample(table);
        this.columns = withReplacements();
    }

    /** The table's columns, with the replacement texts in their dictionaries. */
    List<Column> columns() {
        return columns;
    }

    AnomalyPlan plan(double autoFraction) {
        List<GroupColumn> groups = groups();
        List<RowRule> rules = new ArrayList<>();
        List<Draft> ruled = new ArrayList<>();
        for (Draft draft : drafts) {
            if (draft.kind != Kind.COLLECTIVE) {
                rules.add(draft.kind == Kind.POINT ? point(draft) : contextual(draft));
                ruled.add(draft);
            }
        }
        RowRule auto = auto(autoFraction);
        double[] reach = reach(groups, rules);
        List<AnomalyPlan.Member> members = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            double share = AnomalyPlan.share(ruled.get(i).fraction, reach[i]);
            members.add(new AnomalyPlan.Member(rules.get(i), type(ruled.get(i).label()), share));
        }
        return new AnomalyPlan(
                groups,
                members,
                auto == null ? null : new AnomalyPlan.Member(auto, types.size(), 0),
                reach[rules.size()],
                Draw.key(seed, "anomaly", table.name()));
    }

    private int type(String label) {
        return types.indexOf(label) + 1;
    }

    private long key(String label) {
        return Draw.key(seed, "anomaly", table.name(), label);
    }

    private List<Column> withReplacements() {
        List<Column> replaced = new ArrayList<>(table.columns());
        for (Draft draft : drafts) {
            if (draft.kind == Kind.CONTEXTUAL) {
                int index = ColumnCheck.index(table, draft.column);
                Column column = replaced.get(index);
                if (column.type() == ColumnType.DICTIONARY) {
                    List<String> texts =
                            draft.anomalousValues.stream().map(String::valueOf).toList();
                    replaced.set(
                            index,
                            new Column(
                                    column.name(),
                                    column.type(),
                                    column.scale(),
                                    column.dictionary().with(texts),
                                    column.key()));
                }
            }
        }
        return List.copyOf(replaced);
    }

    private RowRule point(Draft draft) {
        int index = ColumnCheck.index(table, draft.column);
        double mean = sample.meanMagnitude(index);
        if (mean == 0) {
            problems.add(new Problem(
                    draft.path + ".column",
                    draft.column,
                    "has a mean of 0 in " + table.name() + ", so that no multiple of it is an anomaly"));
        }
        return new PointRule(index, mean, draft.multiplierLow, draft.multiplierHigh, key(draft.label()));
    }

    private RowRule contextual(Draft draft) {
        int index = ColumnCheck.index(table, draft.column);
        int conditionIndex = ColumnCheck.index(table, draft.conditionColumn);
        return new ContextualRule(
                index,
                RowCondition.of(conditionIndex, columns.get(conditionIndex), draft.normalValues),
                Replacement.of(index, columns.get(index), draft.anomalousValues),
                key(draft.label()));
    }

    /** The anomaly of {@code --anomaly-fraction}, or null where no column would do. */
    private RowRule auto(double fraction) {
        int index = autoColumn(table);
        double mean = index < 0 ? 0 : sample.meanMagnitude(index);
        if (mean > 0) {
            return new PointRule(index, mean, PointAnomaly.LOW, PointAnomaly.HIGH, key(types.getLast()));
        }
        if (index >= 0 && fraction > 0) {
            problems.add(new Problem(
                    "--anomaly-fraction",
                    Draft.number(fraction),
                    columns.get(index).name() + " has a mean of 0 in " + table.name()
                            + ", so that no multiple of it is an anomaly"));
        }
        return null;
    }

    /** The first decimal or float column that is no key, else the first such integer column, else -1. */
    static int autoColumn(AnomalyTable table) {
        int integer = -1;
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            if (!column.key()) {
                if (column.type() == ColumnType.DECIMAL || column.type() == ColumnType.FLOAT) {
                    return i;
                }
                if (column.type() == ColumnType.INTEGER && integer < 0) {
                    integer = i;
                }
            }
        }
        return integer;
    }

    private List<GroupColumn> groups() {
        Map<String, List<GroupColumn.Member>> byColumn = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            if (draft.kind == Kind.COLLECTIVE) {
                int index = ColumnCheck.index(table, draft.timestampColumn);
                GroupRule rule = new GroupRule(
                        index,
                        columns.get(index).type() == ColumnType.DATE,
                        Period.of(draft, table, live),
                        Period.micros(draft.window),
                        key(draft.label()));
                byColumn.computeIfAbsent(draft.groupColumn, column -> new ArrayList<>())
                        .add(new GroupColumn.Member(rule, type(draft.label()), draft.fraction));
            }
        }
        List<GroupColumn> groups = new ArrayList<>();
        byColumn.forEach((name, members) -> {
            int index = ColumnCheck.index(table, name);
            groups.add(new GroupColumn(
                    index, GroupHash.of(columns.get(index)), key("groups of " + name), members));
        });
        return groups;
    }

    /**
     * Of the rows eligible for each rule, and last of all rows, the part that belongs to no group's anomaly. It is
     * counted in the sample, for a stream with few large groups may have far more or less of it than the fractions of
     * groups say.
     */
    private double[] reach(List<GroupColumn> groups, List<RowRule> rules) {
        long[] eligible = new long[rules.size() + 1];
        long[] reachable = new long[rules.size() + 1];
        boolean[] isEligible = new boolean[rules.size()];
        if (!groups.isEmpty()) {
            AnomalyPlan groupsOnly = new AnomalyPlan(groups, List.of(), null, 1, 0);
            Change change = new Change();
            sample.forEach(row -> {
                for (int i = 0; i < isEligible.length; i++) {
                    isEligible[i] = rules.get(i).isEligible(row);
                }
                int reached = groupsOnly.applyGroups(row, change) == 0 ? 1 : 0;
                for (int i = 0; i < isEligible.length; i++) {
                    eligible[i] += isEligible[i] ? 1 : 0;
                    reachable[i] += isEligible[i] ? reached : 0;
                }
                eligible[isEligible.length]++;
                reachable[isEligible.length] += reached;
            });
        }
        double[] reach = new double[rules.size() + 1];
        for (int i = 0; i < reach.length; i++) {
            int counted = eligible[i] > 0 ? i : rules.size();
            reach[i] = eligible[counted] == 0 ? 1 : (double) reachable[counted] / eligible[counted];
        }
        return reach;
    }
}
