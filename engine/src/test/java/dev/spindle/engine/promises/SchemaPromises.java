package dev.spindle.engine.promises;

import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Rule;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Strategy;
import dev.spindle.engine.schema.Strategy.PatternPart;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Holds every table of a schema, streamed to its end, against what the schema says of it. Knows nothing of how rows are
 * computed: keys are joined by their values, laws are judged by their distribution functions.
 */
final class SchemaPromises {

    private static final long DAY = 86_400_000_000L;
    /** Standard deviations at which a frequency is called wrong: once in 10^8 tests that are right. */
    private static final double MOST_DEVIATIONS = 5.8;

    private static final int MOST_BROKEN_PER_PROMISE = 3;

    private final Schema schema;
    private final Map<String, TableRows> tables = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final Map<String, Integer> brokenByPromise = new HashMap<>();

    SchemaPromises(Schema schema, String scale, long seed) {
        this(schema, scale, seed, Map.of());
    }

    SchemaPromises(Schema schema, String scale, long seed, Map<String, String> timestampColumns) {
        this.schema = schema;
        RowCounts counts = RowCounts.at(schema, scale);
        for (String table : schema.tables().keySet()) {
            tables.put(table, new TableRows(schema, counts, seed, table, timestampColumns));
        }
    }

    /** What does not hold, a line each; empty when all is well. */
    List<String> broken() {
        for (TableRows table : tables.values()) {
            primaryKey(table);
            neverGoesBack(table);
            parentsExist(table);
            for (ColumnDefinition column : table.table().columns().values()) {
                shape(table, column);
                nulls(table, column);
                conforms(table, column, column.strategy(), table.rows());
            }
        }
        schema.rules().forEach(this::rule);
        return broken;
    }

    private void fail(String promise, String what) {
        int before = brokenByPromise.merge(promise, 1, Integer::sum);
        if (before <= MOST_BROKEN_PER_PROMISE) {
            broken.add(promise + ": " + what);
        }
    }

    private static String name(TableRows table, ColumnDefinition column) {
        return table.table().name() + "." + column.name();
    }

    private void primaryKey(TableRows table) {
        if (table.table().primaryKey().isEmpty()) {
            return;
        }
        Set<Object> seen = new HashSet<>();
        for (Object[] row : table.rows()) {
            Object key = table.table().primaryKey().stream().map(c -> TableRows.key(table.get(row, c))).toList();
            boolean unique = table.table().primaryKey().stream()
                    .anyMatch(c -> isUnique(table.table().column(c).strategy()));
            if (unique && !seen.add(key)) {
                fail(table.table().name() + " primary key", key + " twice");
            }
        }
    }

    private static boolean isUnique(Strategy strategy) {
        return strategy instanceof Strategy.Sequence
                || strategy instanceof Strategy.Uuid
                || (strategy instanceof Strategy.RecordSample sample && sample.unique());
    }

    private void neverGoesBack(TableRows table) {
        if (table.timestampColumn() < 0) {
            return;
        }
        long last = Long.MIN_VALUE;
        for (int i = 0; i < table.rows().size(); i++) {
            Object time = table.rows().get(i)[table.timestampColumn()];
            if (time != null) {
                if ((Long) time < last) {
                    fail(table.table().name() + " event time", "goes back in row " + i + " by " + (last - (Long) time) + " µs");
                }
                last = (Long) time;
            }
        }
    }

    /** A child whose times begin no earlier than its parent's has only parents that exist by then. */
    private void parentsExist(TableRows table) {
        for (ColumnDefinition column : table.table().columns().values()) {
            if (!(column.strategy() instanceof Strategy.ForeignKey key) || table.timestampColumn() < 0) {
                continue;
            }
            TableRows parent = tables.get(key.ref().table());
            if (parent == table || parent.timestampColumn() < 0 || showsAnother(table, column)) {
                continue;
            }
            Object own = table.rows().getFirst()[table.timestampColumn()];
            Object theirs = parent.rows().getFirst()[parent.timestampColumn()];
            if (own == null || theirs == null || (Long) own < (Long) theirs) {
                continue;
            }
            for (Object[] row : table.rows()) {
                Object value = table.get(row, column.name());
                Object time = row[table.timestampColumn()];
                if (value == null || time == null) {
                    continue;
                }
                boolean exists = parent.having(key.ref().column(), value).stream()
                        .anyMatch(p -> p[parent.timestampColumn()] == null || (Long) p[parent.timestampColumn()] <= (Long) time);
                if (!exists) {
                    fail(name(table, column) + " parent exists", value + " is later than its child");
                }
            }
        }
    }

    /** Whether the table's time is made of some time of this parent: it says itself how much later it is. */
    private static boolean showsAnother(TableRows table, ColumnDefinition key) {
        Schema.Table definition = table.table();
        String time = definition.columns().keySet().stream().toList().get(table.timestampColumn());
        return switch (definition.column(time).strategy()) {
            case Strategy.Lookup l -> l.via().equals(key.name());
            case Strategy.Derived d -> key.name().equals(d.via());
            default -> false;
        };
    }

