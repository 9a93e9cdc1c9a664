package dev.spindle.engine.schema;

import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Rule.Operator;
import dev.spindle.engine.schema.Schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the business rules, which files state in five forms, into comparisons. */
final class RuleReader {

    private static final Pattern OF_TABLE = Pattern.compile("([A-Za-z_]\\w*)\\.[A-Za-z_]\\w*");
    private static final List<String> TYPES =
            List.of("constraint", "cross_column", "cross_table", "column_comparison", "temporal_order");

    private final Findings findings;
    private final Map<String, Table> tables;

    RuleReader(Findings findings, Map<String, Table> tables) {
        this.findings = findings;
        this.tables = tables;
    }

    List<Rule> read(Fields in) {
        List<Rule> rules = new ArrayList<>();
        int i = 0;
        for (JsonValue item : in.list("business_rules")) {
            String path = "business_rules[" + i++ + "]";
            if (!(item instanceof JsonObject object)) {
                findings.error(item, path, "must be an object, not " + item.kind(), null);
                continue;
            }
            Fields fields = new Fields(object, path, findings);
            fields.text("description", null);
            Rule rule = rule(fields, fields.text("name", path));
            if (rule != null) {
                rules.add(rule);
            }
            fields.warnOfUnknown();
        }
        return rules;
    }

    private Rule rule(Fields in, String name) {
        String type = in.requiredText("type");
        return switch (type) {
            case "" -> null;
            case "constraint", "cross_column" -> {
                String table = in.requiredText("table");
                yield new Rule(name, table, comparisons(in, table, null));
            }
            case "cross_table" -> crossTable(in, name);
            case "column_comparison" -> columnComparison(in, name);
            case "temporal_order" -> temporalOrder(in, name);
            default -> {
                in.error("type", "is not a type of rule", Suggestion.among(type, TYPES));
                yield null;
            }
        };
    }

    private List<Comparison> comparisons(Fields in, String table, String via) {
        List<Comparison> comparisons = new ArrayList<>();
        String text = in.requiredText("rule");
        if (text.isEmpty()) {
            return comparisons;
        }
        for (String part : RuleText.parts(text)) {
            try {
                comparisons.add(RuleText.comparison(part, table, via));
            } catch (IllegalArgumentException wrong) {
                in.error("rule", "is no comparison: " + part.strip() + ": " + wrong.getMessage(),
                        "such as cost < unit_price, total <= quantity * price or status != 'open', with AND between several");
            }
        }
        return comparisons;
    }

    private Rule crossTable(Fields in, String name) {
        String via = in.requiredText("via");
        String child = in.text("table", childOf(in.requiredText("rule"), via));
        if (child == null) {
            in.error("via", "is a column of neither table of the rule", null);
            return null;
        }
        return new Rule(name, child, comparisons(in, child, via));
    }

    /** The rule's table whose foreign key {@code via} is; else the one that does not own it as its primary key. */
    private String childOf(String rule, String via) {
        String found = null;
        Matcher named = OF_TABLE.matcher(rule);
        while (named.find()) {
            Table table = tables.get(named.group(1));
            if (table != null && table.column(via) != null) {
                if (table.column(via).strategy() instanceof Strategy.ForeignKey) {
                    return table.name();
                }
                if (found == null || !table.primaryKey().contains(via)) {
                    found = table.name();
                }
            }
        }
        return found;
    }

    private Rule columnComparison(Fields in, String name) {
        String table = in.requiredText("table");
        String sign = in.requiredText("operator");
        Operator operator = RuleText.operator(sign);
        if (operator == null) {
            in.error("operator", "is not an operator", "<, <=, >, >=, ==, !=");
            return null;
        }
        Operand left = side(in, "left", table);
        Operand right = side(in, "right", table);
        return left == null || right == null ? null : new Rule(name, table, List.of(new Comparison(left, operator, right)));
    }

    private static Operand side(Fields in, String name, String table) {
        String text = in.requiredText(name);
        try {
            return RuleText.operand(text, table, null);
        } catch (IllegalArgumentException wrong) {
            if (!text.isEmpty()) {
                in.error(name, wrong.getMessage(), "a column, a number, a text in quotes or an expression");
            }
            return null;
        }
    }

    private Rule temporalOrder(Fields in, String name) {
        List<String> named = in.has("tables") ? in.texts("tables") : List.of(in.requiredText("table"));
        if (named.isEmpty() || named.size() > 2) {
            in.error("tables", "must name one table, or child and parent", null);
            return null;
        }
        String child = named.getFirst();
        String key = in.name("join_key");
        String earlier = in.requiredText("earlier");
        String later = in.requiredText("later");
        Table childTable = tables.get(child);
        Operand left = side(childTable, child, named.getLast(), earlier, key);
        Operand right = side(childTable, child, named.getLast(), later, key);
        return new Rule(name, child, List.of(new Comparison(left, Operator.LESS_OR_EQUAL, right)));
    }

    private static Operand side(Table child, String childName, String parentName, String column, String key) {
        boolean own = childName.equals(parentName) || (child != null && child.column(column) != null);
        return own ? new Operand.Own(column) : new Operand.OfParent(parentName, column, key);
    }
}
