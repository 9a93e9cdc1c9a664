package dev.spindle.engine.schema;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An arithmetic expression over the columns of a row. */
public sealed interface Expression {

    record Constant(double value) implements Expression {}

    record ColumnValue(String column) implements Expression {}

    record Negated(Expression inner) implements Expression {}

    /** {@code operator} is one of {@code + - * /}. */
    record Binary(char operator, Expression left, Expression right) implements Expression {}

    /** The columns it reads, in order. */
    default Set<String> columns() {
        Set<String> found = new LinkedHashSet<>();
        collect(this, found);
        return found;
    }

    /** The same with other names for its columns. */
    default Expression renamed(UnaryOperator<String> names) {
        return switch (this) {
            case Constant c -> c;
            case ColumnValue c -> new ColumnValue(names.apply(c.column()));
            case Negated n -> new Negated(n.inner().renamed(names));
            case Binary b -> new Binary(b.operator(), b.left().renamed(names), b.right().renamed(names));
        };
    }

    private static void collect(Expression expression, Set<String> found) {
        switch (expression) {
            case Constant c -> {}
            case ColumnValue c -> found.add(c.column());
            case Negated n -> collect(n.inner(), found);
            case Binary b -> {
                collect(b.left(), found);
                collect(b.right(), found);
            }
        }
    }

    /**
     * Reads {@code + - * / ( )}, numbers and column names.
     *
     * @throws IllegalArgumentException with one line that says where it goes wrong
     */
    static Expression parse(String text) {
        Parser parser = new Parser(text);
        Expression whole = parser.sum();
        parser.expectEnd();
        return whole;
    }

    /** Recursive descent: sum, product, factor. */
    final class Parser {
        private static final int DEEPEST = 100;
        private final String text;
        private int at;
        private int depth;

        private Parser(String text) {
            this.text = text;
        }

        private Expression sum() {
            Expression left = product();
            while (true) {
                if (take('+')) {
                    left = new Binary('+', left, product());
                } else if (take('-')) {
                    left = new Binary('-', left, product());
                } else {
                    return left;
                }
            }
        }

        private Expression product() {
            Expression left = factor();
            while (true) {
                if (take('*')) {
                    left = new Binary('*', left, factor());
                } else if (take('/')) {
                    left = new Binary('/', left, factor());
                } else {
                    return left;
                }
            }
        }

        private Expression factor() {
            if (++depth > DEEPEST) {
                throw error("is nested too deeply");
            }
            try {
                if (take('-')) {
                    return new Negated(factor());
                }
                if (take('(')) {
                    Expression inner = sum();
                    if (!take(')')) {
                        throw error("a closing parenthesis is missing");
                    }
                    return inner;
                }
                return leaf();
            } finally {
                depth--;
            }
        }

        private Expression leaf() {
            skipSpace();
            int start = at;
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
            String word = text.substring(start, at);
            if (word.isEmpty()) {
                throw error(at == text.length() ? "ends too early" : "a number or a column is missing");
            }
            if (Character.isDigit(word.charAt(0)) || word.charAt(0) == '.') {
                try {
                    return new Constant(Double.parseDouble(word));
                } catch (NumberFormatException e) {
                    throw error(word + " is no number");
                }
            }
            return new ColumnValue(word);
        }

        private static boolean isWord(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '.';
        }

        private boolean take(char wanted) {
            skipSpace();
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private void expectEnd() {
            skipSpace();
            if (at < text.length()) {
                throw error("'" + text.charAt(at) + "' is not expected");
            }
        }

        private IllegalArgumentException error(String what) {
            return new IllegalArgumentException("at character " + (at + 1) + ": " + what);
        }
    }
}