    private void shape(TableRows table, ColumnDefinition column) {
        for (Object[] row : table.rows()) {
            Object value = table.get(row, column.name());
            if (value == null) {
                continue;
            }
            boolean fits =
                    switch (column.type()) {
                        case INTEGER, BIGINT -> value instanceof BigDecimal n && n.scale() <= 0;
                        case DECIMAL -> value instanceof BigDecimal n && (column.scale() < 0 || n.scale() == column.scale());
                        case FLOAT -> value instanceof BigDecimal;
                        case BOOLEAN -> value instanceof Boolean;
                        case DATE -> value instanceof Long t && Math.floorMod(t, DAY) == 0;
                        case DATETIME, TIMESTAMP -> value instanceof Long;
                        case STRING, UUID ->
                            value instanceof String s
                                    && (column.maxLength() == 0 || s.codePointCount(0, s.length()) <= column.maxLength());
                    };
            if (!fits) {
                fail(name(table, column) + " type", value + " is no " + column.type());
            }
        }
    }

    private void nulls(TableRows table, ColumnDefinition column) {
        int rows = 0;
        int nulls = 0;
        boolean depends = false;
        for (Object[] row : table.rows()) {
            if (dependsOnNull(table, row, column.strategy())) {
                depends = true;
            } else {
                rows++;
                nulls += table.get(row, column.name()) == null ? 1 : 0;
            }
        }
        if (mayBeNull(table, column.strategy())) {
            return;
        }
        if (column.nullRate() == 0 && nulls > 0) {
            fail(name(table, column) + " nulls", nulls + " of " + rows + (depends ? " whose source is there" : ""));
        } else {
            frequency(name(table, column) + " null rate", nulls, rows, column.nullRate());
        }
    }

    private boolean mayBeNull(TableRows table, Strategy strategy) {
        return switch (strategy) {
            case Strategy.SelfReferencing s -> true;
            case Strategy.Fixed f -> f.value() instanceof JsonNull;
            case Strategy.Conditional c -> mayBeNull(table, c.whenTrue()) || mayBeNull(table, c.whenFalse());
            case Strategy.OverChildren o -> o.aggregate() != Strategy.Aggregate.SUM && o.aggregate() != Strategy.Aggregate.COUNT;
            case Strategy.ForeignKey k -> k.constrainedBy() != null;
            case Strategy.Formula f -> true;
            case Strategy.RecordSample s -> hasNulls(s.dataSet(), s.field());
            case Strategy.RecordField s -> hasNulls(s.dataSet(), s.field());
            case Strategy.ReferenceData s -> hasNulls(s.dataSet(), s.field());
            default -> false;
        };
    }

    private boolean hasNulls(String dataSet, String field) {
        return DataSets.field(schema.dataSets().records(dataSet).orElseThrow(), field).orElseThrow().stream()
                .anyMatch(JsonNull.class::isInstance);
    }

    /** Whether something that the value is made of is null in this row. */
    private boolean dependsOnNull(TableRows table, Object[] row, Strategy strategy) {
        return switch (strategy) {
            case Strategy.Lookup l -> {
                Object key = table.get(row, l.via());
                yield key == null || parentsOf(table, row, l.via(), l.source().table()).stream()
                        .allMatch(p -> tables.get(l.source().table()).get(p, l.source().column()) == null);
            }
            case Strategy.Derived d when d.table() == null -> table.get(row, d.column()) == null;
            case Strategy.Derived d ->
                table.get(row, d.via()) == null
                        || parentsOf(table, row, d.via(), d.table()).stream()
                                .allMatch(p -> tables.get(d.table()).get(p, d.column()) == null);
            case Strategy.Correlated c -> table.get(row, c.source()) == null;
            case Strategy.Formula f -> f.expression().columns().stream().anyMatch(c -> table.get(row, c) == null);
            case Strategy.Pattern p -> p.parts().stream()
                    .anyMatch(part -> part instanceof PatternPart.ColumnText t && table.get(row, t.column()) == null);
            case Strategy.ForeignKey k when k.constrainedBy() != null -> table.get(row, k.constrainedBy()) == null;
            case Strategy.Conditional c -> {
                Boolean holds = condition(table, row, c.condition());
                yield dependsOnNull(table, row, holds ? c.whenTrue() : c.whenFalse());
            }
            default -> false;
        };
    }

    /** Rows of the parent that the key column may mean: those with its value in the column that it refers to. */
    private List<Object[]> parentsOf(TableRows table, Object[] row, String via, String parent) {
        Object key = table.get(row, via);
        return key == null ? List.of() : tables.get(parent).having(referred(table, via, parent), key);
    }

    private String referred(TableRows table, String via, String parent) {
        return switch (table.table().column(via).strategy()) {
            case Strategy.ForeignKey k -> k.ref().column();
            case Strategy.SelfReferencing s -> s.keyColumn();
            default -> tables.get(parent).table().primaryKey().getFirst();
        };
    }

    private static boolean condition(TableRows table, Object[] row, Strategy.Condition condition) {
        Object value = table.get(row, condition.column());
        return switch (condition.test()) {
            case IS_NULL -> value == null;
            case IS_NOT_NULL -> value != null;
            case EQUALS -> value != null && same(value, condition.value());
            case DIFFERS -> value != null && !same(value, condition.value());
        };
    }

