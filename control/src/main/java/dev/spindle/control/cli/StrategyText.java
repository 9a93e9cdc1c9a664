package dev.spindle.control.cli;

import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.Strategy;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A column's strategy in a few words. */
final class StrategyText {

    private static final int MOST_CHOICES = 8;

    private StrategyText() {}

    static String of(Strategy strategy) {
        return switch (strategy) {
            case Strategy.Sequence s -> "sequence from " + s.start() + (s.step() == 1 ? "" : " by " + s.step());
            case Strategy.Uuid u -> "uuid";
            case Strategy.Faker f -> "faker " + f.provider();
            case Strategy.WeightedEnum e -> choices(e.choices());
            case Strategy.Distribution d -> law(d.law()) + (d.round() < 0 ? "" : ", rounded to " + d.round() + " digits");
            case Strategy.Empirical e -> "empirical, " + e.quantiles().size() + " quantiles"
                    + (e.logarithmic() ? ", logarithmic" : "");
            case Strategy.Temporal t -> temporal(t);
            case Strategy.Pattern p -> "pattern " + p.parts().stream().map(StrategyText::part).collect(Collectors.joining());
            case Strategy.ForeignKey k -> foreignKey(k);
            case Strategy.Lookup l -> "lookup " + l.source() + " via " + l.via();
            case Strategy.ReferenceData r -> "reference data " + dataSet(r.dataSet(), r.field())
                    + (r.weightField() == null ? "" : " by " + r.weightField());
            case Strategy.RecordSample r -> "record sample " + dataSet(r.dataSet(), r.field()) + (r.unique() ? ", unique" : "");
            case Strategy.RecordField r -> "record field " + dataSet(r.dataSet(), r.field());
            case Strategy.SelfReferencing s -> "self-referencing " + s.keyColumn() + ", " + s.rootCount() + " roots, " + s.levels()
                    + " levels";
            case Strategy.SelfReferenceLevel l -> "level in the hierarchy";
            case Strategy.FirstPerParent f -> f.first() + " for the first row per " + f.parentColumn();
            case Strategy.Formula f -> "formula of other columns";
            case Strategy.LastPerParent l -> l.last() + " for the last row per " + l.parentColumn();
            case Strategy.Ordinal o -> "1, 2 … within each " + o.parentColumn();
            case Strategy.Sibling s -> s.column() + " of the row " + Math.abs(s.offset()) + (s.offset() < 0 ? " before" : " after")
                    + " within its " + s.parentColumn();
            case Strategy.MarkovChain m -> "markov chain within each " + m.parentColumn() + " over "
                    + String.join(", ", m.transitions().keySet());
            case Strategy.AfterPrevious a -> "from " + a.table() + "." + a.column() + " on, then " + delay(a.gapDays())
                    + " after the row before";
            case Strategy.TimePart t -> t.part().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " of " + t.source();
            case Strategy.Elapsed e -> "time from " + e.since() + " to " + e.source();
            case Strategy.Switch s -> "by " + (s.table() == null ? "" : s.table() + ".") + s.column() + ": "
                    + s.cases().stream().limit(MOST_CHOICES).map(c -> String.join("|", c.values())).collect(Collectors.joining(", "))
                    + (s.cases().size() > MOST_CHOICES ? " and " + (s.cases().size() - MOST_CHOICES) + " more" : "")
                    + (s.otherwise() == null ? "" : ", or default");
            case Strategy.Drift d -> "drift of each " + d.entityColumn() + " with " + d.timeColumn() + " about " + quantity(d.base());
            case Strategy.Derived d -> (d.days() == null ? "copy of " : delay(d.days()) + " after ")
                    + (d.table() == null ? "" : d.table() + ".") + d.column();
            case Strategy.Correlated c -> c.source() + " " + operation(c.operation()) + " " + range(c.min(), c.max());
            case Strategy.Conditional c -> "if " + condition(c.condition()) + ": " + of(c.whenTrue()) + ", else: " + of(c.whenFalse());
            case Strategy.Fixed f -> "always " + f.value().brief();
            case Strategy.OverChildren o -> o.aggregate().name().toLowerCase(Locale.ROOT) + " of " + o.childTable() + "."
                    + o.childColumn();
        };
    }

    private static String choices(List<Strategy.Choice> choices) {
        String shown = choices.stream()
                .limit(MOST_CHOICES)
                .map(c -> c.value() + " " + Figures.plain(c.weight()))
                .collect(Collectors.joining(", "));
        return "one of " + shown + (choices.size() > MOST_CHOICES ? " and " + (choices.size() - MOST_CHOICES) + " more" : "");
    }

