package dev.spindle.engine.promises;

import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.schema.DataSets;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Strategy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values come from the data sets, as often as their weights say, and those of one record stay together. */
final class DataPromises {

    private final Streamed streamed;
    private final Broken broken;
    private final LawPromises laws;
    private final TextPromises texts;

    DataPromises(Streamed streamed, Broken broken, LawPromises laws, TextPromises texts) {
        this.streamed = streamed;
        this.broken = broken;
        this.laws = laws;
        this.texts = texts;
    }

    void referenceData(Checked checked, Strategy.ReferenceData strategy) {
        listed(checked, strategy.dataSet(), strategy.field(), strategy.weightField());
    }

    void recordSample(Checked checked, Strategy.RecordSample strategy) {
        if (strategy.unique() && checked.column().type() == DataType.STRING) {
            texts.unique(checked);
        } else if (!strategy.unique()) {
            listed(checked, strategy.dataSet(), strategy.field(), strategy.weightField());
        }
        records(checked, strategy.dataSet());
    }

    void recordField(Checked checked, Strategy.RecordField strategy) {
        records(checked, strategy.dataSet());
    }

    void fixed(Checked checked, Strategy.Fixed strategy) {
        for (Object[] row : checked.rows()) {
            Object found = checked.value(row);
            boolean good = strategy.value() instanceof JsonNull
                    ? found == null
                    : found == null || Streamed.same(found, text(strategy.value()));
            if (!good) {
                broken.add(checked.name() + " fixed", found + " instead of " + strategy.value().brief());
            }
        }
    }

    private List<JsonValue> dataSet(String name) {
        return streamed.schema().dataSets().records(name).orElseThrow();
    }

    private void listed(Checked checked, String dataSet, String field, String weightField) {
        if (checked.column().type().isNumeric()) {
            return;
        }
        List<JsonValue> records = dataSet(dataSet);
        List<JsonValue> values = DataSets.field(records, field).orElseThrow();
        double[] weights = DataSets.weights(records, weightField).orElseThrow();
        if (weights.length != values.size()) {
            weights = new double[values.size()];
            Arrays.fill(weights, 1);
        }
        Map<String, Double> byText = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (!(values.get(i) instanceof JsonNull)) {
                byText.merge(Streamed.cut(text(values.get(i)), checked.column()), weights[i], Double::sum);
            }
        }
        laws.weights(checked, byText);
    }

    private static String text(JsonValue value) {
        return value instanceof JsonNumber number ? number.value().toPlainString() : value.brief();
    }

    /** All columns over a data set show fields of one record. */
    private void records(Checked checked, String dataSet) {
        TableRows table = checked.table();
        Map<ColumnDefinition, String> fields = fields(table, dataSet);
        Set<List<Object>> known = known(table, dataSet(dataSet), fields);
        for (Object[] row : checked.rows()) {
            List<Object> shown = new ArrayList<>();
            boolean someNull = false;
            for (ColumnDefinition column : fields.keySet()) {
                Object value = table.get(row, column.name());
                someNull |= value == null && column.nullRate() > 0;
                boolean numbered = column.strategy() instanceof Strategy.RecordSample s && s.unique();
                shown.add(numbered && value != null ? value.toString().replaceFirst("-\\d+$", "") : TableRows.key(value));
            }
            if (!someNull && !known.contains(shown)) {
                broken.add(table.table().name() + " records of " + dataSet, shown + " are of no one record");
            }
        }
    }

    /** The columns that show a data set's records, and which fields they show. */
    private static Map<ColumnDefinition, String> fields(TableRows table, String dataSet) {
        Map<ColumnDefinition, String> fields = new LinkedHashMap<>();
        for (ColumnDefinition column : table.table().columns().values()) {
            if (column.strategy() instanceof Strategy.RecordSample s && s.dataSet().equals(dataSet)) {
                fields.put(column, s.field());
            }
            if (column.strategy() instanceof Strategy.RecordField s && s.dataSet().equals(dataSet)) {
                fields.put(column, s.field());
            }
        }
        return fields;
    }

    private static Set<List<Object>> known(TableRows table, List<JsonValue> records, Map<ColumnDefinition, String> fields) {
        Map<ColumnDefinition, List<JsonValue>> columns = new LinkedHashMap<>();
        fields.forEach((column, field) -> columns.put(column, DataSets.field(records, field).orElseThrow()));
        Set<List<Object>> known = new HashSet<>();
        for (int i = 0; i < records.size(); i++) {
            List<Object> record = new ArrayList<>();
            for (Map.Entry<ColumnDefinition, List<JsonValue>> column : columns.entrySet()) {
                record.add(shown(column.getValue().get(i), column.getKey(), table));
            }
            known.add(record);
        }
        return known;
    }

    private static Object shown(JsonValue value, ColumnDefinition column, TableRows table) {
        if (value instanceof JsonNull) {
            return null;
        }
        if (column.type().isNumeric()) {
            BigDecimal number = value instanceof JsonNumber n ? n.value() : new BigDecimal(value.brief());
            return TableRows.key(number.setScale(table.column(column.name()).scale(), RoundingMode.HALF_UP));
        }
        if (column.type() == DataType.BOOLEAN) {
            return Boolean.valueOf(value.brief());
        }
        return Streamed.cut(text(value), column);
    }
}
