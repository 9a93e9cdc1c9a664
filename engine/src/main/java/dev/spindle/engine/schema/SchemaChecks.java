package dev.spindle.engine.schema;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.error.Suggestion;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.schema.Rule.Comparison;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DerivedCount;
import dev.spindle.engine.schema.Schema.Relationship;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.text.TextProviders;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what one part of a schema says of another: that what is named is there, and fits. */
final class SchemaChecks {

    private final Schema schema;
    private final JsonObject root;
    private final Findings findings;

    SchemaChecks(Schema schema, JsonObject root, Findings findings) {
        this.schema = schema;
        this.root = root;
        this.findings = findings;
    }

    void check() {
        for (Table table : schema.tables().values()) {
            for (ColumnDefinition column : table.columns().values()) {
                String path = "tables." + table.name() + ".columns." + column.name() + ".generator";
                check(table, column, column.strategy(), path);
            }
        }
        for (int i = 0; i < schema.relationships().size(); i++) {
            relationship(schema.relationships().get(i), "relationships[" + i + "]");
        }
        schema.rules().forEach(this::rule);
        schema.generation().derived().forEach((table, count) -> {
            if (count instanceof DerivedCount.PerParent perParent) {
                table(perParent.table(), "generation.derived_counts." + table + ".per_parent");
            }
        });
        derivedCountCycles();
        for (List<Schema.ColumnRef> circle : new Dependencies(schema).circles()) {
            Schema.ColumnRef first = circle.getFirst();
            error("tables." + first.table() + ".columns." + first.column(), null,
                    "is a circular dependency: " + String.join(" → ", circle.stream().map(Object::toString).toList()), null);
        }
    }

    private void check(Table table, ColumnDefinition column, Strategy strategy, String path) {
        switch (strategy) {
            case Strategy.ForeignKey key -> foreignKey(table, column, key, path);
            case Strategy.Lookup lookup -> {
                reference(lookup.source().table(), lookup.source().column(), path + ".source_column", path + ".source_table");
                via(table, lookup.via(), lookup.source().table(), path);
                shows(column, schema.tables().get(lookup.source().table()), lookup.source().column(), path);
            }
            case Strategy.ReferenceData data -> dataSet(data.dataSet(), data.field(), data.weightField(), path);
            case Strategy.RecordSample sample -> dataSet(sample.dataSet(), sample.field(), sample.weightField(), path);
            case Strategy.RecordField field -> {
                dataSet(field.dataSet(), field.field(), null, path);
                boolean sampled = table.columns().values().stream()
                        .anyMatch(c -> c.strategy() instanceof Strategy.RecordSample s && s.dataSet().equals(field.dataSet()));
                if (!sampled) {
                    error(path + ".dataset", field.dataSet(), "is drawn by no record_sample of this table", null);
                }
            }
            case Strategy.SelfReferencing self -> own(table, self.keyColumn(), path + ".pk_column");
            case Strategy.SelfReferenceLevel level -> {
                if (table.columns().values().stream().noneMatch(c -> c.strategy() instanceof Strategy.SelfReferencing)) {
                    error(path + ".strategy", "self_ref_field", "needs a self_referencing column in the table", null);
                }
            }
            case Strategy.FirstPerParent first -> {
                if (own(table, first.parentColumn(), path + ".parent_column")) {
                    foreignKeyColumn(table, first.parentColumn(), path + ".parent_column");
                }
            }
            case Strategy.Formula formula ->
                formula.expression().columns().forEach(c -> number(table, c, path + ".expression"));
            case Strategy.Pattern pattern ->
                StrategyReader.columnsOf(pattern).forEach(c -> own(table, c, path + ".format"));
            case Strategy.Correlated correlated -> {
                numeric(column, path);
                number(table, correlated.source(), path + ".source_column");
            }
            case Strategy.Derived derived -> derived(table, column, derived, path);
            case Strategy.Conditional conditional -> {
                own(table, conditional.condition().column(), path + ".condition");
                check(table, column, conditional.whenTrue(), path + ".true_generator");
                check(table, column, conditional.whenFalse(), path + ".false_generator");
            }
            case Strategy.OverChildren over -> overChildren(table, column, over, path);
            case Strategy.WeightedEnum values -> {
                if (column.type().isNumeric() && !values.numeric()) {
                    error(path + ".values", null, "are no numbers, but the column is of a numeric type", null);
                }
            }
            case Strategy.Sequence sequence -> numeric(column, path);
            case Strategy.Distribution distribution -> {
                if (!column.type().isNumeric() && column.type() != Schema.DataType.BOOLEAN) {
                    error(path + ".strategy", "distribution", "makes numbers, but the column is of another type", null);
                }
            }
            case Strategy.Empirical empirical -> numeric(column, path);
            case Strategy.Temporal temporal -> {
                if (!column.type().isTemporal()) {
                    error(path + ".strategy", "temporal", "makes times, but the column is of another type", "date, datetime, timestamp");
                }
            }
            case Strategy.Faker faker -> {
                if (!TextProviders.names().contains(faker.provider()) && !faker.provider().isEmpty()) {
                    error(path + ".provider", faker.provider(), "is no provider of texts",
                            Suggestion.among(faker.provider(), TextProviders.names()));
                }
                if (column.type() != Schema.DataType.STRING && column.type() != Schema.DataType.UUID) {
                    error(path + ".strategy", "faker", "makes texts, but the column is of another type", "string");
                }
            }
            case Strategy.Uuid uuid -> {}
            case Strategy.Fixed fixed -> {
                if (!TypeChecks.shows(column.type(), fixed)) {
                    error(path + ".fixed", fixed.value().brief(), "does not fit the column's type",
                            column.type().name().toLowerCase(java.util.Locale.ROOT));
                }
            }
        }
    }

