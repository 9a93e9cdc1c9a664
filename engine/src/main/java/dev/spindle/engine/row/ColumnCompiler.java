package dev.spindle.engine.row;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy.PatternPart;
import dev.spindle.engine.schema.Strategy;
import java.util.List;
import java.util.Set;

/** Compiles one column of a scope: its strategy, then its null rate, its length and the rules that it keeps. */
final class ColumnCompiler {

    private static final int DEFAULT_DECIMAL_SCALE = 2;
    private static final int DEFAULT_FLOAT_SCALE = 6;
    /** Columns of parent tables up to this many rows are computed at start. */
    private static final long SMALL_TABLE_ROWS = 32_768;

    private final Scope scope;
    private final ColumnDefinition column;

    ColumnCompiler(Scope scope, ColumnDefinition column) {
        this.scope = scope;
        this.column = column;
    }

    Compiled compile() {
        Compiled plain = fit(strategy(column.strategy()));
        if (column.maxLength() > 0 && plain.type() == ColumnType.TEXT) {
            plain = plain.with(new TextSteps.Cut(plain.step(), column.maxLength()));
        }
        if (column.nullRate() > 0 && !isKey()) {
            plain = plain.with(new NumberSteps.SometimesNull(plain.step(), column.nullRate(), key("null")));
        }
        return new RuleCompiler(scope, column).keep(plain);
    }

    /** Keys that are null are so because their parent's row is. */
    private boolean isKey() {
        return column.strategy() instanceof Strategy.ForeignKey || column.strategy() instanceof Strategy.SelfReferencing;
    }

    private long key(String purpose) {
        return scope.key(column.name(), purpose);
    }

    private Compiled strategy(Strategy strategy) {
        Compiled timed = timed(strategy);
        if (timed != null) {
            return timed;
        }
        return switch (strategy) {
            case Strategy.Sequence s -> Compiled.whole(new NumberSteps.Sequence(s.start(), s.step()));
            case Strategy.Uuid s -> Compiled.text(new TextSteps.Uuid(key("value")));
            case Strategy.Faker s -> new TextCompiler(scope, column).faker(s);
            case Strategy.WeightedEnum s -> weighted(s);
            case Strategy.Distribution s -> sampled(scope.compiler().sampler(s.law()), s.round());
            case Strategy.Empirical s -> sampled(scope.compiler().sampler(EmpiricalCurve.of(s)), s.round());
            case Strategy.Temporal s -> temporal(s);
            case Strategy.Pattern s -> Compiled.text(new TextSteps.Pattern(pieces(s.parts())));
            case Strategy.ForeignKey s -> foreignKey(s);
            case Strategy.Lookup s -> parentValue(s.via(), s.source().table(), s.source().column());
            case Strategy.ReferenceData s -> new DataCompiler(scope, column).referenceData(s);
            case Strategy.RecordSample s -> new DataCompiler(scope, column).recordSample(s);
            case Strategy.RecordField s -> new DataCompiler(scope, column).recordField(s);
            case Strategy.SelfReferencing s -> selfReferencing(s);
            case Strategy.SelfReferenceLevel s -> level();
            case Strategy.FirstPerParent s -> firstPerParent(s);
            case Strategy.Formula s -> formula(s);
            case Strategy.LastPerParent s -> context().lastPerParent(s);
            case Strategy.Ordinal s -> context().ordinal(s);
            case Strategy.Sibling s -> context().sibling(s);
            case Strategy.MarkovChain s -> context().markovChain(s);
            case Strategy.TimePart s -> context().timePart(s);
            case Strategy.Elapsed s -> context().elapsed(s);
            case Strategy.Switch s -> context().choice(s);
            case Strategy.Drift s -> context().drift(s);
            case Strategy.AfterPrevious s -> throw context().notTheEventTime();
            case Strategy.Derived s -> derived(s);
            case Strategy.Correlated s -> correlated(s);
            case Strategy.Conditional s -> conditional(s);
            case Strategy.Fixed s -> new DataCompiler(scope, column).fixed(s.value());
            case Strategy.OverChildren s -> overChildren(s);
        };
    }

