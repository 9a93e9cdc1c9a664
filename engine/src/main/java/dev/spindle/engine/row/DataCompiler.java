package dev.spindle.engine.row;

import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.Numbers;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Compiles columns whose values are listed: in the schema or in a data set. */
final class DataCompiler {

    private final Scope scope;
    private final ColumnDefinition column;

    DataCompiler(Scope scope, ColumnDefinition column) {
        this.scope = scope;
        this.column = column;
    }

    /** One of some texts, drawn with weights. */
    Compiled chosen(double[] weights, List<String> texts) {
        return listed(texts, values -> new NumberSteps.Weighted(weights, values, scope.key(column.name(), "value")));
    }

    /** Makes the step once it is known which long stands for each text; null for the text's own index. */
    private interface StepOverValues {
        Step of(long[] values);
    }

    /** A text that is null stands for no value. */
    private Compiled listed(List<String> given, StepOverValues step) {
        List<String> texts = given.stream().filter(Objects::nonNull).toList();
        if (texts.size() == given.size()) {
            return present(texts, step);
        }
        int[] places = new int[given.size()];
        int place = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = given.get(i) == null ? -1 : place++;
        }
        return present(texts, values -> {
            long[] all = new long[places.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = places[i] < 0 ? Event.NULL : values == null ? places[i] : values[places[i]];
            }
            return step.of(all);
        });
    }

    private Compiled present(List<String> texts, StepOverValues step) {
        List<Optional<BigDecimal>> numbers = texts.stream().map(Numbers::parse).toList();
        boolean numeric = numbers.stream().allMatch(Optional::isPresent);
        if (column.type() == DataType.BOOLEAN && texts.stream().allMatch(DataCompiler::isTruth)) {
            long[] values = texts.stream().mapToLong(t -> t.equalsIgnoreCase("true") ? 1 : 0).toArray();
            return new Compiled(step.of(values), ColumnType.BOOLEAN, 0, null);
        }
        if (numeric && column.type().isNumeric()) {
            int natural = numbers.stream()
                    .mapToInt(n -> Math.max(0, n.orElseThrow().stripTrailingZeros().scale()))
                    .max()
                    .orElse(0);
            int most = column.type() == DataType.FLOAT ? 8 : Scaled.MOST_DIGITS;
            int scale = column.type().isWhole() ? 0 : column.scale() >= 0 ? column.scale() : Math.min(natural, most);
            long[] values = numbers.stream().mapToLong(n -> Scaled.of(n.orElseThrow(), scale)).toArray();
            ColumnType type =
                    switch (column.type()) {
                        case FLOAT -> ColumnType.FLOAT;
                        case DECIMAL -> ColumnType.DECIMAL;
                        default -> ColumnType.INTEGER;
                    };
            return new Compiled(step.of(values), type, scale, null);
        }
        if (column.type().isTemporal()) {
            Compiled instant = new Compiled(null, ColumnType.TIMESTAMP, 0, null);
            long[] values = texts.stream().mapToLong(t -> Conditions.value(t, instant)).toArray();
            return instant.with(step.of(values));
        }
        return distinct(shortened(texts), step);
    }

    /** Each text once, so that a value and its text are one and the same wherever values are compared. */
    private static Compiled distinct(List<String> texts, StepOverValues step) {
        Dictionary dictionary = new Dictionary(texts.stream().distinct().toList());
        if (dictionary.size() == texts.size()) {
            return Compiled.indexes(step.of(null), dictionary);
        }
        long[] values = texts.stream().mapToLong(dictionary::indexOf).toArray();
        return Compiled.indexes(step.of(values), dictionary);
    }

    private static boolean isTruth(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private List<String> shortened(List<String> texts) {
        if (column.maxLength() == 0) {
            return texts;
        }
        return texts.stream()
                .map(t -> t.codePointCount(0, t.length()) <= column.maxLength()
                        ? t
                        : t.substring(0, t.offsetByCodePoints(0, column.maxLength())))
                .toList();
    }

    Compiled referenceData(Strategy.ReferenceData strategy) {
        List<JsonValue> records = records(strategy.dataSet());
        List<JsonValue> values = values(records, strategy.dataSet(), strategy.field());
        double[] weights = weights(records, strategy.dataSet(), strategy.weightField());
        if (values.size() != weights.length) { // a field inside nested lists: as many values as it has, all alike
            weights = new double[values.size()];
            Arrays.fill(weights, 1);
        }
        return chosen(weights, texts(values));
    }

    /** The row's record, and the field of it that this column shows. */
    Compiled recordSample(Strategy.RecordSample strategy) {
        List<JsonValue> records = records(strategy.dataSet());
        List<String> texts = texts(values(records, strategy.dataSet(), strategy.field()));
        if (strategy.unique() && !texts.contains(null) && column.type() == DataType.STRING && texts.size() == records.size()) {
            int[] order = order(records.size());
            Compiled plain = Compiled.text(new TextSteps.Numbered(new Dictionary(shortened(texts)), order, 0));
            return plain;
        }
        return field(strategy.dataSet(), texts);
    }

    Compiled recordField(Strategy.RecordField strategy) {
        List<JsonValue> records = records(strategy.dataSet());
        return field(strategy.dataSet(), texts(values(records, strategy.dataSet(), strategy.field())));
    }

    private Compiled field(String dataSet, List<String> texts) {
        int record = scope.record(dataSet, this);
        return listed(texts, values -> values == null ? new NumberSteps.Copy(record) : new Listed(record, values));
    }

    /** The step that draws the record which the table's columns over {@code dataSet} share. */
    Step recordStep(String dataSet) {
        for (ColumnDefinition other : scope.table().columns().values()) {
            if (other.strategy() instanceof Strategy.RecordSample sample && sample.dataSet().equals(dataSet)) {
                List<JsonValue> records = records(dataSet);
                if (sample.unique()) {
                    return new InOrder(order(records.size()));
                }
                double[] weights = weights(records, dataSet, sample.weightField());
                return new NumberSteps.Weighted(weights, null, scope.key(other.name(), "record"));
            }
        }
        throw new IllegalStateException("no record_sample of " + dataSet + ": the schema has not been checked");
    }

    /** The records in an order drawn for the table: Fisher and Yates' shuffle. */
    private int[] order(int size) {
        int[] order = new int[size];
        long key = scope.key("", "record order");
        for (int i = 0; i < size; i++) {
            int j = Draw.below(Draw.bits(key, i), i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    Compiled fixed(JsonValue value) {
        return switch (value) {
            case JsonNull nothing -> new Compiled(new AlwaysNull(), ColumnType.INTEGER, 0, null);
            case JsonBoolean truth ->
                new Compiled(new NumberSteps.Constant(truth.value() ? 1 : 0), ColumnType.BOOLEAN, 0, null);
            default -> chosen(new double[] {1}, List.of(value.brief()));
        };
    }

    private List<JsonValue> records(String dataSet) {
        return scope.compiler().schema().dataSets().records(dataSet).orElseThrow(() -> missing(dataSet, "no such data set"));
    }

    private List<JsonValue> values(List<JsonValue> records, String dataSet, String field) {
        return DataSets.field(records, field).orElseThrow(() -> missing(dataSet, "not every record has the field " + field));
    }

    private double[] weights(List<JsonValue> records, String dataSet, String field) {
        return DataSets.weights(records, field).orElseThrow(() -> missing(dataSet, "not every record has the weight " + field));
    }

    private ConfigurationException missing(String dataSet, String reason) {
        return new ConfigurationException(
                new Problem("tables." + scope.table().name() + ".columns." + column.name(), dataSet, reason));
    }

    private static List<String> texts(List<JsonValue> values) {
        List<String> texts = new ArrayList<>(values.size());
        for (JsonValue value : values) {
            texts.add(
                    switch (value) {
                        case JsonNull nothing -> null;
                        case JsonNumber number -> number.value().toPlainString();
                        default -> value.brief();
                    });
        }
        return texts;
    }

    /** A value listed for the row's record. */
    private record Listed(int index, long[] values) implements Step {
        @Override
        public long value(RowCursor at) {
            return values[(int) at.values[index]];
        }
    }

    /** Each record once, then all again in the same order. */
    private record InOrder(int[] order) implements Step {
        @Override
        public long value(RowCursor at) {
            return order[(int) (at.row % order.length)];
        }
    }

    /** Null in every row. */
    static final class AlwaysNull implements Step {
        @Override
        public long value(RowCursor at) {
            return Event.NULL;
        }
    }
}