    private static boolean same(Object value, String text) {
        if (value instanceof BigDecimal number) {
            try {
                return number.compareTo(new BigDecimal(text)) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return value instanceof Boolean b ? text.equalsIgnoreCase(b.toString()) : value.toString().equals(text);
    }

    private void conforms(TableRows table, ColumnDefinition column, Strategy strategy, List<Object[]> rows) {
        String name = name(table, column);
        Function<Object[], Object> value = row -> table.get(row, column.name());
        boolean bent = isBent(table, column);
        switch (strategy) {
            case Strategy.Sequence s -> {
                for (int i = 0; i < rows.size() && rows == table.rows(); i++) {
                    same(name + " sequence", value.apply(rows.get(i)), BigDecimal.valueOf(s.start() + s.step() * i));
                }
            }
            case Strategy.Uuid s -> {
                matches(name, rows, value, "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
                unique(name, rows, value);
            }
            case Strategy.Faker s -> faker(name, table, rows, value, s);
            case Strategy.WeightedEnum s -> {
                if (!bent) {
                    Map<String, Double> weights = new LinkedHashMap<>();
                    s.choices().forEach(c -> weights.merge(cut(c.value(), column), c.weight(), Double::sum));
                    weights(name, rows, value, weights);
                }
            }
            case Strategy.Distribution s -> law(name, table, column, rows, value, s);
            case Strategy.Empirical s -> empirical(name, column, rows, value, s, bent);
            case Strategy.Temporal s -> temporal(name, table, column, rows, value, s, bent);
            case Strategy.Pattern s -> pattern(name, table, column, rows, s);
            case Strategy.ForeignKey s -> foreignKey(name, table, column, rows, s);
            case Strategy.Lookup s -> lookup(name, table, column, rows, s.via(), s.source().table(), s.source().column());
            case Strategy.ReferenceData s -> listed(name, column, rows, value, s.dataSet(), s.field(), s.weightField());
            case Strategy.RecordSample s -> {
                if (s.unique() && column.type() == DataType.STRING) {
                    unique(name, rows, value);
                } else if (!s.unique()) {
                    listed(name, column, rows, value, s.dataSet(), s.field(), s.weightField());
                }
                records(table, s.dataSet(), rows);
            }
            case Strategy.RecordField s -> records(table, s.dataSet(), rows);
            case Strategy.SelfReferencing s -> hierarchy(name, table, column, s);
            case Strategy.SelfReferenceLevel s -> {}
            case Strategy.FirstPerParent s -> firstPerParent(name, table, column, s);
            case Strategy.Formula s -> {
                if (!bent) {
                    formula(name, table, column, rows, s);
                }
            }
            case Strategy.Derived s -> derived(name, table, column, rows, s, bent);
            case Strategy.Correlated s -> correlated(name, table, column, rows, s, bent);
            case Strategy.Conditional s -> {
                List<Object[]> yes = rows.stream().filter(r -> condition(table, r, s.condition())).toList();
                List<Object[]> no = rows.stream().filter(r -> !condition(table, r, s.condition())).toList();
                conforms(table, column, s.whenTrue(), yes);
                conforms(table, column, s.whenFalse(), no);
            }
            case Strategy.Fixed s -> fixed(name, rows, value, s);
            case Strategy.OverChildren s -> overChildren(name, table, column, rows, s);
        }
    }

    private static String cut(String text, ColumnDefinition column) {
        return column.maxLength() == 0 || text.codePointCount(0, text.length()) <= column.maxLength()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, column.maxLength()));
    }

    /** Whether a rule that compares the column with another may have moved it. */
    private boolean isBent(TableRows table, ColumnDefinition column) {
        for (Rule rule : schema.rules()) {
            for (Comparison comparison : rule.comparisons()) {
                boolean here = rule.table().equals(table.table().name()) && (isOwn(comparison.left(), column) || isOwn(comparison.right(), column));
                if (here && !(comparison.left() instanceof Operand.Number) && !(comparison.right() instanceof Operand.Number)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOwn(Operand operand, ColumnDefinition column) {
        return operand instanceof Operand.Own own && own.column().equals(column.name());
    }

    private void same(String promise, Object value, Object wanted) {
        if (value != null && !Objects.equals(TableRows.key(value), TableRows.key(wanted))) {
            fail(promise, value + " instead of " + wanted);
        }
    }

    private void matches(String name, List<Object[]> rows, Function<Object[], Object> value, String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
        for (Object[] row : rows) {
            Object text = value.apply(row);
            if (text != null && !pattern.matcher(text.toString()).matches()) {
                fail(name + " pattern", text + " is not like " + regex);
            }
        }
    }

    private void unique(String name, List<Object[]> rows, Function<Object[], Object> value) {
        Set<Object> seen = new HashSet<>();
        for (Object[] row : rows) {
            if (value.apply(row) != null && !seen.add(value.apply(row))) {
                fail(name + " unique", value.apply(row) + " twice");
            }
        }
    }

    private void faker(String name, TableRows table, List<Object[]> rows, Function<Object[], Object> value, Strategy.Faker faker) {
        matches(name, rows, value, faker.provider().endsWith("email") ? "[^@ ]+@[^@ ]+\\.[a-z]+" : ".+");
        if (rows.size() > 200) {
            long distinct = rows.stream().map(value).filter(Objects::nonNull).distinct().count();
            if (distinct < 20) {
                fail(name + " variety", "only " + distinct + " texts in " + rows.size() + " rows");
            }
        }
    }

    private void frequency(String promise, long hits, long trials, double probability) {
        double deviation = Math.sqrt(Math.max(1, trials * probability * (1 - probability)));
        if (Math.abs(hits - trials * probability) > MOST_DEVIATIONS * deviation + 1) {
            fail(promise, hits + " of " + trials + " rather than " + probability * trials);
        }
    }

    /** Every value has a weight, and the frequencies follow the weights: chi-square, by Wilson and Hilferty's cube root. */
    private void weights(String name, List<Object[]> rows, Function<Object[], Object> value, Map<String, Double> weights) {
        Map<String, Double> byKey = new HashMap<>();
        weights.forEach((text, weight) -> byKey.merge(text, weight, Double::sum));
        Map<String, Integer> counts = new HashMap<>();
        int all = 0;
        for (Object[] row : rows) {
            Object found = value.apply(row);
            if (found == null) {
                continue;
            }
            String key = byKey.containsKey(found.toString())
                    ? found.toString()
                    : byKey.keySet().stream().filter(k -> same(found, k)).findFirst().orElse(null);
            if (key == null) {
                fail(name + " values", found + " is none of them");
                return;
            }
            counts.merge(key, 1, Integer::sum);
            all++;
        }
        double sum = byKey.values().stream().mapToDouble(w -> w).sum();
        double statistic = 0;
        int degrees = -1;
        for (Map.Entry<String, Double> weight : byKey.entrySet()) {
            double expected = weight.getValue() / sum * all;
            int seen = counts.getOrDefault(weight.getKey(), 0);
            if (weight.getValue() == 0 && seen > 0) {
                fail(name + " weights", weight.getKey() + " has no weight and came " + seen + " times");
            }
            if (expected >= 5) {
                statistic += (seen - expected) * (seen - expected) / expected;
                degrees++;
            }
        }
        if (degrees > 0) {
            double z = (Math.cbrt(statistic / degrees) - (1 - 2.0 / (9 * degrees))) / Math.sqrt(2.0 / (9 * degrees));
            if (z > MOST_DEVIATIONS) {
                fail(name + " weights", "chi-square " + statistic + " with " + degrees + " degrees of freedom: " + counts);
            }
        }
    }

    private void law(
            String name,
            TableRows table,
            ColumnDefinition column,
            List<Object[]> rows,
            Function<Object[], Object> value,
            Strategy.Distribution strategy) {
        if (column.type() == DataType.BOOLEAN) {
            long hits = rows.stream().map(value).filter(Boolean.TRUE::equals).count();
            frequency(name + " law", hits, rows.stream().map(value).filter(Objects::nonNull).count(),
                    1 - LawCurve.atMost(strategy.law(), 0.5));
            return;
        }
        double least = LawCurve.least(strategy.law());
        double most = LawCurve.most(strategy.law());
        List<BigDecimal> sorted = numbers(rows, value);
        if (sorted.isEmpty()) {
            return;
        }
        int scale = table.column(column.name()).scale();
        int digits = strategy.round() >= 0 ? Math.min(strategy.round(), scale) : scale;
        double unit = Math.pow(10, -digits);
        boolean bent = isBent(table, column);
        for (BigDecimal number : List.of(sorted.getFirst(), sorted.getLast())) {
            if (!bent && (number.doubleValue() < least - unit / 2 - 1e-12 || number.doubleValue() > most + unit / 2 + 1e-12)) {
                fail(name + " range", number + " is outside " + least + " to " + most);
            }
            if (number.stripTrailingZeros().scale() > digits) {
                fail(name + " rounding", number + " has more than " + digits + " digits");
            }
        }
        if (bent) {
            return;
        }
        for (int tenth = 1; tenth < 10; tenth++) {
            double x = sorted.get(sorted.size() * tenth / 10).doubleValue();
            long below = sorted.stream().filter(n -> n.doubleValue() <= x + 1e-9).count();
            double edge = LawCurve.whole(strategy.law()) ? x : x + unit / 2;
            double p = x + unit / 2 + 1e-12 >= most ? 1 : edge < least ? 0 : LawCurve.atMost(strategy.law(), edge);
            frequency(name + " law at " + x, below, sorted.size(), p);
        }
    }

    private static List<BigDecimal> numbers(List<Object[]> rows, Function<Object[], Object> value) {
        return rows.stream().map(value).filter(Objects::nonNull).map(BigDecimal.class::cast).sorted().toList();
    }

    private void empirical(
            String name, ColumnDefinition column, List<Object[]> rows, Function<Object[], Object> value, Strategy.Empirical s, boolean bent) {
        List<BigDecimal> sorted = numbers(rows, value);
        if (sorted.isEmpty()) {
            return;
        }
        double least = s.quantiles().getFirst().value();
        double most = s.quantiles().getLast().value();
        if (sorted.getFirst().doubleValue() < least - 1 || sorted.getLast().doubleValue() > most + 1) {
            fail(name + " range", sorted.getFirst() + " to " + sorted.getLast());
        }
        for (int i = 1; i < s.quantiles().size() - 1 && !bent; i++) {
            Strategy.Quantile q = s.quantiles().get(i);
            boolean atom = s.quantiles().get(i - 1).value() == q.value() || s.quantiles().get(i + 1).value() == q.value();
            if (!atom && !column.type().isWhole()) {
                long below = sorted.stream().filter(n -> n.doubleValue() <= q.value()).count();
                frequency(name + " quantile " + q.probability(), below, sorted.size(), q.probability());
            }
        }
    }

    private void temporal(
            String name,
            TableRows table,
            ColumnDefinition column,
            List<Object[]> rows,
            Function<Object[], Object> value,
            Strategy.Temporal s,
            boolean bent) {
        double[] months = new double[12];
        double[] days = new double[7];
        int all = 0;
        for (Object[] row : rows) {
            Object time = value.apply(row);
            if (time == null) {
                continue;
            }
            long day = Math.floorDiv((Long) time, DAY);
            if (!bent && (day < s.range().startDay() || day >= s.range().endDay())) {
                fail(name + " range", java.time.LocalDate.ofEpochDay(day) + " is outside the range");
            }
            java.time.LocalDate date = java.time.LocalDate.ofEpochDay(day);
            months[date.getMonthValue() - 1]++;
            days[date.getDayOfWeek().getValue() - 1]++;
            all++;
        }
        boolean wholeYears = s.range().days() >= 365 && Math.abs(s.range().days() % 365.25 - 182) > 170;
        if (bent || !wholeYears) {
            return;
        }
        margin(name + " month", months, all, s.season().months());
        margin(name + " weekday", days, all, s.season().days());
        boolean weekdaysOnly = s.season().days().size() == 7 && s.season().days().get(5) == 0 && s.season().days().get(6) == 0;
        if (weekdaysOnly && days[5] + days[6] > 0) {
            fail(name + " trading days", days[5] + days[6] + " on weekends");
        }
    }

    private void margin(String promise, double[] seen, int all, List<Double> weights) {
        double sum = weights.stream().mapToDouble(w -> w).sum();
        for (int i = 0; i < weights.size(); i++) {
            frequency(promise + " " + (i + 1), (long) seen[i], all, weights.get(i) / sum);
        }
    }

    private void pattern(String name, TableRows table, ColumnDefinition column, List<Object[]> rows, Strategy.Pattern s) {
        boolean whole = rows == table.rows();
        for (int i = 0; i < rows.size(); i++) {
            Object found = table.get(rows.get(i), column.name());
            if (found == null) {
                continue;
            }
            StringBuilder regex = new StringBuilder();
            for (PatternPart part : s.parts()) {
                switch (part) {
                    case PatternPart.Literal p -> regex.append(Pattern.quote(p.text()));
                    case PatternPart.RowNumber p ->
                        regex.append(whole ? String.format("%0" + Math.max(1, p.width()) + "d", i + 1) : "\\d+");
                    case PatternPart.RandomText p -> regex.append("[A-Z0-9]{").append(p.width()).append("}");
                    case PatternPart.ColumnText p -> regex.append(Pattern.quote(columnText(table.get(rows.get(i), p.column()), p.width())));
                }
            }
            String text = found.toString();
            if (column.maxLength() > 0 && text.length() == column.maxLength()) {
                continue; // cut: the shape was checked
            }
            if (!text.matches("(?s)" + regex)) {
                fail(name + " pattern", text + " is not like " + regex);
            }
        }
    }

    private static String columnText(Object value, int width) {
        if (value instanceof BigDecimal number && number.scale() <= 0) {
            return String.format("%0" + Math.max(1, width) + "d", number.toBigInteger());
        }
        if (value instanceof Long micros) {
            boolean date = Math.floorMod(micros, DAY) == 0;
            return date ? java.time.LocalDate.ofEpochDay(micros / DAY).toString() : "";
        }
        String text = value.toString();
        return width > 0 && value instanceof String ? text.substring(0, Math.min(width, text.length())) : text;
    }

    private void foreignKey(String name, TableRows table, ColumnDefinition column, List<Object[]> rows, Strategy.ForeignKey s) {
        TableRows parent = tables.get(s.ref().table());
        Map<Object, Integer> children = new HashMap<>();
        int all = 0;
        for (Object[] row : rows) {
            Object key = table.get(row, column.name());
            if (key == null) {
                continue;
            }
            all++;
            children.merge(TableRows.key(key), 1, Integer::sum);
            List<Object[]> found = parent.having(s.ref().column(), key);
            if (found.isEmpty()) {
                fail(name + " key", key + " is no " + s.ref());
                continue;
            }
            if (s.constrainedBy() != null) {
                Object shared = table.get(row, s.constrainedBy());
                if (found.stream().noneMatch(p -> Objects.equals(TableRows.key(parent.get(p, s.constrainedBy())), TableRows.key(shared)))) {
                    fail(name + " constrained_by", key + " belongs to another " + s.constrainedBy() + " than " + shared);
                }
            }
            if (s.filter() != null && found.stream().noneMatch(p -> condition(parent, p, s.filter()))) {
                fail(name + " filter", key + " does not meet it");
            }
        }
        spread(name, s, parent, children, all);
    }

    private void spread(String name, Strategy.ForeignKey s, TableRows parent, Map<Object, Integer> children, int all) {
        int parents = parent.rows().size();
        if (s.constrainedBy() != null || s.filter() != null || s.sampleRate() < 1 || all < 50 * 20 || parents < 50) {
            return;
        }
        int[] counts = children.values().stream().mapToInt(c -> c).sorted().toArray();
        long top = 0;
        for (int i = 0; i < Math.max(1, parents / 5) && i < counts.length; i++) {
            top += counts[counts.length - 1 - i];
        }
        double share = (double) top / all;
        double perParent = (double) all / parents;
        if (s.spread() == Strategy.Spread.UNIFORM && perParent > 10 && share > 0.45) {
            fail(name + " uniform", "the top fifth of parents has " + share);
        }
        if (s.spread() != Strategy.Spread.UNIFORM && perParent > 3 && share < 0.5) {
            fail(name + " heavy tail", "the top fifth of parents has only " + share);
        }
    }

    private void lookup(
            String name, TableRows table, ColumnDefinition column, List<Object[]> rows, String via, String parentName, String source) {
        TableRows parent = tables.get(parentName);
        boolean wholeDays = column.type() == DataType.DATE;
        for (Object[] row : rows) {
            Object value = table.get(row, column.name());
            if (value == null) {
                continue;
            }
            boolean found = parentsOf(table, row, via, parentName).stream()
                    .map(p -> parent.get(p, source))
                    .anyMatch(v -> v != null && agree(value, v, wholeDays, column, table));
            if (!found) {
                fail(name + " lookup", value + " is no " + parentName + "." + source + " of its parent");
            }
        }
    }

    private static boolean agree(Object value, Object parents, boolean wholeDays, ColumnDefinition column, TableRows table) {
        if (wholeDays && parents instanceof Long micros) {
            return value.equals(Math.floorDiv(micros, DAY) * DAY);
        }
        if (value instanceof BigDecimal a && parents instanceof BigDecimal b) {
            int scale = table.column(column.name()).scale();
            return a.subtract(b).abs().doubleValue() <= 0.5000001 * Math.pow(10, -scale) || a.compareTo(b) == 0;
        }
        String text = parents instanceof BigDecimal b ? b.toPlainString() : parents.toString();
        return value.equals(parents) || value.toString().equals(cut(text, column));
    }

    private void listed(
            String name,
            ColumnDefinition column,
            List<Object[]> rows,
            Function<Object[], Object> value,
            String dataSet,
            String field,
            String weightField) {
        List<JsonValue> records = schema.dataSets().records(dataSet).orElseThrow();
        List<JsonValue> values = DataSets.field(records, field).orElseThrow();
        double[] weights = DataSets.weights(records, weightField).orElseThrow();
        if (weights.length != values.size()) {
            weights = new double[values.size()];
            Arrays.fill(weights, 1);
        }
        Map<String, Double> byText = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (!(values.get(i) instanceof JsonNull)) {
                byText.merge(cut(text(values.get(i)), column), weights[i], Double::sum);
            }
        }
        if (column.type().isNumeric()) {
            return;
        }
        weights(name, rows, value, byText);
    }

    private static String text(JsonValue value) {
        return value instanceof JsonNumber number ? number.value().toPlainString() : value.brief();
    }

    /** All columns over a data set show fields of one record. */
    private void records(TableRows table, String dataSet, List<Object[]> rows) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (ColumnDefinition column : table.table().columns().values()) {
            if (column.strategy() instanceof Strategy.RecordSample s && s.dataSet().equals(dataSet)) {
                fields.put(column.name(), s.field());
            }
            if (column.strategy() instanceof Strategy.RecordField s && s.dataSet().equals(dataSet)) {
                fields.put(column.name(), s.field());
            }
        }
        Set<List<Object>> known = new HashSet<>();
        List<JsonValue> records = schema.dataSets().records(dataSet).orElseThrow();
        List<List<JsonValue>> columns = fields.values().stream().map(f -> DataSets.field(records, f).orElseThrow()).toList();
        List<ColumnDefinition> definitions = fields.keySet().stream().map(c -> table.table().column(c)).toList();
        for (int i = 0; i < records.size(); i++) {
            List<Object> record = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                record.add(shown(columns.get(c).get(i), definitions.get(c), table));
            }
            known.add(record);
        }
        for (Object[] row : rows) {
            List<Object> shown = new ArrayList<>();
            boolean someNull = false;
            for (ColumnDefinition column : definitions) {
                Object value = table.get(row, column.name());
                someNull |= value == null && column.nullRate() > 0;
                boolean sample = column.strategy() instanceof Strategy.RecordSample s && s.unique();
                shown.add(sample && value != null ? value.toString().replaceFirst("-\\d+$", "") : TableRows.key(value));
            }
            if (!someNull && !known.contains(shown)) {
                fail(table.table().name() + " records of " + dataSet, shown + " are of no one record");
            }
        }
    }

    private static Object shown(JsonValue value, ColumnDefinition column, TableRows table) {
        if (value instanceof JsonNull) {
            return null;
        }
        if (value instanceof JsonNumber number && column.type().isNumeric()) {
            int scale = table.column(column.name()).scale();
            return TableRows.key(number.value().setScale(scale, RoundingMode.HALF_UP));
        }
        if (column.type().isNumeric()) {
            return TableRows.key(new BigDecimal(value.brief()).setScale(table.column(column.name()).scale(), RoundingMode.HALF_UP));
        }
        if (column.type() == DataType.BOOLEAN) {
            return Boolean.valueOf(value.brief());
        }
        return cut(text(value), column);
    }

    private void hierarchy(String name, TableRows table, ColumnDefinition column, Strategy.SelfReferencing s) {
        int roots = 0;
        Map<Object, Object> parents = new HashMap<>();
        for (Object[] row : table.rows()) {
            Object parent = table.get(row, column.name());
            roots += parent == null ? 1 : 0;
            parents.put(TableRows.key(table.get(row, s.keyColumn())), parent == null ? null : TableRows.key(parent));
        }
        if (column.nullRate() == 0 && roots != Math.min(s.rootCount(), table.rows().size())) {
            fail(name + " roots", roots + " instead of " + s.rootCount());
        }
        String level = table.table().columns().values().stream()
                .filter(c -> c.strategy() instanceof Strategy.SelfReferenceLevel)
                .map(ColumnDefinition::name)
                .findFirst()
                .orElse(null);
        for (Object[] row : table.rows()) {
            int depth = 1;
            Object at = parents.get(TableRows.key(table.get(row, s.keyColumn())));
            while (at != null && depth <= 100) {
                if (!parents.containsKey(at)) {
                    fail(name + " key", at + " is no row of the table");
                    break;
                }
                depth++;
                at = parents.get(at);
            }
            if (depth > s.levels()) {
                fail(name + " depth", depth + " levels instead of " + s.levels());
            }
            if (level != null && column.nullRate() == 0) {
                same(name + " level", table.get(row, level), BigDecimal.valueOf(depth));
            }
        }
    }

    private void firstPerParent(String name, TableRows table, ColumnDefinition column, Strategy.FirstPerParent s) {
        Map<Object, Integer> firsts = new HashMap<>();
        for (Object[] row : table.rows()) {
            Object parent = table.get(row, s.parentColumn());
            if (parent != null) {
                boolean first = Objects.equals(table.get(row, column.name()), s.first());
                firsts.merge(TableRows.key(parent), first ? 1 : 0, Integer::sum);
            }
        }
        firsts.forEach((parent, count) -> {
            if (count != 1) {
                fail(name + " first per parent", count + " for " + parent);
            }
        });
    }

    private void formula(String name, TableRows table, ColumnDefinition column, List<Object[]> rows, Strategy.Formula s) {
        int scale = table.column(column.name()).scale();
        for (Object[] row : rows) {
            Object value = table.get(row, column.name());
            if (value != null) {
                double wanted = FormulaValue.of(s.expression(), c -> ((BigDecimal) table.get(row, c)).doubleValue());
                double slack = 0.5001 * Math.pow(10, -scale) + Math.abs(wanted) * 1e-9;
                if (Math.abs(((BigDecimal) value).doubleValue() - wanted) > slack) {
                    fail(name + " formula", value + " instead of " + wanted);
                }
            }
        }
    }

    private void derived(
            String name, TableRows table, ColumnDefinition column, List<Object[]> rows, Strategy.Derived s, boolean bent) {
        if (s.days() == null && s.table() != null) {
            lookup(name, table, column, rows, s.via(), s.table(), s.column());
            return;
        }
        boolean dates = column.type() == DataType.DATE;
        double least = s.days() == null ? 0 : LawCurve.least(s.days());
        double most = s.days() == null ? 0 : LawCurve.most(s.days());
        // Whole days are rounded from the law's value and counted from the source's day: one day of play each way.
        double slack = dates ? 1.0 : 1e-9;
        for (Object[] row : rows) {
            Object value = table.get(row, column.name());
            if (value == null) {
                continue;
            }
            List<Object> sources = new ArrayList<>();
            if (s.table() == null) {
                sources.add(table.get(row, s.column()));
            } else {
                parentsOf(table, row, s.via(), s.table()).forEach(p -> sources.add(tables.get(s.table()).get(p, s.column())));
            }
            boolean fits = sources.stream().filter(Objects::nonNull).anyMatch(source -> {
                if (!(source instanceof Long from) || !(value instanceof Long to)) {
                    return s.days() == null && source.equals(value);
                }
                double days = (to - from) / (double) DAY;
                return days >= least - slack && days <= most + slack;
            });
            if (!fits && !bent) {
                fail(name + " derived", value + " of " + sources + " is not " + least + " to " + most + " days later");
            }
        }
    }

    private void correlated(
            String name, TableRows table, ColumnDefinition column, List<Object[]> rows, Strategy.Correlated s, boolean bent) {
        if (bent) {
            return;
        }
        double unit = Math.pow(10, -table.column(column.name()).scale());
        for (Object[] row : rows) {
            Object value = table.get(row, column.name());
            if (value == null) {
                continue;
            }
            double from = ((BigDecimal) table.get(row, s.source())).doubleValue();
            double to = ((BigDecimal) value).doubleValue();
            double a = s.operation() == Strategy.Operation.MULTIPLY ? from * s.min() : s.operation() == Strategy.Operation.ADD ? from + s.min() : from - s.min();
            double b = s.operation() == Strategy.Operation.MULTIPLY ? from * s.max() : s.operation() == Strategy.Operation.ADD ? from + s.max() : from - s.max();
            if (to < Math.min(a, b) - 0.51 * unit || to > Math.max(a, b) + 0.51 * unit) {
                fail(name + " correlated", to + " is not between " + a + " and " + b);
            }
        }
    }

    private void fixed(String name, List<Object[]> rows, Function<Object[], Object> value, Strategy.Fixed s) {
        for (Object[] row : rows) {
            Object found = value.apply(row);
            boolean good = s.value() instanceof JsonNull ? found == null : found == null || same(found, text(s.value()));
            if (!good) {
                fail(name + " fixed", found + " instead of " + s.value().brief());
            }
        }
    }

    private void overChildren(String name, TableRows table, ColumnDefinition column, List<Object[]> rows, Strategy.OverChildren s) {
        TableRows child = tables.get(s.childTable());
        ColumnDefinition key = child.table().columns().values().stream()
                .filter(c -> c.strategy() instanceof Strategy.ForeignKey k && k.ref().table().equals(table.table().name()))
                .findFirst()
                .orElseThrow();
        String referred = ((Strategy.ForeignKey) key.strategy()).ref().column();
        int scale = table.column(column.name()).scale();
        for (Object[] row : rows) {
            List<Object[]> children = child.having(key.name(), table.get(row, referred));
            List<BigDecimal> values = s.childColumn() == null
                    ? List.of()
                    : children.stream().map(c -> child.get(c, s.childColumn())).filter(BigDecimal.class::isInstance)
                            .map(BigDecimal.class::cast).toList();
            BigDecimal wanted =
                    switch (s.aggregate()) {
                        case COUNT -> BigDecimal.valueOf(children.size());
                        case SUM -> values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
                        case MINIMUM -> values.stream().min(BigDecimal::compareTo).orElse(null);
                        case MAXIMUM -> values.stream().max(BigDecimal::compareTo).orElse(null);
                        case AVERAGE ->
                            values.isEmpty()
                                    ? null
                                    : values.stream().reduce(BigDecimal.ZERO, BigDecimal::add)
                                            .divide(BigDecimal.valueOf(values.size()), scale + 8, RoundingMode.HALF_UP);
                    };
            Object found = table.get(row, column.name());
            if (found instanceof Long || found instanceof String) {
                continue;
            }
            if (found == null && column.nullRate() > 0) {
                continue;
            }
            boolean good = wanted == null
                    ? found == null
                    : found != null && ((BigDecimal) found).subtract(wanted).abs().doubleValue() <= 0.51 * Math.pow(10, -scale);
            boolean exact = s.aggregate() == Strategy.Aggregate.AVERAGE || wanted == null || found == null
                    || scale < wanted.scale() || ((BigDecimal) found).compareTo(wanted) == 0;
            if (!good || !exact) {
                fail(name + " over children", found + " instead of " + wanted);
            }
        }
    }

    private void rule(Rule rule) {
        TableRows table = tables.get(rule.table());
        for (Object[] row : table.rows()) {
            for (Comparison comparison : rule.comparisons()) {
                for (Object left : values(table, row, comparison.left())) {
                    List<Object> rights = values(table, row, comparison.right());
                    if (left != null && !rights.isEmpty() && rights.stream().noneMatch(r -> r == null || holds(left, comparison.operator(), r))) {
                        fail("rule " + rule.name(), left + " " + comparison.operator().sign() + " " + rights + " does not hold");
                    }
                }
            }
        }
    }

    private List<Object> values(TableRows table, Object[] row, Operand operand) {
        return switch (operand) {
            case Operand.Number number -> List.of(BigDecimal.valueOf(number.value()));
            case Operand.Own own -> Arrays.asList(table.get(row, own.column()));
            case Operand.OfParent of ->
                parentsOf(table, row, of.via(), of.table()).stream().map(p -> tables.get(of.table()).get(p, of.column())).toList();
        };
    }

    @SuppressWarnings("unchecked")
    private static boolean holds(Object left, Rule.Operator operator, Object right) {
        if (left.getClass() != right.getClass()) {
            return true;
        }
        int order = ((Comparable<Object>) left).compareTo(right);
        return switch (operator) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            case EQUAL -> order == 0;
            case DIFFERENT -> order != 0;
        };
    }
}
