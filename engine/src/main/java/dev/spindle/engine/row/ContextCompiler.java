package dev.spindle.engine.row;

import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.Location;
import dev.spindle.engine.schema.NumberRange;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import dev.spindle.engine.schema.Strategy.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** Compiles the strategies by which a value hangs on other values, on time, or on the other rows of its parent. */
final class ContextCompiler {

    /** Numbers that lie no further apart are told apart by a table. */
    private static final long WIDEST_TABLE = 4_096;

    private static final Strategy NOTHING = new Strategy.Fixed(new JsonNull(Location.NONE));

    private final Scope scope;
    private final ColumnDefinition column;
    private final ColumnCompiler columns;

    ContextCompiler(Scope scope, ColumnDefinition column, ColumnCompiler columns) {
        this.scope = scope;
        this.column = column;
        this.columns = columns;
    }

    private ConfigurationException problem(String where, String value, String reason, String allowed) {
        return new ConfigurationException(new Problem(
                "tables." + scope.table().name() + ".columns." + column.name() + ".generator" + where, value, reason, allowed));
    }

    ConfigurationException notTheEventTime() {
        return problem(".rule", "after_previous", "is for the table's event time only, the first of its times that rows can be"
                + " put in order of; and the parent's rows must be in the order of theirs", null);
    }

    Compiled choice(Strategy.Switch s) {
        int slot;
        Compiled on;
        if (s.table() == null) {
            on = scope.read(s.column());
            slot = scope.slot(s.column());
        } else {
            on = columns.parentValue(s.via(), s.table(), s.column());
            slot = scope.hidden(on.step());
        }
        List<Compiled> branches = new ArrayList<>();
        s.cases().forEach(c -> branches.add(columns.branch(c.strategy())));
        branches.add(s.otherwise() == null ? columns.branch(NOTHING) : columns.branch(s.otherwise()));
        Compiled common = branches.getLast();
        for (Compiled branch : branches) {
            boolean finer = common.isNumber() && branch.isNumber() && branch.scale() > common.scale();
            common = finer ? branch : Conversions.common(common, branch);
        }
        Compiled type = common;
        Step[] steps = branches.stream().map(b -> Conversions.to(type, b)).toArray(Step[]::new);
        ContextSteps.Which which =
                switch (on.type()) {
                    case DICTIONARY -> listed(s, on.dictionary());
                    case BOOLEAN -> truths(s);
                    case INTEGER, DECIMAL, FLOAT -> numbers(s, on.scale());
                    default ->
                        throw problem(".on", s.column(), "has values that are not listed, so that no case can name them",
                                "a column of numbers, true and false, or texts of an enumeration or a data set");
                };
        return common.with(new ContextSteps.Switch(slot, which, steps));
    }

    private ContextSteps.Which listed(Strategy.Switch s, Dictionary texts) {
        int[] cases = new int[texts.size()];
        Arrays.fill(cases, -1);
        for (int i = 0; i < s.cases().size(); i++) {
            for (String value : s.cases().get(i).values()) {
                int index = texts.indexOf(value);
                if (index < 0) {
                    List<String> known = new ArrayList<>();
                    for (int t = 0; t < texts.size(); t++) {
                        known.add(texts.text(t));
                    }
                    throw problem(path(s, i), value, "is no value of " + s.column(), Suggestion.among(value, known));
                }
                cases[index] = claimed(s, cases[index], i, value);
            }
        }
        return covered(s, 0, cases, i -> texts.text(i));
    }

    private ContextSteps.Which truths(Strategy.Switch s) {
        int[] cases = {-1, -1};
        for (int i = 0; i < s.cases().size(); i++) {
            for (String value : s.cases().get(i).values()) {
                int index = value.equalsIgnoreCase("true") ? 1 : 0;
                cases[index] = claimed(s, cases[index], i, value);
            }
        }
        return covered(s, 0, cases, i -> i == 1 ? "true" : "false");
    }

    private int claimed(Strategy.Switch s, int before, int now, String value) {
        if (before >= 0) {
            throw problem(path(s, now), value, "stands in another case too: " + String.join("|", s.cases().get(before).values()), null);
        }
        return now;
    }

    /** Values without a case go to the default, which there must be then. */
    private ContextSteps.Which covered(Strategy.Switch s, long least, int[] cases, IntFunction<String> text) {
        for (int i = 0; i < cases.length; i++) {
            if (cases[i] < 0) {
                if (s.otherwise() == null) {
                    throw problem(".default", null, "is missing, and no case names " + text.apply(i), "a generator");
                }
                cases[i] = s.cases().size();
            }
        }
        return new ContextSteps.ByTable(least, cases, s.cases().size());
    }

    private ContextSteps.Which numbers(Strategy.Switch s, int scale) {
        if (s.otherwise() == null) {
            throw problem(".default", null, "is missing: a switch on numbers has one", "a generator");
        }
        List<long[]> ranges = new ArrayList<>();
        for (int i = 0; i < s.cases().size(); i++) {
            for (String value : s.cases().get(i).values()) {
                NumberRange range = NumberRange.parse(value).orElseThrow();
                long least = range.least() == null ? Long.MIN_VALUE + 1 : Scaled.of(range.least(), scale);
                long most = range.most() == null ? Long.MAX_VALUE : Scaled.of(range.most(), scale);
                for (long[] other : ranges) {
                    if (least <= other[1] && most >= other[0]) {
                        claimed(s, (int) other[2], i, value);
                    }
                }
                ranges.add(new long[] {least, most, i});
            }
        }
        long least = ranges.stream().mapToLong(r -> r[0]).min().orElse(0);
        long most = ranges.stream().mapToLong(r -> r[1]).max().orElse(0);
        if (most - least < 0 || most - least > WIDEST_TABLE) {
            return new ContextSteps.ByRange(ranges.toArray(long[][]::new), s.cases().size());
        }
        int[] cases = new int[(int) (most - least) + 1];
        Arrays.fill(cases, s.cases().size());
        for (long[] range : ranges) {
            Arrays.fill(cases, (int) (range[0] - least), (int) (range[1] - least) + 1, (int) range[2]);
        }
        return new ContextSteps.ByTable(least, cases, s.cases().size());
    }

