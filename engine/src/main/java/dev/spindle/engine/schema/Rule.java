package dev.spindle.engine.schema;

import java.util.List;

/**
 * What every row of a table keeps: one or more comparisons, all of which hold.
 *
 * @param name the rule's name
 * @param table the table whose rows keep it
 * @param comparisons joined by AND
 */
public record Rule(String name, String table, List<Comparison> comparisons) {

    /** {@code left operator right}. */
    public record Comparison(Operand left, Operator operator, Operand right) {
        /** The same with its sides exchanged. */
        public Comparison mirrored() {
            return new Comparison(right, operator.mirrored(), left);
        }
    }

    /** One side of a comparison. */
    public sealed interface Operand {
        record Number(double value) implements Operand {}

        record Own(String column) implements Operand {}

        /** A column of the row's parent that the foreign key {@code via} points to. */
        record OfParent(String table, String column, String via) implements Operand {}

        /**
         * The value of an expression. Names with a dot in it are columns of the row's parent.
         *
         * @param factors what the comparison was divided by to have one column alone on the other side: where their
         *     product is below 0 the operator is mirrored, where it is 0 nothing is asked
         * @param via the foreign key to the parent, or null
         */
        record Computed(Expression value, List<Expression> factors, String via) implements Operand {}

        /** A text, to which a column is equal or not. */
        record Text(String value) implements Operand {}
    }

    /** Comparison operators. */
    public enum Operator {
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        EQUAL("=="),
        DIFFERENT("!=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }

        /** The operator with its sides exchanged: {@code a < b} is {@code b > a}. */
        public Operator mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case EQUAL -> EQUAL;
                case DIFFERENT -> DIFFERENT;
            };
        }
    }
}
