package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Rule;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Business rules hold in every row. */
final class RulePromises {

    private final Streamed streamed;
    private final Broken broken;

    RulePromises(Streamed streamed, Broken broken) {
        this.streamed = streamed;
        this.broken = broken;
    }

    /** Whether a rule that compares the column with another may have moved it. */
    boolean mayBend(TableRows table, ColumnDefinition column) {
        for (Rule rule : streamed.schema().rules()) {
            for (Comparison comparison : rule.comparisons()) {
                boolean here = rule.table().equals(table.table().name())
                        && (reads(comparison.left(), column) || reads(comparison.right(), column));
                if (here && !(comparison.left() instanceof Operand.Number) && !(comparison.right() instanceof Operand.Number)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean reads(Operand operand, ColumnDefinition column) {
        return switch (operand) {
            case Operand.Own own -> own.column().equals(column.name());
            case Operand.Computed computed -> computed.value().columns().contains(column.name());
            default -> false;
        };
    }

    void check(Rule rule) {
        TableRows table = streamed.table(rule.table());
        for (Object[] row : table.rows()) {
            for (Comparison comparison : rule.comparisons()) {
                check(rule, comparison, table, row);
            }
        }
    }

    private void check(Rule rule, Comparison comparison, TableRows table, Object[] row) {
        List<Object> rights = values(table, row, comparison.right());
        for (Object left : values(table, row, comparison.left())) {
            boolean holds = left == null
                    || rights.isEmpty()
                    || rights.stream().anyMatch(right -> right == null || holds(left, comparison.operator(), right));
            if (!holds) {
                broken.add("rule " + rule.name(), left + " " + comparison.operator().sign() + " " + rights + " does not hold");
            }
        }
    }

    private List<Object> values(TableRows table, Object[] row, Operand operand) {
        return switch (operand) {
            case Operand.Number number -> List.of(BigDecimal.valueOf(number.value()));
            case Operand.Own own -> Arrays.asList(table.get(row, own.column()));
            case Operand.Text text -> List.of(text.value());
            case Operand.Computed computed -> Arrays.asList(computed(table, row, computed));
            case Operand.OfParent of ->
                streamed.parentsOf(table, row, of.via(), of.table()).stream()
                        .map(p -> streamed.table(of.table()).get(p, of.column()))
                        .toList();
        };
    }

    /** The exact value of an expression, to 34 digits where it divides; null when something in it is null. */
    private BigDecimal computed(TableRows table, Object[] row, Operand.Computed computed) {
        Map<String, BigDecimal> columns = new HashMap<>();
        for (String name : computed.value().columns()) {
            int dot = name.indexOf('.');
            List<Object> found = dot < 0
                    ? Arrays.asList(table.get(row, name))
                    : values(table, row, new Operand.OfParent(name.substring(0, dot), name.substring(dot + 1), computed.via()));
            if (found.isEmpty() || found.getFirst() == null) {
                return null;
            }
            columns.put(name, (BigDecimal) found.getFirst());
        }
        return FormulaValue.exact(computed.value(), columns::get);
    }

    @SuppressWarnings("unchecked")
    private static boolean holds(Object left, Rule.Operator operator, Object right) {
        if (left instanceof Boolean truth) {
            return (truth.toString().equals(right)) == (operator == Rule.Operator.EQUAL);
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
