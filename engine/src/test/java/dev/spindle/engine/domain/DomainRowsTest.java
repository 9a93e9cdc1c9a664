package dev.spindle.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Rule;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.SchemaReader;
import dev.spindle.engine.schema.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every table of every domain, read as a user's file is and computed row by row. */
class DomainRowsTest {

    private static final List<String> DOMAINS = List.of("retail", "iot", "payments", "clickstream", "telecom");
    private static final int MOST_ROWS = 20_000;
    private static final long SEED = 42;

    static Stream<String> domains() {
        return DOMAINS.stream();
    }

    static Stream<Arguments> tables() {
        return DOMAINS.stream().flatMap(domain ->
                schema(domain).tables().keySet().stream().map(table -> Arguments.of(domain, table)));
    }

    static Stream<Arguments> rules() {
        return DOMAINS.stream().flatMap(domain ->
                schema(domain).rules().stream().map(rule -> Arguments.of(domain, rule)));
    }

    @ParameterizedTest
    @MethodSource("domains")
    void shouldReadWithNeitherErrorNorWarning(String domain) {
        SchemaReader.Reading reading = DomainFiles.read(domain);
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("domains")
    void shouldHaveTheSameEightScales(String domain) {
        assertThat(RowCounts.scales(schema(domain)))
                .containsExactly("fabric_demo", "small", "medium", "large", "xlarge", "warehouse", "xxl", "xxxl");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldPointOnlyToParentsThatAreThere(String domain, String table) {
        Schema schema = schema(domain);
        RowCounts counts = RowCounts.at(schema, "small");
        RowPlan plan = plan(schema, table);
        Event row = new Event(plan.slots());
        for (int i = 0; i < plan.columns().size(); i++) {
            Column column = plan.columns().get(i);
            if (schema.tables().get(table).column(column.name()).strategy() instanceof Strategy.ForeignKey key) {
                long parents = counts.of(key.ref().table());
                for (long n = 0; n < rows(plan); n++) {
                    plan.fill(n, row);
                    if (row.values[i] != Event.NULL) {
                        assertThat(row.values[i]).as("%s of row %d", column.name(), n).isBetween(1L, parents);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldNeverGoBackInTime(String domain, String table) {
        RowPlan plan = plan(schema(domain), table);
        Event row = new Event(plan.slots());
        long last = Long.MIN_VALUE;
        for (long n = 0; plan.timestampColumn() >= 0 && n < rows(plan); n++) {
            plan.fill(n, row);
            assertThat(row.values[plan.timestampColumn()]).as("row %d", n).isGreaterThanOrEqualTo(last);
            last = row.values[plan.timestampColumn()];
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void shouldGiveTheSameRowFromAnyStartingPoint(String domain, String table) {
        Schema schema = schema(domain);
        RowPlan forwards = plan(schema, table);
        RowPlan jumping = plan(schema, table);
        Event one = new Event(forwards.slots());
        Event other = new Event(jumping.slots());
        for (long n = 0; n < 300; n++) {
            long row = n * 7_919 % Math.max(1, forwards.rows());
            jumping.fill(row * 31 % 1_000, other);
            forwards.fill(row, one);
            jumping.fill(row, other);
            assertThat(texts(forwards, one)).as("row %d", row).isEqualTo(texts(jumping, other));
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void shouldKeepItsRules(String domain, Rule rule) {
        Schema schema = schema(domain);
        RowPlan plan = plan(schema, rule.table());
        Map<String, RowPlan> parents = new HashMap<>();
        Event row = new Event(plan.slots());
        for (long n = 0; n < rows(plan); n++) {
            plan.fill(n, row);
            for (Comparison comparison : rule.comparisons()) {
                Double left = value(schema, plan, row, comparison.left(), parents);
                Double right = value(schema, plan, row, comparison.right(), parents);
                if (left != null && right != null) {
                    assertThat(holds(left, comparison.operator(), right))
                            .as("%s in row %d: %s %s %s", rule.name(), n, left, comparison.operator().sign(), right)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void shouldTellBatteriesFromMains() {
        Schema schema = schema("iot");
        RowPlan plan = plan(schema, "device");
        Event row = new Event(plan.slots());
        int source = index(plan, "power_source");
        int percent = index(plan, "battery_percent");
        for (long n = 0; n < plan.rows(); n++) {
            plan.fill(n, row);
            boolean battery = plan.columns().get(source).dictionary().text((int) row.values[source]).equals("battery");
            assertThat(row.values[percent] != Event.NULL).as("row %d", n).isEqualTo(battery);
        }
    }

    private static boolean holds(double left, Rule.Operator operator, double right) {
        return switch (operator) {
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            case EQUAL -> left == right;
            case DIFFERENT -> left != right;
        };
    }

    /** The operand's value, or null; a parent's row is found by its key, which counts from 1. */
    private static Double value(Schema schema, RowPlan plan, Event row, Operand operand, Map<String, RowPlan> parents) {
        return switch (operand) {
            case Operand.Number number -> number.value();
            case Operand.Own own -> number(plan, row, own.column());
            case Operand.OfParent of -> {
                Double key = number(plan, row, of.via());
                if (key == null) {
                    yield null;
                }
                RowPlan parent = parents.computeIfAbsent(of.table(), table -> plan(schema, table));
                Event parentRow = new Event(parent.slots());
                parent.fill(key.longValue() - 1, parentRow);
                yield number(parent, parentRow, of.column());
            }
            case Operand.Computed computed -> throw new AssertionError("no built-in domain has such a rule: " + computed);
            case Operand.Text text -> throw new AssertionError("no built-in domain has such a rule: " + text);
        };
    }

    private static Double number(RowPlan plan, Event row, String name) {
        int i = index(plan, name);
        return row.values[i] == Event.NULL
                ? null
                : row.values[i] / Math.pow(10, plan.columns().get(i).scale());
    }

    private static int index(RowPlan plan, String name) {
        return plan.columns().stream().map(Column::name).toList().indexOf(name);
    }

    private static List<String> texts(RowPlan plan, Event row) {
        return Stream.iterate(0, i -> i + 1)
                .limit(plan.columns().size())
                .map(i -> plan.columns().get(i).type() == ColumnType.TEXT && row.values[i] != Event.NULL
                        ? new String(row.text, Event.textOffset(row.values[i]), Event.textLength(row.values[i]), StandardCharsets.UTF_8)
                        : Long.toString(row.values[i]))
                .toList();
    }

    private static long rows(RowPlan plan) {
        return Math.min(MOST_ROWS, plan.rows());
    }

    private static Schema schema(String domain) {
        return DomainFiles.read(domain).orThrow();
    }

    private static RowPlan plan(Schema schema, String table) {
        return new RowCompiler(schema, RowCounts.at(schema, "small"), SEED, Map.of()).compile(table);
    }
}