    private ContextCompiler context() {
        return new ContextCompiler(scope, column, this);
    }

    /** What one of several strategies of the column yields. */
    Compiled branch(Strategy strategy) {
        Compiled made = strategy(strategy);
        return made.step() instanceof DataCompiler.AlwaysNull ? made : fit(made);
    }

    /** What another column yields, as this one's type has it. */
    Compiled fitted(Compiled other) {
        return fit(other);
    }

    /** Fraction digits that the column is to have; {@code natural} where the file leaves it open. */
    int scale(int natural) {
        return switch (column.type()) {
            case INTEGER, BIGINT -> 0;
            case DECIMAL -> column.scale() >= 0 ? column.scale() : natural >= 0 ? natural : DEFAULT_DECIMAL_SCALE;
            default -> column.scale() >= 0 ? column.scale() : natural >= 0 ? natural : DEFAULT_FLOAT_SCALE;
        };
    }

    ColumnType numberType() {
        return switch (column.type()) {
            case DECIMAL -> ColumnType.DECIMAL;
            case FLOAT -> ColumnType.FLOAT;
            default -> ColumnType.INTEGER;
        };
    }

    private Compiled sampled(Sampler sampler, int round) {
        if (column.type() == DataType.BOOLEAN) {
            return new Compiled(new NumberSteps.Sampled(sampler, -1, 0, key("value")), ColumnType.BOOLEAN, 0, null);
        }
        int scale = scale(column.type() == DataType.DECIMAL && round >= 0 && column.scale() < 0 ? round : floatScale(round));
        Step step = scale == 0 && sampler instanceof Sampler.Discrete discrete
                ? new NumberSteps.Counted(discrete.least, discrete.table, key("value"))
                : new NumberSteps.Sampled(sampler, round, scale, key("value"));
        return new Compiled(step, numberType(), scale, null);
    }

    private int floatScale(int round) {
        return column.type() == DataType.FLOAT ? round : -1;
    }

    private Compiled weighted(Strategy.WeightedEnum strategy) {
        List<Strategy.Choice> kept = strategy.choices();
        if (strategy == column.strategy()) {
            for (Comparison comparison : scope.compiler().rules(scope.table()).bounds(column.name())) {
                if (comparison.right() instanceof Operand.Text text) {
                    boolean equal = comparison.operator() == Operator.EQUAL;
                    kept = kept.stream().filter(c -> c.value().equals(text.value()) == equal).toList();
                }
            }
        }
        if (kept.stream().allMatch(choice -> choice.weight() == 0)) {
            throw new ConfigurationException(new Problem(
                    "tables." + scope.table().name() + ".columns." + column.name(), null,
                    "has no value that the business rules allow"));
        }
        double[] weights = kept.stream().mapToDouble(Strategy.Choice::weight).toArray();
        List<String> texts = kept.stream().map(Strategy.Choice::value).toList();
        return new DataCompiler(scope, column).chosen(weights, texts);
    }

    private Compiled temporal(Strategy.Temporal strategy) {
        boolean wholeDays = column.type() == DataType.DATE;
        ScatteredTime scattered = scope.compiler().times().scattered(scope.table(), column);
        Step step = scattered != null
                ? new TimeSteps.Scattered(scattered)
                : new TimeSteps.Drawn(new Calendar(strategy.range(), strategy.season()), wholeDays, key("value"));
        return new Compiled(step, timeType(), 0, null);
    }

    private ColumnType timeType() {
        return column.type() == DataType.DATE ? ColumnType.DATE : ColumnType.TIMESTAMP;
    }