    private void numeric(ColumnDefinition column, String path) {
        if (!column.type().isNumeric()) {
            error(path + ".strategy", null, "makes numbers, but the column is of another type", "integer, bigint, decimal, float");
        }
    }

    private void foreignKey(Table table, ColumnDefinition column, Strategy.ForeignKey key, String path) {
        if (!reference(key.ref().table(), key.ref().column(), path + ".ref", path + ".ref")) {
            return;
        }
        Table parent = schema.tables().get(key.ref().table());
        shows(column, parent, key.ref().column(), path + ".ref");
        if (key.constrainedBy() != null) {
            boolean here = own(table, key.constrainedBy(), path + ".constrained_by");
            boolean there = parent.column(key.constrainedBy()) != null;
            if (here && !there) {
                error(path + ".constrained_by", key.constrainedBy(), "is no column of " + parent.name(),
                        Suggestion.among(key.constrainedBy(), parent.columns().keySet()));
            }
        }
        if (key.filter() != null && parent.column(key.filter().column()) == null) {
            error(path + ".filter", key.filter().column(), "is no column of " + parent.name(),
                    Suggestion.among(key.filter().column(), parent.columns().keySet()));
        }
    }

    /** A column whose values are computed with. */
    private void number(Table table, String column, String path) {
        if (own(table, column, path) && !table.column(column).type().isNumeric() && table.column(column).type() != Schema.DataType.BOOLEAN) {
            error(path, column, "is no number", "a column of type integer, bigint, decimal or float");
        }
    }

    /** A copy that has another type than what it copies is shown as it is, and that is odd. */
    private void shows(ColumnDefinition column, Table source, String name, String path) {
        if (source != null && source.column(name) != null && !TypeChecks.shows(column.type(), source.column(name).type())) {
            findings.warning(new Problem(
                    path, source.name() + "." + name, "is of another type than the column and is shown as it is",
                    source.column(name).type().name().toLowerCase(java.util.Locale.ROOT), Paths.place(root, path)));
        }
    }

    private void derived(Table table, ColumnDefinition column, Strategy.Derived derived, String path) {
        Table of = derived.table() == null ? table : schema.tables().get(derived.table());
        if (derived.days() == null) {
            shows(column, of, derived.column(), path + ".source");
        } else {
            boolean time = of == null || of.column(derived.column()) == null || of.column(derived.column()).type().isTemporal();
            if (!time || !column.type().isTemporal()) {
                error(path + ".source", derived.column(), "days can be added to a date or time only, in a column of such a type",
                        "date, datetime, timestamp");
            }
        }
        if (derived.table() == null) {
            own(table, derived.column(), path + ".source");
            return;
        }
        if (reference(derived.table(), derived.column(), path + ".source", path + ".source")) {
            via(table, derived.via(), derived.table(), path);
        }
    }

