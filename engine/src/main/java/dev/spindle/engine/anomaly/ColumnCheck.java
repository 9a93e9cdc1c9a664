package dev.spindle.engine.anomaly;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks definitions against the columns of the run's tables. */
final class ColumnCheck {

    private static final int MOST_LISTED = 20;

    private final List<AnomalyTable> tables;
    private final boolean live;
    private List<Problem> problems;
    /** The tables that each definition applies to. */
    private final Map<Draft, List<AnomalyTable>> applying = new HashMap<>();

    ColumnCheck(List<AnomalyTable> tables, boolean live, List<Problem> problems) {
        this.tables = tables;
        this.live = live;
        this.problems = problems;
    }

    /** Index of a column by name, or -1. */
    static int index(AnomalyTable table, String column) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a table has all columns that a definition names. */
    static boolean hasAll(AnomalyTable table, Draft draft) {
        return named(draft).values().stream().allMatch(column -> index(table, column) >= 0);
    }

    void check(Draft draft) {
        Map<String, String> named = named(draft);
        boolean found = true;
        for (Map.Entry<String, String> entry : named.entrySet()) {
            if (tables.stream().allMatch(table -> index(table, entry.getValue()) < 0)) {
                problems.add(new Problem(
                        draft.path + "." + entry.getKey(),
                        entry.getValue(),
                        "no such column in " + tableNames(),
                        Suggestion.among(entry.getValue(), columnNames())));
                found = false;
            }
        }
        List<AnomalyTable> fitting = tables.stream().filter(table -> hasAll(table, draft)).toList();
        if (fitting.isEmpty() && found) {
            problems.add(new Problem(
                    draft.path, draft.name, "none of " + tableNames() + " has all of " + String.join(", ", named.values())));
        }
        // what one table alone has can be checked even where the other columns are wrong
        List<AnomalyTable> right = checkValues(draft, fitting.isEmpty() && tables.size() == 1 ? tables : fitting);
        applying.put(draft, right.isEmpty() ? fitting : right);
    }

    /** The tables that a definition fits; where it fits none, what is wrong with it is told. */
    private List<AnomalyTable> checkValues(Draft draft, List<AnomalyTable> candidates) {
        List<Problem> all = problems;
        List<Problem> misfits = new ArrayList<>();
        List<AnomalyTable> right = new ArrayList<>();
        for (AnomalyTable table : candidates) {
            problems = new ArrayList<>();
            switch (draft.kind) {
                case POINT -> checkPoint(draft, table);
                case CONTEXTUAL -> checkContextual(draft, table);
                case COLLECTIVE -> checkCollective(draft, table);
            }
            if (problems.isEmpty()) {
                right.add(table);
            }
            problems.stream().filter(problem -> !misfits.contains(problem)).forEach(misfits::add);
        }
        problems = all;
        if (right.isEmpty()) {
            problems.addAll(misfits);
        }
        return right;
    }

    /** Whether a definition that has been checked applies to a table: it must be right for one, and then leaves others out. */
    boolean applies(Draft draft, AnomalyTable table) {
        return applying.get(draft).contains(table);
    }

    private static Map<String, String> named(Draft draft) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("column", draft.column);
        named.put("condition_column", draft.conditionColumn);
        named.put("group_column", draft.groupColumn);
        named.put("timestamp_column", draft.timestampColumn);
        named.values().removeIf(column -> column == null || column.isBlank());
        return named;
    }

    private void checkPoint(Draft draft, AnomalyTable table) {
        Column column = column(table, draft.column);
        if (column == null) {
            return;
        }
        switch (column.type()) {
            case INTEGER, DECIMAL, FLOAT -> refuseKey(draft, "column", column);
            default -> problems.add(new Problem(
                    draft.path + ".column",
                    column.name(),
                    "is " + ValueFit.kind(column.type()),
                    "an integer, decimal or float column"));
        }
    }

    private void checkContextual(Draft draft, AnomalyTable table) {
        Column column = column(table, draft.column);
        if (column != null) {
            refuseKey(draft, "column", column);
            if (index(table, column.name()) == table.eventTimeColumn()) {
                problems.add(new Problem(
                        draft.path + ".column",
                        column.name(),
                        "is the event time, which only collective anomalies may change"));
            }
            checkValues(draft, "anomalous_values", draft.anomalousValues, column);
        }
        Column condition = column(table, draft.conditionColumn);
        if (condition != null && checkValues(draft, "normal_values", draft.normalValues, condition)) {
            checkOccurs(draft, condition);
        }
    }

    private boolean checkValues(Draft draft, String key, List<?> values, Column column) {
        int before = problems.size();
        for (int i = 0; values != null && i < values.size(); i++) {
            Object value = values.get(i);
            if (!(value instanceof Draft.NoValue)
                    && ValueFit.of(column, value) instanceof ValueFit.Misfit(String reason, String allowed)) {
                problems.add(new Problem(draft.path + "." + key + "[" + i + "]", String.valueOf(value), reason, allowed));
            }
        }
        return problems.size() == before;
    }

    /** A dictionary has all texts that the column can have; were none of the normal values one, no row would do. */
    private void checkOccurs(Draft draft, Column condition) {
        if (condition.type() != ColumnType.DICTIONARY || draft.normalValues == null || draft.normalValues.isEmpty()) {
            return;
        }
        Dictionary dictionary = condition.dictionary();
        if (draft.normalValues.stream().noneMatch(value -> dictionary.indexOf(String.valueOf(value)) >= 0)) {
            problems.add(new Problem(
                    draft.path + ".normal_values",
                    draft.normalValues.toString(),
                    "no row has one of these in " + condition.name(),
                    texts(dictionary)));
        }
    }

    private static String texts(Dictionary dictionary) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_LISTED, dictionary.size()); i++) {
            texts.add(dictionary.text(i));
        }
        return "one of " + String.join(", ", texts) + (dictionary.size() > MOST_LISTED ? ", …" : "");
    }

    private void checkCollective(Draft draft, AnomalyTable table) {
        Column column = column(table, draft.timestampColumn);
        if (column == null) {
            return;
        }
        if (column.type() != ColumnType.TIMESTAMP && column.type() != ColumnType.DATE) {
            problems.add(new Problem(
                    draft.path + ".timestamp_column",
                    column.name(),
                    "is " + ValueFit.kind(column.type()),
                    "a timestamp or date column"));
            return;
        }
        refuseKey(draft, "timestamp_column", column);
        if (draft.window != null && draft.period == null) {
            Period period = Period.of(draft, table, live);
            if (draft.window.compareTo(java.time.Duration.of(period.lengthMicros(), java.time.temporal.ChronoUnit.MICROS)) > 0) {
                problems.add(new Problem(
                        draft.path + ".window_seconds",
                        Draft.seconds(draft.window),
                        live ? "is longer than a day, the period where none is given" : "is longer than the schema's date range"));
            }
        }
    }

    private void refuseKey(Draft draft, String key, Column column) {
        if (column.key()) {
            problems.add(new Problem(
                    draft.path + "." + key, column.name(), "is a key column, which no anomaly may change"));
        }
    }

    private static Column column(AnomalyTable table, String name) {
        int index = name == null ? -1 : index(table, name);
        return index < 0 ? null : table.columns().get(index);
    }

    private String tableNames() {
        return String.join(", ", tables.stream().map(AnomalyTable::name).toList());
    }

    private List<String> columnNames() {
        return tables.stream()
                .flatMap(table -> table.columns().stream())
                .map(Column::name)
                .distinct()
                .toList();
    }
}
