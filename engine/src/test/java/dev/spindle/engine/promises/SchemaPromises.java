package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.util.List;

/**
 * Holds every table of a schema, streamed to its end, against what the schema says of it. Knows nothing of how rows are
 * computed: keys are joined by their values, laws are judged by their distribution functions.
 */
final class SchemaPromises {

    private final Streamed streamed;
    private final Broken broken = new Broken();
    private final TablePromises tables;
    private final NullPromises nulls;
    private final LawPromises laws;
    private final TimePromises times;
    private final TextPromises texts;
    private final KeyPromises keys;
    private final DataPromises data;
    private final ComputedPromises computed;
    private final RulePromises rules;

    SchemaPromises(Schema schema, String scale, long seed) {
        this.streamed = Streamed.of(schema, scale, seed);
        this.tables = new TablePromises(streamed, broken);
        this.nulls = new NullPromises(streamed, broken);
        this.laws = new LawPromises(broken);
        this.times = new TimePromises(streamed, broken);
        this.texts = new TextPromises(broken);
        this.keys = new KeyPromises(streamed, broken);
        this.data = new DataPromises(streamed, broken, laws, texts);
        this.computed = new ComputedPromises(streamed, broken);
        this.rules = new RulePromises(streamed, broken);
    }

    /** What does not hold, a line each; empty when all is well. */
    List<String> broken() {
        for (TableRows table : streamed.tables().values()) {
            tables.check(table);
            for (ColumnDefinition column : table.table().columns().values()) {
                Checked all = new Checked(table, column, table.rows(), rules.mayBend(table, column));
                nulls.check(all);
                conforms(all, column.strategy());
            }
        }
        streamed.schema().rules().forEach(rules::check);
        return broken.lines();
    }

    private void conforms(Checked checked, Strategy strategy) {
        switch (strategy) {
            case Strategy.Sequence s -> sequence(checked, s);
            case Strategy.Uuid s -> texts.uuid(checked);
            case Strategy.Faker s -> texts.faker(checked, s);
            case Strategy.WeightedEnum s -> laws.weightedEnum(checked, s);
            case Strategy.Distribution s -> laws.distribution(checked, s);
            case Strategy.Empirical s -> laws.empirical(checked, s);
            case Strategy.Temporal s -> times.temporal(checked, s);
            case Strategy.Pattern s -> texts.pattern(checked, s);
            case Strategy.ForeignKey s -> keys.foreignKey(checked, s);
            case Strategy.Lookup s -> keys.lookup(checked, s.via(), s.source().table(), s.source().column());
            case Strategy.ReferenceData s -> data.referenceData(checked, s);
            case Strategy.RecordSample s -> data.recordSample(checked, s);
            case Strategy.RecordField s -> data.recordField(checked, s);
            case Strategy.SelfReferencing s -> keys.hierarchy(checked, s);
            case Strategy.SelfReferenceLevel s -> {} // held with the hierarchy
            case Strategy.FirstPerParent s -> keys.firstPerParent(checked, s);
            case Strategy.Formula s -> computed.formula(checked, s);
            case Strategy.Derived s when s.days() == null && s.table() != null ->
                keys.lookup(checked, s.via(), s.table(), s.column());
            case Strategy.Derived s -> times.derived(checked, s);
            case Strategy.Correlated s -> computed.correlated(checked, s);
            case Strategy.Conditional s -> conditional(checked, s);
            case Strategy.Fixed s -> data.fixed(checked, s);
            case Strategy.OverChildren s -> computed.overChildren(checked, s);
        }
    }

    private void sequence(Checked checked, Strategy.Sequence sequence) {
        for (int i = 0; i < checked.rows().size() && checked.wholeTable(); i++) {
            broken.same(
                    checked.name() + " sequence",
                    checked.value(checked.rows().get(i)),
                    BigDecimal.valueOf(sequence.start() + sequence.step() * i));
        }
    }

    private void conditional(Checked checked, Strategy.Conditional conditional) {
        conforms(checked.in(meeting(checked, conditional.condition(), true)), conditional.whenTrue());
        conforms(checked.in(meeting(checked, conditional.condition(), false)), conditional.whenFalse());
    }

    private static List<Object[]> meeting(Checked checked, Strategy.Condition condition, boolean wanted) {
        return checked.rows().stream()
                .filter(row -> Streamed.condition(checked.table(), row, condition) == wanted)
                .toList();
    }
}
