package dev.spindle.engine.promises;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.SchemaReader;
import dev.spindle.engine.schema.Strategy;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rows of one schema do not keep what another one says: what judges them must notice. */
class PromisesNoticeTest {

    private static final String PARENT =
            "\"p\":{\"columns\":{\"id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},"
                    + "\"v\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"distribution\",\"distribution\":\"uniform\",\"min\":1,\"max\":900}}}}";
    private static final String KEYS =
            "\"id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},"
                    + "\"n\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"distribution\",\"distribution\":\"uniform\",\"min\":1,\"max\":9}},"
                    + "\"k\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"foreign_key\",\"ref\":\"p.id\"}},"
                    + "\"other\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"foreign_key\",\"ref\":\"p.id\",\"distribution\":\"zipf\"}}";

    private static Schema schema(String column, String rules) {
        String text = "{\"tables\":{" + PARENT + ",\"t\":{\"columns\":{" + KEYS + ",\"c\":" + column.replace('\'', '"') + "}}},"
                + "\"business_rules\":[" + rules.replace('\'', '"') + "],"
                + "\"generation\":{\"scales\":{\"small\":{\"p\":200,\"t\":4000}}}}";
        return SchemaReader.read(JsonReader.parse(text, "t.json"), DataSets.beside(Path.of("none.json"))).orThrow();
    }

    /** Judges rows by the schema that made them, which they keep, and by another, which they break. */
    private static void notices(String made, String said, BiConsumer<Checked, Broken> judge) {
        Streamed rows = Streamed.of(schema(made, ""), null, 42);
        for (String judged : new String[] {made, said}) {
            ColumnDefinition column = schema(judged, "").tables().get("t").column("c");
            Broken broken = new Broken();
            judge.accept(new Checked(rows.table("t"), column, rows.table("t").rows(), false), broken);
            if (judged.equals(made)) {
                assertThat(broken.lines()).as(judged).isEmpty();
            } else {
                assertThat(broken.lines()).as("%s judged as %s", made, said).isNotEmpty();
            }
        }
    }

    @Test
    void shouldNoticeOtherWeights() {
        notices("{'type':'string','generator':{'strategy':'weighted_enum','values':{'a':5,'b':4,'c':1}}}",
                "{'type':'string','generator':{'strategy':'weighted_enum','values':{'a':4,'b':5,'c':1}}}",
                (c, b) -> new LawPromises(b).weightedEnum(c, (Strategy.WeightedEnum) c.column().strategy()));
    }

    @Test
    void shouldNoticeAnotherLaw() {
        String law = "{'type':'decimal','scale':2,'generator':{'strategy':'distribution','distribution':'normal','mean':10,'sigma':2%s}}";
        BiConsumer<Checked, Broken> judge =
                (c, b) -> new LawPromises(b).distribution(c, (Strategy.Distribution) c.column().strategy());
        notices(law.formatted(""), law.formatted("").replace("'mean':10", "'mean':10.5"), judge);
        notices(law.formatted(""), law.formatted(",'max':12"), judge);
        notices(law.formatted(""), law.formatted(",'round':1"), judge);
    }

    @Test
    void shouldNoticeOtherQuantiles() {
        String curve = "{'type':'decimal','scale':2,'generator':{'strategy':'empirical','quantiles':{'p10':1,'p50':%s,'p90':100}}}";
        notices(curve.formatted("10"), curve.formatted("20"),
                (c, b) -> new LawPromises(b).empirical(c, (Strategy.Empirical) c.column().strategy()));
    }

    @Test
    void shouldNoticeAnotherSeason() {
        String season = "{'type':'date','generator':{'strategy':'temporal','pattern':'seasonal','day_of_week_weights':[%s,1,1,1,1,1,0]}}";
        notices(season.formatted("1"), season.formatted("2"), timeJudge());
        notices(season.formatted("1"), "{'type':'date','generator':{'strategy':'temporal','start':'2022-01-01','end':'2023-12-31'}}", timeJudge());
    }

    private static BiConsumer<Checked, Broken> timeJudge() {
        return (c, b) -> new TimePromises(null, b).temporal(c, (Strategy.Temporal) c.column().strategy());
    }

    @Test
    void shouldNoticeAnotherPattern() {
        String text = "{'type':'string','generator':{'strategy':'pattern','format':'%s'}}";
        BiConsumer<Checked, Broken> judge = (c, b) -> new TextPromises(b).pattern(c, (Strategy.Pattern) c.column().strategy());
        notices(text.formatted("A{seq:5}-{n:2}"), text.formatted("A{seq:6}-{n:2}"), judge);
        notices(text.formatted("A{seq:5}-{n:2}"), text.formatted("A{seq:5}-{k:2}"), judge);
        notices(text.formatted("{random:4}"), text.formatted("{random:5}"), judge);
    }

    @Test
    void shouldNoticeNullsThatAreTooManyOrTooFew() {
        String column = "{'type':'integer','null_rate':%s,'generator':{'strategy':'distribution','distribution':'poisson'}}";
        BiConsumer<Checked, Broken> judge = (c, b) -> new NullPromises(null, b).check(c);
        notices(column.formatted("0.2"), column.formatted("0.3"), judge);
        notices(column.formatted("0.2"), column.formatted("0"), judge);
    }

    @Test
    void shouldNoticeAWrongParentsValueAndAWrongSum() {
        String lookup = "{'type':'integer','generator':{'strategy':'lookup','source_table':'p','source_column':'v','via':'%s'}}";
        Streamed rows = Streamed.of(schema(lookup.formatted("k"), ""), null, 42);
        notices(lookup.formatted("k"), lookup.formatted("other"), (c, b) -> {
            Strategy.Lookup s = (Strategy.Lookup) c.column().strategy();
            new KeyPromises(rows, b).lookup(c, s.via(), s.source().table(), s.source().column());
        });
        String formula = "{'type':'float','generator':{'strategy':'formula','expression':'%s'}}";
        notices(formula.formatted("n * 2 + id"), formula.formatted("n * 2 + id + 1"),
                (c, b) -> new ComputedPromises(rows, b).formula(c, (Strategy.Formula) c.column().strategy()));
    }

    @Test
    void shouldNoticeABrokenRule() {
        String column = "{'type':'decimal','scale':1,'generator':{'strategy':'distribution','distribution':'uniform','min':0,'max':20}}";
        Streamed rows = Streamed.of(schema(column, ""), null, 42);
        for (String rule : new String[] {"c < 19.9", "c != n", "c * 2 <= 5 * n + 30", "t.c + 1 <= p.v * 2"}) {
            String text = "{'name':'r','type':'cross_table','via':'k','table':'t','rule':'" + rule + "'}";
            Consumer<Broken> judge = broken -> schema(column, text).rules().forEach(new RulePromises(rows, broken)::check);
            Broken broken = new Broken();
            judge.accept(broken);
            assertThat(broken.lines()).as(rule).isNotEmpty();
            assertThat(new SchemaPromises(schema(column, text), null, 42).broken()).as("%s, when it is kept", rule).isEmpty();
        }
    }
}