    private static String law(Law law) {
        return switch (law) {
            case Law.Uniform u -> "uniform " + range(u.min(), u.max());
            case Law.Normal n -> "normal(" + Figures.plain(n.mean()) + ", " + Figures.plain(n.sigma()) + ")" + within(n.min(), n.max());
            case Law.LogNormal n ->
                "log-normal(" + Figures.plain(n.mean()) + ", " + Figures.plain(n.sigma()) + ")" + within(n.min(), n.max());
            case Law.Pareto p -> "pareto(" + Figures.plain(p.alpha()) + ")" + within(p.min(), p.max());
            case Law.Zipf z -> "zipf(" + Figures.plain(z.alpha()) + ")";
            case Law.Geometric g -> "geometric(" + Figures.plain(g.p()) + ")" + within(g.min(), g.max());
            case Law.Poisson p -> "poisson(" + Figures.plain(p.lambda()) + ")" + within(p.min(), p.max());
            case Law.Bernoulli b -> "1 with probability " + Figures.plain(b.probability()) + ", else 0";
            case Law.Constant c -> Figures.plain(c.value());
            case Law.Times t -> law(t.law()) + " times " + Figures.plain(t.factor());
        };
    }

    /** A law of days, in the unit that the file states it in. */
    private static String delay(Law days) {
        if (!(days instanceof Law.Times times)) {
            return law(days) + " days";
        }
        double perDay = 1 / times.factor();
        String unit = perDay < 25 ? " hours" : perDay < 1_441 ? " minutes" : perDay < 86_401 ? " seconds" : " milliseconds";
        return law(times.law()) + unit;
    }

    private static String quantity(Strategy.Quantity quantity) {
        return switch (quantity) {
            case Strategy.Quantity.Constant c -> Figures.plain(c.value());
            case Strategy.Quantity.OfColumn c -> c.column();
        };
    }

    private static String within(double min, double max) {
        return Double.isInfinite(min) && Double.isInfinite(max) ? "" : " in " + range(min, max);
    }

    private static String range(double min, double max) {
        return (Double.isInfinite(min) ? "" : Figures.plain(min)) + ".." + (Double.isInfinite(max) ? "" : Figures.plain(max));
    }

    private static String temporal(Strategy.Temporal t) {
        String shape = t.season().equals(Strategy.Season.NONE) ? "uniform" : "seasonal";
        return shape + " dates from " + LocalDate.ofEpochDay(t.range().startDay()) + " to "
                + LocalDate.ofEpochDay(t.range().endDay() - 1);
    }

    private static String part(Strategy.PatternPart part) {
        return switch (part) {
            case Strategy.PatternPart.Literal l -> l.text();
            case Strategy.PatternPart.RowNumber n -> "{seq:" + n.width() + "}";
            case Strategy.PatternPart.RandomText r -> "{random:" + r.width() + "}";
            case Strategy.PatternPart.Digits d -> "{digit:" + d.width() + "}";
            case Strategy.PatternPart.Hex h -> "{hex:" + h.width() + "}";
            case Strategy.PatternPart.CheckDigit d -> "{luhn}";
            case Strategy.PatternPart.ColumnText c -> "{" + c.column() + (c.width() == 0 ? "" : ":" + c.width()) + "}";
        };
    }

    private static String foreignKey(Strategy.ForeignKey key) {
        String spread =
                switch (key.spread()) {
                    case UNIFORM -> "";
                    case ZIPF -> ", zipf(" + Figures.plain(key.alpha()) + ")";
                    case PARETO -> ", pareto(" + Figures.plain(key.alpha()) + ")";
                };
        return "key of " + key.ref() + spread
                + (key.constrainedBy() == null ? "" : ", of the same " + key.constrainedBy())
                + (key.sampleRate() == 1 ? "" : ", " + Figures.plain(100 * key.sampleRate()) + " % of them")
                + (key.filter() == null ? "" : ", where " + condition(key.filter()));
    }

    private static String dataSet(String dataSet, String field) {
        return field == null ? dataSet : dataSet + "." + field;
    }

    private static String operation(Strategy.Operation operation) {
        return switch (operation) {
            case MULTIPLY -> "times";
            case ADD -> "plus";
            case SUBTRACT -> "minus";
        };
    }

    private static String condition(Strategy.Condition condition) {
        return condition.column()
                + switch (condition.test()) {
                    case IS_NULL -> " is null";
                    case IS_NOT_NULL -> " is not null";
                    case EQUALS -> " is " + condition.value();
                    case DIFFERS -> " is not " + condition.value();
                };
    }
}