    /** A column that the event time decides: the event time itself, or one that it derives from; else null. */
    private Compiled timed(Strategy strategy) {
        Timing timing = scope.compiler().times().timing(scope.table().name());
        if (timing == null) {
            return null;
        }
        int place = timing.place(column.name());
        boolean isTime = EventTimes.isTime(strategy);
        if (place == 0 && isTime) {
            boolean plain = strategy == column.strategy() && column.nullRate() == 0;
            Step step = plain ? new TimeSteps.Ordered(timing.line()) : new NumberSteps.Copy(scope.timeSlot());
            return new Compiled(step, timeType(), 0, null);
        }
        if (place > 0 && isTime && timing.isBackwards(column.name())) {
            ColumnDefinition later = timing.chain().get(place - 1);
            int slot = place == 1 ? scope.timeSlot() : scope.slot(later.name());
            Strategy.Derived derived = EventTimes.branch(later.strategy()) instanceof Strategy.Derived d ? d : null;
            long start = timing.base() instanceof Strategy.Temporal temporal ? temporal.range().startDay() * Calendar.DAY_MICROS : Long.MIN_VALUE;
            Step step = new TimeSteps.DaysBefore(slot, derived.days(), column.type() == DataType.DATE, start, key("value"));
            return new Compiled(step, timeType(), 0, null);
        }
        return null;
    }

