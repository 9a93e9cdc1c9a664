package dev.spindle.engine.schema;

import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads comparisons such as {@code total <= quantity * price AND status != 'open'}. */
final class RuleText {

    private static final String AND = "AND";

    private RuleText() {}

    /** What stands between the ANDs. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < text.length(); at = next(text, at)) {
            if (isAnd(text, at)) {
                parts.add(text.substring(from, at));
                from = at + AND.length();
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static boolean isAnd(String text, int at) {
        int end = at + AND.length();
        return at > 0
                && end < text.length()
                && text.regionMatches(true, at, AND, 0, AND.length())
                && Character.isWhitespace(text.charAt(at - 1))
                && Character.isWhitespace(text.charAt(end));
    }

    /** The next place to look at: behind a text in quotes, which is passed over. */
    private static int next(String text, int at) {
        char c = text.charAt(at);
        int close = c == '\'' || c == '"' ? text.indexOf(c, at + 1) : at;
        return (close < 0 ? text.length() : close) + 1;
    }

    /**
     * One comparison.
     *
     * @param table the table whose rows keep it: names of its own columns may stand with it or without
     * @param via the foreign key to the parent, or null
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    static Comparison comparison(String text, String table, String via) {
        int at = operatorFrom(text, 0);
        if (at == text.length()) {
            throw new IllegalArgumentException("there is none of <, <=, >, >=, ==, !=");
        }
        int behind = at + 1 < text.length() && text.charAt(at + 1) == '=' ? at + 2 : at + 1;
        Operator operator = operator(text.substring(at, behind));
        if (operator == null) {
            throw new IllegalArgumentException("there is none of <, <=, >, >=, ==, !=");
        }
        if (operatorFrom(text, behind) < text.length()) {
            throw new IllegalArgumentException("it compares more than two things");
        }
        return new Comparison(
                operand(text.substring(0, at), table, via), operator, operand(text.substring(behind), table, via));
    }

    private static int operatorFrom(String text, int from) {
        int at = from;
        while (at < text.length() && "<>=!".indexOf(text.charAt(at)) < 0) {
            at = next(text, at);
        }
        return Math.min(at, text.length());
    }

    static Operator operator(String sign) {
        String normal = sign.equals("=") ? "==" : sign;
        return Arrays.stream(Operator.values())
                .filter(o -> o.sign().equals(normal))
                .findFirst()
                .orElse(null);
    }

    /** One side: a number, a column, a text in quotes, or an expression. */
    static Operand operand(String given, String table, String via) {
        String text = given.strip();
        if (text.length() > 1 && text.matches("'[^']*'|\"[^\"]*\"")) {
            return new Operand.Text(text.substring(1, text.length() - 1));
        }
        Expression expression = Expression.parse(text);
        return switch (expression) {
            case Expression.Constant c -> new Operand.Number(c.value());
            case Expression.Negated n when n.inner() instanceof Expression.Constant c -> new Operand.Number(-c.value());
            case Expression.ColumnValue c -> column(c.column(), table, via);
            default -> new Operand.Computed(expression.renamed(name -> own(name, table)), List.of(), via);
        };
    }

    private static Operand column(String name, String table, String via) {
        if (name.matches("(?i)true|false")) {
            return new Operand.Text(name);
        }
        String known = own(name, table);
        int dot = known.indexOf('.');
        return dot < 0 ? new Operand.Own(known) : new Operand.OfParent(known.substring(0, dot), known.substring(dot + 1), via);
    }

    private static String own(String name, String table) {
        return name.startsWith(table + ".") ? name.substring(table.length() + 1) : name;
    }
}