    private void overChildren(Table table, ColumnDefinition column, Strategy.OverChildren over, String path) {
        if (!table(over.childTable(), path + ".child_table")) {
            return;
        }
        Table child = schema.tables().get(over.childTable());
        if (over.childColumn() != null && child.column(over.childColumn()) == null) {
            error(path + ".child_column", over.childColumn(), "is no column of " + child.name(),
                    Suggestion.among(over.childColumn(), child.columns().keySet()));
        }
        ColumnDefinition childColumn = over.childColumn() == null ? null : child.column(over.childColumn());
        boolean ends = over.aggregate() == Strategy.Aggregate.MINIMUM || over.aggregate() == Strategy.Aggregate.MAXIMUM;
        if (childColumn != null && over.aggregate() != Strategy.Aggregate.COUNT) {
            TypeChecks.Kind kind = TypeChecks.of(childColumn.type());
            if (kind != TypeChecks.Kind.NUMBER && !(ends && kind == TypeChecks.Kind.TIME)) {
                error(path + ".child_column", over.childColumn(), "is no number", null);
            } else if (!TypeChecks.shows(column.type(), childColumn.type())) {
                error(path + ".child_column", over.childColumn(), "is of another type than the column", null);
            }
        } else if (over.aggregate() == Strategy.Aggregate.COUNT) {
            numeric(column, path);
        }
        if (foreignKeyTo(child, table.name()).isEmpty()) {
            error(path + ".child_table", child.name(), "has no foreign key to " + table.name(), null);
        }
    }

    /** The child's first foreign key column that points to {@code parent}. */
    static Optional<ColumnDefinition> foreignKeyTo(Table child, String parent) {
        return child.columns().values().stream()
                .filter(c -> c.strategy() instanceof Strategy.ForeignKey key && key.ref().table().equals(parent))
                .findFirst();
    }

    private void via(Table table, String via, String parent, String path) {
        if (own(table, via, path + ".via")) {
            Optional<String> points = pointsTo(table, via, new HashSet<>());
            if (points.isEmpty() || !points.get().equals(parent)) {
                error(path + ".via", via, "is no key of " + parent, null);
            }
        }
    }

    /** The table that a foreign key column, or a copy of one, points to. */
    private Optional<String> pointsTo(Table table, String column, Set<String> seen) {
        ColumnDefinition definition = table.column(column);
        if (definition == null || !seen.add(table.name() + "." + column)) {
            return Optional.empty();
        }
        return switch (definition.strategy()) {
            case Strategy.ForeignKey key -> Optional.of(key.ref().table());
            case Strategy.SelfReferencing self -> Optional.of(table.name());
            case Strategy.Lookup lookup -> {
                Table source = schema.tables().get(lookup.source().table());
                if (source == null) {
                    yield Optional.empty();
                }
                yield source.primaryKey().equals(List.of(lookup.source().column()))
                        ? Optional.of(source.name())
                        : pointsTo(source, lookup.source().column(), seen);
            }
            default -> Optional.empty();
        };
    }

    private void foreignKeyColumn(Table table, String column, String path) {
        if (!(table.column(column).strategy() instanceof Strategy.ForeignKey)) {
            error(path, column, "is no foreign_key column", null);
        }
    }

    private void dataSet(String name, String field, String weightField, String path) {
        if (name.isEmpty() || schema.dataSets().trusted()) {
            return;
        }
        Optional<List<JsonValue>> records;
        try {
            records = schema.dataSets().records(name);
        } catch (ConfigurationException e) {
            for (Problem problem : e.problems()) {
                error(path + ".dataset", name, problem.path() + " " + problem.reason(), null);
            }
            return;
        }
        if (records.isEmpty()) {
            error(path + ".dataset", name, "is no data set in " + schema.dataSets().place(), "a file " + name + ".json there");
            return;
        }
        if (DataSets.field(records.get(), field).isEmpty()) {
            error(path + (field == null ? ".dataset" : ".field"), field == null ? name : field,
                    field == null ? "has records without a name: a field is needed" : "is no field of every record of " + name, null);
        }
        if (weightField != null && DataSets.weights(records.get(), weightField).isEmpty()) {
            error(path + ".weight_field", weightField, "is no weight of 0 or more in every record of " + name, null);
        }
    }

    private void relationship(Relationship relationship, String path) {
        if (relationship.parent().isEmpty() || relationship.child().isEmpty()) {
            return;
        }
        boolean parent = table(relationship.parent(), path + ".parent");
        boolean child = table(relationship.child(), path + ".child");
        if (parent) {
            relationship.parentColumns().forEach(c -> own(schema.tables().get(relationship.parent()), c, path + ".parent_columns"));
        }
        if (child) {
            relationship.childColumns().forEach(c -> own(schema.tables().get(relationship.child()), c, path + ".child_columns"));
        }
    }

