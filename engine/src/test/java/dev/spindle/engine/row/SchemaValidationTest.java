package dev.spindle.engine.row;

import static dev.spindle.engine.testing.SchemaChecks.assertError;
import static dev.spindle.engine.testing.SchemaChecks.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.error.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaValidationTest {

    /** Each line is a column of a table that has {@code id}, {@code n} (a number), {@code t} (a text) and {@code parent_id}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "{'type':'string','generator':{'strategy':'wieghted_enum'}} | strategy | did you mean weighted_enum",
        "{'type':'strng','generator':{'fixed':1}} | type | did you mean string",
        "{'type':'string','generator':{'strategy':'faker','provider':'emial'}} | provider | did you mean email",
        "{'type':'integer','generator':{'strategy':'foreign_key','ref':'parnt.id'}} | ref | did you mean parent",
        "{'type':'integer','generator':{'strategy':'foreign_key','ref':'parent'}} | ref | is no table.column",
        "{'type':'integer','generator':{'strategy':'foreign_key','ref':'parent.id','distribution':'parteo'}} | distribution | did you mean pareto",
        "{'type':'string','generator':{'strategy':'lookup','source_table':'parent','source_column':'nam','via':'parent_id'}} | source_column | did you mean name",
        "{'type':'string','generator':{'strategy':'lookup','source_table':'parent','source_column':'name','via':'n'}} | via | is no key of parent",
        "{'type':'string','generator':{'strategy':'weighted_enum','values':{'a':-1,'b':2}}} | values.a | is no weight",
        "{'type':'string','generator':{'strategy':'weighted_enum','values':{'a':0}}} | values | has no weight above 0",
        "{'type':'integer','generator':{'strategy':'weighted_enum','values':{'a':1}}} | values | are no numbers",
        "{'type':'float','generator':{'strategy':'distribution','distribution':'uniform','min':5,'max':1}} | min | is above max",
        "{'type':'float','generator':{'strategy':'distribution','distribution':'normal','sigma':-1}} | sigma | is out of range",
        "{'type':'date','generator':{'strategy':'temporal','start':'2024-05-01','end':'2024-01-01'}} | end | is before start",
        "{'type':'date','generator':{'strategy':'temporal','start':'2024-02-30'}} | start | is no date",
        "{'type':'string','generator':{'strategy':'temporal'}} | strategy | makes times",
        "{'type':'float','generator':{'strategy':'formula','expression':'n + x'}} | expression | is no column of child",
        "{'type':'float','generator':{'strategy':'formula','expression':'n + t'}} | expression | is no number",
        "{'type':'float','generator':{'strategy':'formula','expression':'n + ('}} | expression | numbers, columns",
        "{'type':'float','generator':{'strategy':'formula','expression':'x1 * 2'}} | x1 | circular dependency",
        "{'type':'float','generator':{'strategy':'correlated','source_column':'t'}} | source_column | is no number",
        "{'type':'date','generator':{'strategy':'derived','source':'n','rule':'add_days','days':1}} | source | days can be added",
        "{'type':'integer','generator':{'fixed':'red'}} | fixed | does not fit",
        "{'type':'string','generator':{'strategy':'reference_data','dataset':'nowhere'}} | dataset | is no data set",
        "{'type':'string','generator':{'strategy':'reference_data','dataset':'places','field':'twon'}} | field | is no field",
        "{'type':'string','generator':{'strategy':'record_field','dataset':'places','field':'town'}} | dataset | is drawn by no record_sample",
        "{'type':'boolean','generator':{'strategy':'first_per_parent','parent_column':'n'}} | parent_column | is no foreign_key",
        "{'type':'integer','generator':{'strategy':'self_ref_field','field':'level'}} | strategy | needs a self_referencing",
        "{'type':'float','generator':{'strategy':'computed','rule':'sum_children','child_table':'parent','child_column':'id'}} | child_table | has no foreign key",
        "{'type':'string','generator':{'strategy':'conditional','condition':'n LIKE 5','true_generator':{'fixed':1},'false_generator':{'fixed':2}}} | condition | is no condition",
        "{'type':'string','null_rate':1.5,'generator':{'fixed':1}} | null_rate | is out of range",
        "{'type':'float','generator':{'strategy':'empirical','quantiles':{'p10':5,'p90':1}}} | quantiles | fall from one to the next",
        "{'type':'string','generator':{'strategy':'pattern','format':'{nn}-{seq:x}'}} | format | is no number"
    })
    void shouldSayWhatIsWrongAndWhere(String column, String where, String what) {
        assertError(check(schema(column.replace('\'', '"'), "")), "tables.child.columns.x1", where, what);
    }

    @Test
    void shouldFindEveryProblemInOneRun() {
        String broken = "{\"type\":\"integer\",\"generator\":{\"strategy\":\"nothing\"}}";
        SchemaValidation.Report report = check(schema(
                broken, ",\"x2\":" + broken + ",\"x3\":{\"type\":\"x\",\"generator\":{\"strategy\":\"foreign_key\",\"ref\":\"a.b\"}}"));
        assertThat(report.errors().stream().map(Problem::path)).contains(
                "tables.child.columns.x1.generator.strategy",
                "tables.child.columns.x2.generator.strategy",
                "tables.child.columns.x3.type",
                "tables.child.columns.x3.generator.ref");
    }

    @Test
    void shouldFindACircleThroughOtherTables() {
        String text = schema("{\"type\":\"decimal\",\"scale\":2,\"generator\":{\"strategy\":\"lookup\",\"source_table\":\"parent\","
                + "\"source_column\":\"sum\",\"via\":\"parent_id\"}}", "")
                .replace("\"name\":{", "\"sum\":{\"type\":\"decimal\",\"scale\":2,\"generator\":{\"strategy\":\"computed\","
                        + "\"rule\":\"sum_children\",\"child_table\":\"child\",\"child_column\":\"x1\"}},\"name\":{");
        assertThat(check(text).errors()).anySatisfy(p ->
                assertThat(p.reason()).contains("circular dependency", "parent.sum", "child.x1"));
    }

    @Test
    void shouldWarnOfUnknownKeysAndRulesThatNothingKeeps() {
        String text = schema("{\"type\":\"string\",\"generatr\":1,\"generator\":{\"fixed\":\"a\"}}", "")
                .replace("\"generation\"", "\"business_rules\":[{\"name\":\"r\",\"type\":\"cross_column\",\"table\":\"child\","
                        + "\"rule\":\"id > parent_id\"}],\"generation\"");
        List<String> warnings = check(text).warnings().stream().map(Problem::toString).toList();
        assertThat(warnings).anyMatch(w -> w.contains("generatr") && w.contains("did you mean generator"));
        assertThat(warnings).anyMatch(w -> w.contains("business_rules.r") && w.contains("may not hold"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "n < 5 OR n > 7 | more than two things",
        "n | there is none of",
        "n * < 5 | ends too early",
        "n * m < 5 | is no column of child",
        "n + t < 5 | is no number",
        "n < 2 * parent.id | needs the foreign key",
        "t < 'x' | asks for an order of texts",
        "n != 'x' | compares a number with a text",
        "t == t | compares two columns of text",
        "n == t | compares a number with a text"
    })
    void shouldRefuseRulesThatNothingCanBeMadeOf(String rule, String what) {
        assertError(check(withRule(rule)), "business_rules", "", what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "id * 2 > parent_id + 1", "x1 * x1 < 5", "5 / x1 < 2", "id != id + 1", "t == 'x'"
    })
    void shouldWarnOfRulesOfExpressionsThatNothingCanGiveWayFor(String rule) {
        SchemaValidation.Report report = check(withRule(rule));
        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).anyMatch(w -> w.path().equals("business_rules.r") && w.reason().contains("may not hold"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {"x1 * 2 > parent_id + 1", "(x1 + id) / n >= 3", "n < x1 - 1", "3 <= x1"})
    void shouldSayNothingOfRulesThatRowsKeep(String rule) {
        SchemaValidation.Report report = check(withRule(rule));
        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).isEmpty();
    }

    private static String withRule(String rule) {
        return schema("{\"type\":\"float\",\"generator\":{\"strategy\":\"distribution\",\"distribution\":\"normal\"}}", "")
                .replace("\"generation\"", "\"business_rules\":[{\"name\":\"r\",\"type\":\"constraint\",\"table\":\"child\","
                        + "\"rule\":\"" + rule + "\"}],\"generation\"");
    }

    /** 200 tables of 25 columns each, every table the child of the one before. The bound is generous: a slow, shared machine. */
    @Test
    void shouldCheckFiveThousandColumnsSoon() {
        StringBuilder text = new StringBuilder("{\"model\":{\"name\":\"big\"},\"tables\":{");
        for (int t = 0; t < 200; t++) {
            text.append(t == 0 ? "" : ",").append("\"t").append(t).append("\":{\"primary_key\":[\"id\"],\"columns\":{")
                    .append("\"id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},")
                    .append("\"at\":{\"type\":\"timestamp\",\"generator\":{\"strategy\":\"temporal\"}}");
            if (t > 0) {
                text.append(",\"p\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"foreign_key\",\"ref\":\"t").append(t - 1)
                        .append(".id\"}},\"c3\":{\"type\":\"float\",\"generator\":{\"strategy\":\"lookup\",\"source_table\":\"t")
                        .append(t - 1).append("\",\"source_column\":\"c4\",\"via\":\"p\"}}");
            }
            for (int c = t == 0 ? 2 : 4; c < 25; c++) {
                text.append(",\"c").append(c).append("\":{\"type\":\"float\",\"generator\":{\"strategy\":\"distribution\",")
                        .append("\"distribution\":\"uniform\",\"min\":0,\"max\":").append(c).append("}}");
            }
            text.append("}}");
        }
        text.append("}}");
        long before = System.nanoTime();
        SchemaValidation.Report report = check(text.toString());
        double seconds = (System.nanoTime() - before) / 1e9;
        assertThat(report.errors()).isEmpty();
        assertThat(report.schema().tables().values().stream().mapToInt(t -> t.columns().size()).sum()).isEqualTo(5_000);
        System.out.printf("5,000 columns checked in %.2f s%n", seconds);
        assertThat(seconds).isLessThan(8);
    }

    private static String schema(String column, String more) {
        return "{\"model\":{\"name\":\"m\"},\"tables\":{\n\"parent\":{\"primary_key\":[\"id\"],\"columns\":{"
                + "\"id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},"
                + "\"name\":{\"type\":\"string\",\"generator\":{\"strategy\":\"faker\",\"provider\":\"name\"}}}},\n"
                + "\"child\":{\"primary_key\":[\"id\"],\"columns\":{"
                + "\"id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}},"
                + "\"n\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"weighted_enum\",\"values\":{\"1\":1}}},"
                + "\"t\":{\"type\":\"string\",\"generator\":{\"fixed\":\"x\"}},"
                + "\"parent_id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"foreign_key\",\"ref\":\"parent.id\"}},\n"
                + "\"x1\":" + column + more + "}}},\n\"generation\":{\"scales\":{\"small\":{\"parent\":10,\"child\":20}}}}";
    }
}
