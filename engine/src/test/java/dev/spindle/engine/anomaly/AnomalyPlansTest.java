package dev.spindle.engine.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyPlansTest {

    private static final Orders ORDERS = new Orders(42, 5_000, 100);
    private static final String COLUMNS =
            "one of order_id, customer_id, order_date, status, order_total, quantity, note, gift, delivery, weight";

    private static AnomalyPlans compile(AnomalyRegistry registry, double autoFraction, AnomalyTable... tables) {
        return AnomalyPlans.compile(registry, List.of(tables), 42, autoFraction, false);
    }

    private static List<String> problems(String yaml, double autoFraction, AnomalyTable... tables) {
        AnomalyRegistry registry = AnomalyRegistry.read(JsonReader.parse(yaml, "anomalies.yaml"));
        return catchThrowableOfType(ConfigurationException.class, () -> compile(registry, autoFraction, tables))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    @Test
    void shouldNameEverythingThatDoesNotFitTheTableTogetherWithWhatIsWrongInItself() {
        String yaml =
                """
                anomalies:
                  - {type: point, name: a, column: foo, fraction: 2}
                  - {type: point, name: b, column: status}
                  - {type: point, name: c, column: customer_id}
                  - {type: contextual, name: d, column: order_id, condition_column: statu, normal_values: [x], anomalous_values: [1.5]}
                  - {type: contextual, name: e, column: order_date, condition_column: gift, normal_values: [yes, 1], anomalous_values: ["2025-01-01"]}
                  - {type: contextual, name: f, column: order_total, condition_column: status, normal_values: [open, done], anomalous_values: [1.005, many, true]}
                  - {type: contextual, name: g, column: status, condition_column: weight, normal_values: ["heavy"], anomalous_values: [5]}
                  - {type: collective, name: h, group_column: customer, timestamp_column: quantity}
                  - {type: collective, name: i, group_column: customer_id, timestamp_column: order_date, window_seconds: 200000000}
                  - {type: contextual, name: j, column: delivery, condition_column: nope, normal_values: [1], anomalous_values: ["31.12.2025"]}
                """;
        assertThat(problems(yaml, 0, ORDERS.table()))
                .containsExactlyInAnyOrder(
                        "anomalies[0].fraction = 2: is out of range (0 to 1)",
                        "anomalies[0].column = foo: no such column in order (" + COLUMNS + ")",
                        "anomalies[1].column = status: is a text column (an integer, decimal or float column)",
                        "anomalies[2].column = customer_id: is a key column, which no anomaly may change",
                        "anomalies[3].condition_column = statu: no such column in order (did you mean status? " + COLUMNS + ")",
                        "anomalies[3].column = order_id: is a key column, which no anomaly may change",
                        "anomalies[3].anomalous_values[0] = 1.5: has too many fraction digits for the column (a whole number)",
                        "anomalies[4].column = order_date: is the event time, which only collective anomalies may change",
                        "anomalies[4].anomalous_values[0] = 2025-01-01: does not fit a timestamp column"
                                + " (a text such as 2025-12-31T23:59:59Z)",
                        "anomalies[4].normal_values[0] = yes: does not fit a boolean column (true or false)",
                        "anomalies[4].normal_values[1] = 1: does not fit a boolean column (true or false)",
                        "anomalies[5].anomalous_values[0] = 1.005: has too many fraction digits for the column"
                                + " (a number with at most 2 fraction digits)",
                        "anomalies[5].anomalous_values[1] = many: does not fit a number column"
                                + " (a number with at most 2 fraction digits)",
                        "anomalies[5].anomalous_values[2] = true: does not fit a number column"
                                + " (a number with at most 2 fraction digits)",
                        "anomalies[5].normal_values = [open, done]: no row has one of these in status"
                                + " (one of completed, shipped, processing, cancelled, returned)",
                        "anomalies[6].normal_values[0] = heavy: does not fit a number column"
                                + " (a number with at most 3 fraction digits)",
                        "anomalies[6].anomalous_values[0] = 5: does not fit a text column (a text, in quotes)",
                        "anomalies[7].group_column = customer: no such column in order ("  + COLUMNS + ")",
                        "anomalies[7].timestamp_column = quantity: is an integer column (a timestamp or date column)",
                        "anomalies[8].window_seconds = 200000000: is longer than the schema's date range",
                        "anomalies[9].condition_column = nope: no such column in order (did you mean note? " + COLUMNS + ")",
                        "anomalies[9].anomalous_values[0] = 31.12.2025: does not fit a date column (a text such as 2025-12-31)");
    }

    @Test
    void shouldRefuseFractionsThatCannotAllBeMet() {
        String yaml =
                """
                anomalies:
                  - {type: point, name: a, column: order_total, fraction: 0.5}
                  - {type: contextual, name: b, column: status, condition_column: gift, normal_values: [true], anomalous_values: [x], fraction: 0.3}
                  - {type: contextual, name: c, column: status, condition_column: gift, normal_values: [false], anomalous_values: [x], fraction: 0.4}
                  - {type: collective, name: d, group_column: customer_id, timestamp_column: order_date, fraction: 0.1}
                """;
        AnomalyRegistry registry = AnomalyRegistry.read(JsonReader.parse(yaml, "a.yaml"));
        assertThat(compile(registry, 0, ORDERS.table()).mostAutoFraction()).isCloseTo(0, within(1e-12));
        assertThat(problems(yaml, 0.25, ORDERS.table()))
                .containsExactly("anomalies: the fractions of the anomalies that one row of order may have add up to 1.25"
                        + " (1 at most)");
        assertThat(problems(
                        """
                        - {type: collective, name: a, group_column: customer_id, timestamp_column: order_date, fraction: 0.7}
                        - {type: collective, name: b, group_column: customer_id, timestamp_column: delivery, fraction: 0.5}
                        """,
                        0,
                        ORDERS.table()))
                .containsExactly("anomalies: the fractions of the collective anomalies of customer_id add up to 1.2 (1 at most)");
    }

    @Test
    void shouldChooseTheFirstDecimalOrFloatElseTheFirstIntegerThatIsNoKeyForTheAutomaticAnomaly() {
        Column key = new Column("id", ColumnType.INTEGER, 0, null, true);
        Column count = new Column("count", ColumnType.INTEGER, 0, null, false);
        Column price = new Column("price", ColumnType.DECIMAL, 2, null, false);
        Column share = new Column("share", ColumnType.FLOAT, 2, null, false);
        Column name = new Column("name", ColumnType.DICTIONARY, 0, new Dictionary(List.of("a")), false);
        RowSource ones = (row, into) -> java.util.Arrays.fill(into.values, row == 0 ? 0 : 1);

        assertThat(TableCompiler.autoColumn(table(ones, key, count, share, price))).isEqualTo(2);
        assertThat(TableCompiler.autoColumn(table(ones, key, count, name))).isEqualTo(1);
        assertThat(TableCompiler.autoColumn(table(ones, key, name))).isEqualTo(-1);
        assertThat(compile(AnomalyRegistry.empty(), 0.1, table(ones, key, count)).hasAuto()).isTrue();
        assertThat(compile(AnomalyRegistry.empty(), 0, table(ones, key, name)).hasAuto()).isFalse();
        assertThat(problems("[]", 0.1, table(ones, key, name)))
                .containsExactly(
                        "--anomaly-fraction = 0.1: t has no decimal, float or integer column that is no key");
        assertThat(problems("[]", 7, table(ones, key, count)))
                .containsExactly("--anomaly-fraction = 7: is out of range (0 to 1)");
    }

    private static AnomalyTable table(RowSource rows, Column... columns) {
        return new AnomalyTable("t", List.of(columns), columns.length, rows, 10, -1, Orders.START, Orders.END);
    }

    @Test
    void shouldRefuseAPointAnomalyWhereTheMeanIsZero() {
        Column count = new Column("count", ColumnType.INTEGER, 0, null, false);
        RowSource zeros = (row, into) -> into.values[0] = row % 2 == 0 ? 0 : Event.NULL;

        assertThat(problems("[{type: point, name: a, column: count}]", 0.1, table(zeros, count)))
                .containsExactly(
                        "anomalies[0].column = count: has a mean of 0 in t, so that no multiple of it is an anomaly",
                        "--anomaly-fraction = 0.1: count has a mean of 0 in t, so that no multiple of it is an anomaly");
        assertThat(compile(AnomalyRegistry.empty(), 0, table(zeros, count)).hasAuto()).isFalse();
    }

    @Test
    void shouldApplyADefinitionToEveryTableThatHasItsColumns() {
        Column amount = new Column("amount", ColumnType.INTEGER, 0, null, false);
        Column extra = new Column("extra", ColumnType.INTEGER, 0, null, false);
        RowSource ones = (row, into) -> java.util.Arrays.fill(into.values, 1);
        AnomalyTable one = new AnomalyTable("one", List.of(amount), 1, ones, 10, -1, 0, 1);
        AnomalyTable two = new AnomalyTable("two", List.of(amount, extra), 2, ones, 10, -1, 0, 1);
        AnomalyRegistry registry = AnomalyRegistry.of(
                new PointAnomaly("both", "amount").withFraction(0.5), new PointAnomaly("second", "extra").withFraction(0.5));
        AnomalyPlans plans = compile(registry, 0, one, two);

        assertThat(plans.types()).containsExactly("point:both", "point:second", "point:auto");
        Event event = new Event(2);
        Change change = new Change();
        boolean[] seen = new boolean[4];
        for (int row = 0; row < 100; row++) {
            event.sequence = row;
            ones.fill(row, event);
            assertThat(plans.plan(0).apply(event, 0, change)).isIn(0, 1);
            ones.fill(row, event);
            seen[plans.plan(1).apply(event, 0, change)] = true;
        }
        assertThat(seen).containsExactly(false, true, true, false);
        assertThat(problems("[{type: contextual, name: a, column: extra, condition_column: other, normal_values: [1],"
                        + " anomalous_values: [2]}]", 0, one, two))
                .containsExactly("anomalies[0].condition_column = other: no such column in one, two (one of amount, extra)");
        Column other = new Column("other", ColumnType.INTEGER, 0, null, false);
        AnomalyTable three = new AnomalyTable("three", List.of(other), 1, ones, 10, -1, 0, 1);
        assertThat(problems("[{type: contextual, name: a, column: extra, condition_column: other, normal_values: [1],"
                        + " anomalous_values: [2]}]", 0, two, three))
                .containsExactly("anomalies[0] = a: none of two, three has all of extra, other");
    }

    @Test
    void shouldAddReplacementTextsBehindTheDictionaryAndLeaveOtherColumnsAlone() {
        AnomalyRegistry registry = AnomalyRegistry.of(
                new ContextualAnomaly("a", "status", "gift", List.of(true), List.of("lost", "shipped")),
                new ContextualAnomaly("b", "status", "gift", List.of(false), List.of("stolen", "lost")));
        List<Column> columns = compile(registry, 0, ORDERS.table()).columns(0);

        Dictionary statuses = columns.get(Orders.STATUS).dictionary();
        assertThat(statuses.size()).isEqualTo(7);
        assertThat(statuses.indexOf("returned")).isEqualTo(4);
        assertThat(statuses.indexOf("lost")).isEqualTo(5);
        assertThat(statuses.indexOf("stolen")).isEqualTo(6);
        for (int i = 0; i < columns.size(); i++) {
            if (i != Orders.STATUS) {
                assertThat(columns.get(i)).isSameAs(Orders.COLUMNS.get(i));
            }
        }
    }

    @Test
    void shouldRefuseAWindowLongerThanADayWithLiveEventTime() {
        AnomalyRegistry registry = AnomalyRegistry.of(
                new CollectiveAnomaly("a", "customer_id", "order_date").withWindow(java.time.Duration.ofDays(2)));

        assertThat(catchThrowableOfType(
                                ConfigurationException.class,
                                () -> AnomalyPlans.compile(registry, List.of(ORDERS.table()), 1, 0, true))
                        .problems())
                .extracting(Problem::toString)
                .containsExactly("anomalies[0].window_seconds = 172800:"
                        + " is longer than a day, the period where none is given");
    }
}
