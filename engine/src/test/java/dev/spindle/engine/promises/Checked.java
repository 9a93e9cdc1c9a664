package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Schema.ColumnDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * A column in some rows of its table, held against one strategy.
 *
 * @param rows all of the table's, or those in which a condition chose the strategy
 * @param bent whether a rule that compares the column with another may have moved its values
 */
record Checked(TableRows table, ColumnDefinition column, List<Object[]> rows, boolean bent) {

    String name() {
        return table.table().name() + "." + column.name();
    }

    boolean wholeTable() {
        return rows == table.rows();
    }

    Object value(Object[] row) {
        return table.get(row, column.name());
    }

    /** The values that are not null. */
    List<Object> values() {
        return rows.stream().map(this::value).filter(Objects::nonNull).toList();
    }

    /** The values of a numeric column, in order. */
    List<BigDecimal> sortedNumbers() {
        return values().stream().map(BigDecimal.class::cast).sorted().toList();
    }

    /** Fraction digits of the column's values. */
    int scale() {
        return table.column(column.name()).scale();
    }

    Checked in(List<Object[]> some) {
        return new Checked(table, column, some, bent);
    }
}