    private void rule(Rule rule) {
        String path = "business_rules." + rule.name();
        if (rule.table() == null || rule.table().isEmpty() || !table(rule.table(), path + ".table")) {
            return;
        }
        Table table = schema.tables().get(rule.table());
        for (Comparison comparison : rule.comparisons()) {
            kinds(table, comparison, path);
            for (Operand operand : List.of(comparison.left(), comparison.right())) {
                operand(table, operand, path);
            }
        }
    }

    private void kinds(Table table, Comparison comparison, String path) {
        Optional<TypeChecks.Kind> left = TypeChecks.of(schema, table, comparison.left());
        Optional<TypeChecks.Kind> right = TypeChecks.of(schema, table, comparison.right());
        boolean texts = comparison.left() instanceof Operand.Text || comparison.right() instanceof Operand.Text;
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        boolean truth = texts && (left.get() == TypeChecks.Kind.TRUTH || right.get() == TypeChecks.Kind.TRUTH);
        if (left.get() != right.get() && !truth) {
            error(path, null, "compares a " + left.get().name().toLowerCase(java.util.Locale.ROOT) + " with a "
                    + right.get().name().toLowerCase(java.util.Locale.ROOT), null);
        } else if (texts && comparison.operator() != Rule.Operator.EQUAL && comparison.operator() != Rule.Operator.DIFFERENT) {
            error(path, null, "asks for an order of texts", "== and !=");
        } else if (!texts && left.get() == TypeChecks.Kind.TEXT) {
            error(path, null, "compares two columns of text, which rows could not keep", "numbers, times, or a text in quotes");
        }
    }

    private void operand(Table table, Operand operand, String path) {
        switch (operand) {
            case Operand.Number number -> {}
            case Operand.Text text -> {}
            case Operand.Own own -> own(table, own.column(), path);
            case Operand.OfParent of -> ofParent(table, of, path);
            case Operand.Computed computed -> {
                for (String name : computed.value().columns()) {
                    int dot = name.indexOf('.');
                    if (dot < 0) {
                        number(table, name, path);
                    } else {
                        Operand.OfParent of = new Operand.OfParent(name.substring(0, dot), name.substring(dot + 1), computed.via());
                        if (ofParent(table, of, path)) {
                            number(schema.tables().get(of.table()), of.column(), path);
                        }
                    }
                }
            }
        }
    }

    private boolean ofParent(Table table, Operand.OfParent of, String path) {
        if (!reference(of.table(), of.column(), path, path)) {
            return false;
        }
        if (of.via() == null) {
            error(path, of.table() + "." + of.column(), "needs the foreign key to reach it by", "via or join_key");
        } else {
            via(table, of.via(), of.table(), path);
        }
        return true;
    }

    private boolean reference(String table, String column, String columnPath, String tablePath) {
        if (table.isEmpty() || column.isEmpty() || !table(table, tablePath)) {
            return false;
        }
        return own(schema.tables().get(table), column, columnPath);
    }

    private boolean table(String name, String path) {
        if (name.isEmpty()) {
            return false;
        }
        if (!schema.tables().containsKey(name)) {
            error(path, name, "is no table", Suggestion.among(name, schema.tables().keySet()));
            return false;
        }
        return true;
    }

    private boolean own(Table table, String column, String path) {
        if (column == null || column.isEmpty()) {
            return false;
        }
        if (table.column(column) == null) {
            error(path, column, "is no column of " + table.name(), Suggestion.among(column, table.columns().keySet()));
            return false;
        }
        return true;
    }

    private void derivedCountCycles() {
        for (String table : schema.generation().derived().keySet()) {
            Set<String> seen = new HashSet<>();
            String at = table;
            while (at != null && seen.add(at)) {
                at = schema.generation().derived().get(at) instanceof DerivedCount.PerParent p ? p.table() : null;
            }
            if (at != null && at.equals(table)) {
                error("generation.derived_counts." + table + ".per_parent", at, "is a circular dependency", null);
            }
        }
    }

    /** Reports with the place in the file of the nearest thing on the path that is there. */
    private void error(String path, String value, String reason, String allowed) {
        findings.error(new Problem(path, value, reason, allowed, Paths.place(root, path)));
    }
}