    private TextSteps.Piece[] pieces(List<PatternPart> parts) {
        TextSteps.Piece[] pieces = new TextSteps.Piece[parts.size()];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] =
                    switch (parts.get(i)) {
                        case PatternPart.Literal part -> new TextSteps.Literal(part.text());
                        case PatternPart.RowNumber part -> new TextSteps.RowNumber(part.width());
                        case PatternPart.RandomText part -> TextSteps.Drawn.lettersAndDigits(part.width(), key("value " + i));
                        case PatternPart.Digits part -> TextSteps.Drawn.digits(part.width(), key("value " + i));
                        case PatternPart.Hex part -> TextSteps.Drawn.hex(part.width(), key("value " + i));
                        case PatternPart.CheckDigit part -> new TextSteps.CheckDigit();
                        case PatternPart.ColumnText part ->
                            new TextSteps.ColumnText(scope.slot(part.column()), scope.column(part.column()), part.width());
                    };
        }
        return pieces;
    }

    private Compiled foreignKey(Strategy.ForeignKey strategy) {
        return keyOf(scope.parentRow(column.name()), column.name(), strategy.ref().table(), strategy.ref().column());
    }

    /** The value of a parent's column; cheap when that column is a sequence. */
    private Compiled keyOf(int rowSlot, String via, String table, String parentColumn) {
        ColumnDefinition definition = scope.compiler().schema().tables().get(table).column(parentColumn);
        if (definition.strategy() instanceof Strategy.Sequence sequence) {
            return Compiled.whole(new KeySteps.SequenceKey(rowSlot, sequence.start(), sequence.step()));
        }
        return parentColumn(rowSlot, via, table, parentColumn);
    }

    Compiled parentValue(String via, String table, String parentColumn) {
        return keyOf(scope.parentRow(via), via, table, parentColumn);
    }

    private Compiled parentColumn(int rowSlot, String via, String table, String parentColumn) {
        Scope parent = scope.parent(via, table);
        Compiled read = parent.read(parentColumn);
        int slot = parent.slot(parentColumn);
        if (read.type() == ColumnType.TEXT) {
            return read.with(new KeySteps.ParentText(rowSlot, parent.cursor(), slot));
        }
        return read.with(listed(scope, via, rowSlot, parent, slot));
    }

    /** The step that reads a slot of the parent's row: from a list, when the parents are few. */
    static Step listed(Scope scope, String via, int rowSlot, Scope parent, int slot) {
        Step step = new KeySteps.ParentValue(rowSlot, parent.cursor(), slot);
        long rows = scope.compiler().counts().of(parent.table().name());
        if (rows > SMALL_TABLE_ROWS || scope.isOwnedThrough(via) || !scope.compiler().computesAhead()) {
            return step;
        }
        return new KeySteps.TableValue(rowSlot, wholeColumn(parent.cursor(), slot, (int) rows), step);
    }

    static long[] wholeColumn(RowCursor cursor, int slot, int rows) {
        long[] values = new long[rows];
        for (int row = 0; row < rows; row++) {
            cursor.seek(row);
            values[row] = cursor.values[slot];
        }
        return values;
    }

    private Compiled selfReferencing(Strategy.SelfReferencing strategy) {
        int rowSlot = scope.parentRow(column.name());
        Strategy keys = scope.table().column(strategy.keyColumn()).strategy();
        if (keys instanceof Strategy.Sequence sequence) {
            return Compiled.whole(new KeySteps.SequenceKey(rowSlot, sequence.start(), sequence.step()));
        }
        return parentColumn(rowSlot, column.name(), scope.table().name(), strategy.keyColumn());
    }

    private Compiled level() {
        for (ColumnDefinition other : scope.table().columns().values()) {
            if (other.strategy() instanceof Strategy.SelfReferencing self) {
                long rows = scope.compiler().counts().of(scope.table().name());
                return Compiled.whole(new Hierarchy(self, rows, 0).levelStep());
            }
        }
        throw new IllegalStateException("a level without a hierarchy: the schema has not been checked");
    }

    private Compiled firstPerParent(Strategy.FirstPerParent strategy) {
        ColumnDefinition parent = scope.table().column(strategy.parentColumn());
        Family family = scope.compiler().relations().of(scope.table(), parent);
        Step step = new KeySteps.FirstOfParent(scope.parentRow(parent.name()), family, strategy.first());
        return new Compiled(step, ColumnType.BOOLEAN, 0, null);
    }

    private Compiled formula(Strategy.Formula strategy) {
        Set<String> names = strategy.expression().columns();
        names.forEach(this::number);
        int[] sources = names.stream().mapToInt(scope::slot).toArray();
        int natural = names.stream().mapToInt(n -> scope.read(n).scale()).max().orElse(0);
        int scale = scale(Math.max(natural, DEFAULT_DECIMAL_SCALE));
        Step step = new NumberSteps.Formula(
                strategy.expression(),
                this::node,
                sources,
                scale);
        return new Compiled(step, numberType(), scale, null);
    }

    NumberSteps.Node node(String name) {
        int scale = scope.read(name).scale();
        return scale == 0
                ? new NumberSteps.WholeColumnNode(scope.slot(name))
                : new NumberSteps.ColumnNode(scope.slot(name), Scaled.power(scale));
    }

    private Compiled derived(Strategy.Derived strategy) {
        boolean wholeDays = column.type() == DataType.DATE;
        Compiled source;
        int slot;
        if (strategy.table() == null) {
            slot = scope.slot(strategy.column());
            source = scope.read(strategy.column()).with(new NumberSteps.Copy(slot));
        } else {
            source = parentValue(strategy.via(), strategy.table(), strategy.column());
            slot = strategy.days() == null ? -1 : scope.hidden(source.step());
        }
        if (strategy.days() == null) {
            return source;
        }
        Step step = new TimeSteps.DaysAfter(slot, scope.compiler().sampler(strategy.days()), wholeDays, key("value"));
        return new Compiled(step, wholeDays ? ColumnType.DATE : ColumnType.TIMESTAMP, 0, null);
    }

    /** A column that can be computed with. */
    Compiled number(String name) {
        Compiled source = scope.read(name);
        if (!source.isNumber() && source.type() != ColumnType.BOOLEAN) {
            throw new ConfigurationException(new Problem(
                    "tables." + scope.table().name() + ".columns." + column.name(), name, "has values that are no numbers"));
        }
        return source;
    }

    private Compiled correlated(Strategy.Correlated strategy) {
        Compiled source = number(strategy.source());
        int scale = scale(Math.max(source.scale(), DEFAULT_DECIMAL_SCALE));
        Step step = new NumberSteps.Correlated(scope.slot(strategy.source()), source.scale(), strategy, scale, key("value"));
        return new Compiled(step, numberType(), scale, null);
    }

    private Compiled conditional(Strategy.Conditional strategy) {
        String tested = strategy.condition().column();
        Conditions.Test test = Conditions.compile(strategy.condition(), scope.read(tested));
        int slot = scope.slot(tested);
        Compiled whenTrue = branch(strategy.whenTrue());
        Compiled whenFalse = branch(strategy.whenFalse());
        Compiled common = Conversions.common(whenTrue, whenFalse);
        Step step = new NumberSteps.Conditional(
                slot,
                test.wanted(),
                test.equal(),
                test.nullTest(),
                Conversions.to(common, whenTrue),
                Conversions.to(common, whenFalse));
        return common.with(step);
    }

    private Compiled overChildren(Strategy.OverChildren strategy) {
        Table child = scope.compiler().schema().tables().get(strategy.childTable());
        ColumnDefinition key = Relations.foreignKey(child, scope.table().name());
        Family family = scope.compiler().relations().of(child, key);
        Scope rows = new Scope(scope.compiler(), child, scope, key.name());
        int slot = 0;
        int childScale = 0;
        ColumnType type = null;
        if (strategy.aggregate() != Strategy.Aggregate.COUNT) {
            slot = rows.slot(strategy.childColumn());
            childScale = rows.read(strategy.childColumn()).scale();
            if (rows.read(strategy.childColumn()).dictionary() != null || rows.read(strategy.childColumn()).type() == ColumnType.TEXT) {
                throw new ConfigurationException(new Problem(
                        "tables." + scope.table().name() + ".columns." + column.name(), strategy.childColumn(),
                        "has values that are no numbers"));
            }
            type = rows.read(strategy.childColumn()).type();
        }
        int scale = strategy.aggregate() == Strategy.Aggregate.AVERAGE ? scale(childScale) : childScale;
        Step step = new KeySteps.OverChildren(family, rows.cursor(), slot, strategy.aggregate(), childScale, scale);
        boolean time = type == ColumnType.DATE || type == ColumnType.TIMESTAMP;
        return new Compiled(step, time ? type : scale == 0 ? ColumnType.INTEGER : ColumnType.DECIMAL, scale, null);
    }

    /** What a strategy yields, as the column's type has it. */
    private Compiled fit(Compiled made) {
        return switch (column.type()) {
            case INTEGER, BIGINT, DECIMAL, FLOAT -> {
                if (!made.isNumber()) {
                    yield made;
                }
                int scale = scale(made.scale());
                Step step = made.scale() == scale
                        ? made.step()
                        : new NumberSteps.Rescaled(made.step(), made.scale(), scale);
                yield new Compiled(step, numberType(), scale, null);
            }
            case DATE ->
                made.type() == ColumnType.TIMESTAMP
                        ? new Compiled(new TimeSteps.DayOf(made.step()), ColumnType.DATE, 0, null)
                        : made;
            case DATETIME, TIMESTAMP ->
                made.type() == ColumnType.DATE ? new Compiled(made.step(), ColumnType.TIMESTAMP, 0, null) : made;
            case STRING, UUID -> made.isNumber() || made.type() == ColumnType.BOOLEAN ? asText(made) : made;
            case BOOLEAN -> made;
        };
    }

    /** A number in a text column. */
    private Compiled asText(Compiled made) {
        int slot = scope.hidden(made.step());
        Column number = new Column(column.name(), made.type(), made.scale(), null, false);
        return Compiled.text(
                new TextSteps.Pattern(new TextSteps.Piece[] {new TextSteps.ColumnText(slot, number, 0)}));
    }

    /** The value that stands for null. */
    static Step nothing() {
        return new NumberSteps.Constant(Event.NULL);
    }
}