    private static String path(Strategy.Switch s, int i) {
        return ".cases." + String.join("|", s.cases().get(i).values());
    }

    Compiled drift(Strategy.Drift s) {
        Set<Integer> sources = new LinkedHashSet<>();
        int scale = columns.scale(s.round());
        DriftStep step = new DriftStep(
                entity(s.entityColumn()),
                time(s.timeColumn()),
                node(s.base(), sources),
                node(s.entitySigma(), sources),
                node(s.dailyAmplitude(), sources),
                node(s.peakHour(), sources),
                node(s.weekendFactor(), sources),
                node(s.yearlyAmplitude(), sources),
                node(s.peakDay(), sources),
                node(s.wander(), sources),
                s.wanderDays() * Calendar.DAY_MICROS,
                node(s.noise(), sources),
                node(s.min(), sources),
                node(s.max(), sources),
                sources.stream().mapToInt(i -> i).toArray(),
                s.round() < 0 || s.round() >= scale ? 0 : Scaled.power(s.round()),
                Scaled.power(scale),
                scope.key(column.name(), "value"));
        return new Compiled(step, columns.numberType(), scale, null);
    }

    private NumberSteps.Node node(Quantity quantity, Set<Integer> sources) {
        return switch (quantity) {
            case Quantity.Constant constant -> new NumberSteps.ConstantNode(constant.value());
            case Quantity.OfColumn of -> {
                columns.number(of.column());
                sources.add(scope.slot(of.column()));
                yield columns.node(of.column());
            }
        };
    }

    /** The slot that tells an entity from others: a value that stands for itself, or the row that a key points to. */
    private int entity(String name) {
        Strategy strategy = scope.table().column(name).strategy();
        if (strategy instanceof Strategy.ForeignKey || strategy instanceof Strategy.SelfReferencing) {
            return scope.parentRow(name);
        }
        if (scope.read(name).type() == ColumnType.TEXT) {
            throw problem(".entity_column", name, "has values that are not listed", "a key, a number or a text of an enumeration");
        }
        return scope.slot(name);
    }

    private int time(String name) {
        ColumnType type = scope.read(name).type();
        if (type != ColumnType.DATE && type != ColumnType.TIMESTAMP) {
            throw problem("", name, "is no time", null);
        }
        return scope.slot(name);
    }

    Compiled timePart(Strategy.TimePart s) {
        int slot = time(s.source());
        Step step =
                switch (s.part()) {
                    case HOUR_OF_DAY -> new ContextSteps.HourOfDay(slot);
                    case DAY_OF_WEEK -> new ContextSteps.DayOfWeek(slot);
                    case DAY_OF_MONTH, MONTH -> new ContextSteps.CalendarPart(slot, s.part() == Strategy.Part.MONTH);
                };
        return Compiled.whole(step);
    }

    Compiled elapsed(Strategy.Elapsed s) {
        return Compiled.whole(new ContextSteps.Elapsed(time(s.source()), time(s.since()), s.unitMicros()));
    }

    private Family family(String parentColumn) {
        return scope.compiler().relations().of(scope.table(), scope.table().column(parentColumn));
    }

    Compiled lastPerParent(Strategy.LastPerParent s) {
        Step step = new ContextSteps.LastOfParent(
                scope.parentRow(s.parentColumn()), family(s.parentColumn()), s.last() ? 1 : 0);
        return new Compiled(step, ColumnType.BOOLEAN, 0, null);
    }

    Compiled ordinal(Strategy.Ordinal s) {
        return Compiled.whole(new ContextSteps.Ordinal(scope.parentRow(s.parentColumn()), family(s.parentColumn())));
    }

    Compiled sibling(Strategy.Sibling s) {
        Family family = family(s.parentColumn());
        int parent = scope.parentRow(s.parentColumn());
        Scope other = scope.sibling();
        Compiled read = columns.fitted(other.read(s.column()));
        int slot = other.slot(s.column());
        Compiled otherwise = columns.branch(s.otherwise());
        Step value = read.type() == ColumnType.TEXT
                ? new ContextSteps.OtherText(other.cursor(), slot)
                : new ContextSteps.OtherValue(other.cursor(), slot);
        Compiled found = read.with(value);
        Compiled common = Conversions.common(found, otherwise);
        return common.with(new ContextSteps.Sibling(
                parent, family, s.offset(), other.cursor(), Conversions.to(common, found), Conversions.to(common, otherwise)));
    }

    Compiled markovChain(Strategy.MarkovChain s) {
        List<String> states = s.transitions().keySet().stream().toList();
        AliasTable start = table(s.start(), states);
        AliasTable[] next = s.transitions().values().stream().map(c -> table(c, states)).toArray(AliasTable[]::new);
        Step step = new ContextSteps.MarkovChain(
                scope.parentRow(s.parentColumn()), family(s.parentColumn()), start, next, scope.key(column.name(), "value"));
        return Compiled.indexes(step, new Dictionary(states));
    }

    private static AliasTable table(List<Strategy.Choice> choices, List<String> states) {
        double[] weights = new double[states.size()];
        choices.forEach(c -> weights[states.indexOf(c.value())] += c.weight());
        return new AliasTable(weights);
    }
}
