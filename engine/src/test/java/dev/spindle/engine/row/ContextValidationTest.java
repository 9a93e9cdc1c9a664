package dev.spindle.engine.row;

import static dev.spindle.engine.testing.SchemaChecks.assertError;
import static dev.spindle.engine.testing.SchemaChecks.check;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with columns that hang on others, on time, or on their parent's other rows, is said with its place. */
class ContextValidationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\u0001', value = {
        "{'type':'string','generator':{'strategy':'swich','on':'kind','cases':{}}} ~ strategy ~ did you mean switch",
        "{'type':'string','generator':{'strategy':'switch','cases':{'a':{'fixed':1}},'default':{'fixed':2}}} ~ on ~ is missing",
        "{'type':'string','generator':{'strategy':'switch','on':'kin','cases':{'a':{'fixed':1}},'default':{'fixed':2}}} ~ on ~ did you mean kind",
        "{'type':'string','generator':{'strategy':'switch','on':'kind'}} ~ cases ~ is missing or empty",
        "{'type':'string','generator':{'strategy':'switch','on':'kind','cases':{}}} ~ cases ~ is missing or empty",
        "{'type':'string','generator':{'strategy':'switch','on':'kind','cases':{'red':{'fixed':1}},'default':{'fixed':2}}} ~ cases.red ~ is no value of kind",
        "{'type':'string','generator':{'strategy':'switch','on':'kind','cases':{'grene':{'fixed':1}},'default':{'fixed':2}}} ~ cases.grene ~ did you mean green",
        "{'type':'string','generator':{'strategy':'switch','on':'kind','cases':{'blue':{'fixed':1}}}} ~ default ~ no case names green",
        "{'type':'string','generator':{'strategy':'switch','on':'kind','cases':{'blue':{'fixed':1},'green|blue':{'fixed':2}}}} ~ cases.green ~ stands in another case too",
        "{'type':'string','generator':{'strategy':'switch','on':'kind','cases':{'blue':{'strategy':'fakr'}},'default':{'fixed':2}}} ~ cases.blue.strategy ~ did you mean faker",
        "{'type':'integer','generator':{'strategy':'switch','on':'kind','cases':{'blue':{'fixed':'x'}},'default':{'fixed':2}}} ~ cases.blue.fixed ~ does not fit",
        "{'type':'string','generator':{'strategy':'switch','on':'n','cases':{'a':{'fixed':1}},'default':{'fixed':2}}} ~ cases.a ~ is no value of n (a number, or a range",
        "{'type':'string','generator':{'strategy':'switch','on':'n','cases':{'9..3':{'fixed':1}},'default':{'fixed':2}}} ~ cases.9..3 ~ is no value of n",
        "{'type':'string','generator':{'strategy':'switch','on':'n','cases':{'1..5':{'fixed':1}}}} ~ default ~ is missing",
        "{'type':'string','generator':{'strategy':'switch','on':'n','cases':{'1..5':{'fixed':1},'5..':{'fixed':3}},'default':{'fixed':2}}} ~ cases.5.. ~ stands in another case too: 1..5",
        "{'type':'string','generator':{'strategy':'switch','on':'at','cases':{'1':{'fixed':1}},'default':{'fixed':2}}} ~ cases.1 ~ is no value of at",
        "{'type':'string','generator':{'strategy':'switch','on':'u','cases':{'1':{'fixed':1}},'default':{'fixed':2}}} ~ on ~ are not listed",
        "{'type':'string','generator':{'strategy':'switch','on':'parent.colour','cases':{'a':{'fixed':1}},'default':{'fixed':2}}} ~ via ~ is missing",
        "{'type':'string','generator':{'strategy':'switch','on':'parent.colur','via':'parent_id','cases':{'a':{'fixed':1}},'default':{'fixed':2}}} ~ on ~ did you mean colour",
        "{'type':'string','generator':{'strategy':'switch','on':'x1','cases':{'a':{'fixed':1}},'default':{'fixed':2}}} ~ x1 ~ circular dependency",
        "{'type':'float','generator':{'strategy':'drift','entity_column':'parent_id','time_column':'at'}} ~ base ~ is missing",
        "{'type':'float','generator':{'strategy':'drift','base':1,'time_column':'at'}} ~ entity_column ~ is missing",
        "{'type':'float','generator':{'strategy':'drift','base':1,'entity_column':'parnt_id','time_column':'at'}} ~ entity_column ~ did you mean parent_id",
        "{'type':'float','generator':{'strategy':'drift','base':1,'entity_column':'parent_id','time_column':'n'}} ~ time_column ~ is no time",
        "{'type':'float','generator':{'strategy':'drift','base':'kind','entity_column':'parent_id','time_column':'at'}} ~ base ~ is no number",
        "{'type':'float','generator':{'strategy':'drift','base':1,'noise':-2,'entity_column':'parent_id','time_column':'at'}} ~ noise ~ is out of range",
        "{'type':'float','generator':{'strategy':'drift','base':1,'peak_hour':25,'entity_column':'parent_id','time_column':'at'}} ~ peak_hour ~ 0 to 24",
        "{'type':'float','generator':{'strategy':'drift','base':1,'min':5,'max':2,'entity_column':'parent_id','time_column':'at'}} ~ min ~ is above max",
        "{'type':'float','generator':{'strategy':'drift','base':1,'wander_days':0,'entity_column':'parent_id','time_column':'at'}} ~ wander_days ~ is out of range",
        "{'type':'float','generator':{'strategy':'drift','base':1,'entity_column':'u','time_column':'at'}} ~ entity_column ~ are not listed",
        "{'type':'string','generator':{'strategy':'drift','base':1,'entity_column':'parent_id','time_column':'at'}} ~ strategy ~ makes numbers",
        "{'type':'integer','generator':{'strategy':'ordinal','parent_column':'n'}} ~ parent_column ~ is no foreign_key",
        "{'type':'string','generator':{'strategy':'ordinal','parent_column':'parent_id'}} ~ strategy ~ makes numbers",
        "{'type':'boolean','generator':{'strategy':'last_per_parent','parent_column':'parnt_id'}} ~ parent_column ~ did you mean parent_id",
        "{'type':'string','generator':{'strategy':'sibling','parent_column':'parent_id','column':'knd'}} ~ column ~ did you mean kind",
        "{'type':'string','generator':{'strategy':'sibling','parent_column':'parent_id','column':'kind','offset':0}} ~ offset ~ must not be 0",
        "{'type':'string','generator':{'strategy':'sibling','parent_column':'parent_id','column':'x1'}} ~ x1 ~ circular dependency",
        "{'type':'string','generator':{'strategy':'markov_chain','parent_column':'parent_id','start':{'a':1}}} ~ transitions ~ is missing",
        "{'type':'string','generator':{'strategy':'markov_chain','parent_column':'parent_id','start':{'a':1},'transitions':{'b':{'b':1}}}} ~ transitions.a ~ it is led to and must lead on",
        "{'type':'string','generator':{'strategy':'markov_chain','parent_column':'parent_id','start':{'a':1},'transitions':{'a':{'a':-1}}}} ~ transitions.a.a ~ is no weight",
        "{'type':'integer','generator':{'strategy':'markov_chain','parent_column':'parent_id','start':{'1':1},'transitions':{'1':{'1':1}}}} ~ strategy ~ makes texts",
        "{'type':'timestamp','generator':{'strategy':'derived','source':'at','rule':'add_hour','hours':2}} ~ rule ~ did you mean add_hours",
        "{'type':'timestamp','generator':{'strategy':'derived','source':'at','rule':'add_hours','days':2}} ~ hours ~ is missing",
        "{'type':'integer','generator':{'strategy':'derived','source':'n','rule':'hour_of_day'}} ~ source ~ is no time",
        "{'type':'string','generator':{'strategy':'derived','source':'at','rule':'hour_of_day'}} ~ strategy ~ makes numbers",
        "{'type':'integer','generator':{'strategy':'derived','source':'at','rule':'days_since'}} ~ since ~ is missing",
        "{'type':'integer','generator':{'strategy':'derived','source':'at','rule':'days_since','since':'n'}} ~ since ~ is no time",
        "{'type':'integer','generator':{'strategy':'derived','source':'parent.since','via':'parent_id','rule':'month'}} ~ source ~ must be a column of the same table",
        "{'type':'timestamp','generator':{'strategy':'derived','source':'at','rule':'after_previous','seconds':5}} ~ source ~ must be a time of the parent",
        "{'type':'date','generator':{'strategy':'derived','source':'parent.since','via':'parent_id','rule':'after_previous','seconds':5}} ~ strategy ~ makes moments",
        "{'type':'timestamp','generator':{'strategy':'derived','source':'parent.since','via':'parent_id','rule':'after_previous','seconds':-5}} ~ seconds ~ before the one that it follows",
        "{'type':'timestamp','generator':{'strategy':'derived','source':'parent.since','via':'parent_id','rule':'after_previous','unit':'minuts','seconds':5}} ~ unit ~ did you mean minutes",
        "{'type':'timestamp','generator':{'strategy':'derived','source':'parent.since','via':'n','rule':'after_previous','seconds':5}} ~ via ~ is no foreign_key to parent",
        "{'type':'timestamp','generator':{'strategy':'derived','source':'parent.since','via':'parent_id','rule':'after_previous','seconds':5}} ~ rule ~ is for the table's event time only",
        "{'type':'string','generator':{'strategy':'lookup','source_table':'grandparent','source_column':'name','via':'parent_id.grand_id'}} ~ via ~ is no key of grandparent",
        "{'type':'string','hidden':3,'generator':{'fixed':1}} ~ hidden ~ must be true or false"
    })
    void shouldSayWhatIsWrongAndWhere(String column, String where, String what) {
        String text = schema(column.replace('\'', '"'), "{\"per_parent\":\"parent\",\"ratio\":3}");
        assertError(check(text), "tables.child.columns.x1", where, what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"per_parent\":\"parent\",\"ratio\":3,\"distribution\":\"geometrc\"} | distribution | did you mean geometric",
        "{\"per_parent\":\"grandparent\",\"ratio\":3,\"distribution\":\"geometric\"} | distribution | needs a foreign key"
    })
    void shouldSayWhatIsWrongWithNumbersOfChildren(String count, String where, String what) {
        String text = schema("{\"type\":\"string\",\"generator\":{\"fixed\":1}}", count);
        assertError(check(text), "generation.derived_counts.child", where, what);
    }

    @Test
    void shouldAskForAColumnThatIsShown() {
        String text = schema("{\"type\":\"string\",\"generator\":{\"fixed\":1}}", "{\"fixed\":3}")
                .replace("\"name\":{", "\"name\":{\"hidden\":true,")
                .replace("\"gid\":{", "\"gid\":{\"hidden\":true,");
        assertThat(check(text).errors()).anySatisfy(p ->
                assertThat(p.toString()).contains("tables.grandparent.columns", "are all hidden"));
    }

    @Test
    void shouldAcceptTheGoodOnes() {
        assertThat(check(schema(
                                "{\"type\":\"string\",\"generator\":{\"strategy\":\"lookup\",\"source_table\":\"grandparent\","
                                        + "\"source_column\":\"name\",\"via\":\"parent_id.grandparent_id\"}}",
                                "{\"per_parent\":\"parent\",\"ratio\":3,\"distribution\":\"geometric\"}"))
                        .errors())
                .isEmpty();
    }

    private static String schema(String column, String count) {
        return "{\"model\":{\"name\":\"m\"},\"tables\":{\n\"grandparent\":{\"primary_key\":[\"gid\"],\"columns\":{"
                + "\"gid\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},"
                + "\"name\":{\"type\":\"string\",\"generator\":{\"strategy\":\"faker\",\"provider\":\"name\"}}}},\n"
                + "\"parent\":{\"primary_key\":[\"id\"],\"columns\":{"
                + "\"id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},"
                + "\"grandparent_id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"foreign_key\",\"ref\":\"grandparent.gid\"}},"
                + "\"colour\":{\"type\":\"string\",\"generator\":{\"strategy\":\"weighted_enum\",\"values\":{\"a\":1,\"b\":2}}},"
                + "\"since\":{\"type\":\"timestamp\",\"generator\":{\"strategy\":\"temporal\"}}}},\n"
                + "\"child\":{\"primary_key\":[\"cid\"],\"columns\":{"
                + "\"cid\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},"
                + "\"n\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"weighted_enum\",\"values\":{\"1\":1}}},"
                + "\"u\":{\"type\":\"string\",\"generator\":{\"strategy\":\"uuid\"}},"
                + "\"kind\":{\"type\":\"string\",\"generator\":{\"strategy\":\"weighted_enum\",\"values\":{\"blue\":1,\"green\":2}}},"
                + "\"at\":{\"type\":\"timestamp\",\"generator\":{\"strategy\":\"temporal\"}},"
                + "\"parent_id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"foreign_key\",\"ref\":\"parent.id\"}},\n"
                + "\"x1\":" + column + "}}},\n\"generation\":{\"scales\":{\"small\":{\"grandparent\":4,\"parent\":10}},"
                + "\"derived_counts\":{\"child\":" + count + "}}}";
    }
}
