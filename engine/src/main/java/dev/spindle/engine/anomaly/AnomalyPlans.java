package dev.spindle.engine.anomaly;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.column.Column;
import java.util.ArrayList;
import java.util.List;

/** The anomaly definitions of a run, compiled against its tables. Immutable, shared by all lanes. */
public final class AnomalyPlans {

    private static final String AUTO = "point:auto";

    private final List<String> types;
    private final List<List<Column>> columns;
    private final AnomalyPlan[] plans;
    private final double mostAutoFraction;

    private AnomalyPlans(
            List<String> types, List<List<Column>> columns, AnomalyPlan[] plans, double mostAutoFraction) {
        this.types = types;
        this.columns = columns;
        this.plans = plans;
        this.mostAutoFraction = mostAutoFraction;
    }

    /**
     * Compiles definitions against the tables of a run. A definition applies to every table that has all its columns, with
     * values that it can have to do with.
     *
     * @param autoFraction the fraction that {@code --anomaly-fraction} starts with; it may change while the run goes on
     * @param liveEventTime whether event times are intended send times; then collective windows repeat daily by default
     * @throws ConfigurationException with all problems, those of the registry included
     */
    public static AnomalyPlans compile(
            AnomalyRegistry registry, List<AnomalyTable> tables, long seed, double autoFraction, boolean liveEventTime) {
        List<Problem> problems = new ArrayList<>(registry.problems());
        ColumnCheck columnCheck = new ColumnCheck(tables, liveEventTime, problems);
        registry.drafts().forEach(columnCheck::check);
        checkAuto(tables, autoFraction, problems);
        double mostInOneRow = checkFractions(registry, columnCheck, tables, autoFraction, problems);
        refuseIfAny(problems);

        List<String> types = new ArrayList<>(
                registry.drafts().stream().map(Draft::label).toList());
        types.add(AUTO);
        List<List<Column>> columns = new ArrayList<>();
        AnomalyPlan[] plans = new AnomalyPlan[tables.size()];
        for (int i = 0; i < plans.length; i++) {
            TableCompiler compiler = new TableCompiler(
                    tables.get(i), applying(registry, columnCheck, tables.get(i)), types, seed, liveEventTime, problems);
            columns.add(compiler.columns());
            // of several tables one in which nothing can be multiplied does without
            plans[i] = compiler.plan(plans.length == 1 ? autoFraction : 0);
        }
        refuseIfAny(problems);
        AnomalyPlans compiled =
                new AnomalyPlans(List.copyOf(types), List.copyOf(columns), plans, Math.max(0, 1 - mostInOneRow));
        compiled.checkAuto(autoFraction, problems);
        refuseIfAny(problems);
        return compiled;
    }

    private static void checkAuto(List<AnomalyTable> tables, double fraction, List<Problem> problems) {
        String given = Draft.number(fraction);
        if (!(fraction >= 0 && fraction <= 1)) {
            problems.add(new Problem("--anomaly-fraction", given, "is out of range", "0 to 1"));
        } else if (fraction > 0 && tables.stream().allMatch(table -> TableCompiler.autoColumn(table) < 0)) {
            problems.add(new Problem(
                    "--anomaly-fraction",
                    given,
                    String.join(", ", tables.stream().map(AnomalyTable::name).toList())
                            + " has no decimal, float or integer column that is no key"));
        }
    }

    /** Gives the largest sum of fractions in one row of any table. */
    private static double checkFractions(
            AnomalyRegistry registry,
            ColumnCheck columnCheck,
            List<AnomalyTable> tables,
            double autoFraction,
            List<Problem> problems) {
        boolean areFractions = autoFraction >= 0
                && autoFraction <= 1
                && registry.drafts().stream().allMatch(draft -> draft.fraction >= 0 && draft.fraction <= 1);
        double most = 0;
        for (AnomalyTable table : areFractions ? tables : List.<AnomalyTable>of()) {
            FractionCheck check = new FractionCheck(table, applying(registry, columnCheck, table));
            check.check(autoFraction, problems);
            most = Math.max(most, check.mostInOneRow());
        }
        return most;
    }

    private static List<Draft> applying(AnomalyRegistry registry, ColumnCheck columnCheck, AnomalyTable table) {
        return registry.drafts().stream()
                .filter(draft -> columnCheck.applies(draft, table))
                .toList();
    }

    private static void refuseIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** What {@code Event.anomaly - 1} stands for: {@code point:NAME} and the like, the last one {@code point:auto}. */
    public List<String> types() {
        return types;
    }

    /** Whether {@code fraction} is an {@code --anomaly-fraction} that these plans can meet. */
    public void checkAuto(double fraction, List<Problem> problems) {
        if (fraction > 0 && !hasAuto()) {
            problems.add(new Problem("--anomaly-fraction", Draft.number(fraction), "has no column that it could change"));
        } else if (fraction > mostAutoFraction + FractionCheck.ROUNDING) {
            problems.add(new Problem(
                    "--anomaly-fraction",
                    Draft.number(fraction),
                    "leaves too little to the other anomalies",
                    "at most " + Draft.number(mostAutoFraction)));
        }
    }

    /** The columns of table {@code index}, with the replacement texts in their dictionaries: what stamp encodes. */
    public List<Column> columns(int index) {
        return columns.get(index);
    }

    /** Whether {@code --anomaly-fraction} has a column to change in at least one of the tables. */
    public boolean hasAuto() {
        for (AnomalyPlan plan : plans) {
            if (plan.hasAuto()) {
                return true;
            }
        }
        return false;
    }

    /** The largest {@code --anomaly-fraction} beside which all definitions still get theirs. */
    public double mostAutoFraction() {
        return mostAutoFraction;
    }

    int tables() {
        return plans.length;
    }

    AnomalyPlan plan(int index) {
        return plans[index];
    }
}
