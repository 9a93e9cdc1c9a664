package dev.spindle.engine.schema;

import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.schema.Rule.Operand;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.Schema.Table;
import java.util.Optional;

/** What kind of values columns have, and whether two kinds go together. */
final class TypeChecks {

    /** Values that can be computed with, ordered in time, told apart, or only shown. */
    enum Kind {
        NUMBER,
        TIME,
        TRUTH,
        TEXT
    }

    private TypeChecks() {}

    static Kind of(DataType type) {
        return switch (type) {
            case INTEGER, BIGINT, DECIMAL, FLOAT -> Kind.NUMBER;
            case DATE, DATETIME, TIMESTAMP -> Kind.TIME;
            case BOOLEAN -> Kind.TRUTH;
            case STRING, UUID -> Kind.TEXT;
        };
    }

    /** Whether a column of one kind can show values of another: text shows all but times. */
    static boolean shows(DataType column, DataType value) {
        Kind to = of(column);
        Kind from = of(value);
        return to == from || (to == Kind.TEXT && from != Kind.TIME);
    }

    /** Whether a column can always have this value. */
    static boolean shows(DataType column, Strategy.Fixed fixed) {
        return switch (fixed.value()) {
            case JsonNull nothing -> true;
            case JsonNumber number -> of(column) == Kind.NUMBER || of(column) == Kind.TEXT;
            case JsonBoolean truth -> of(column) == Kind.TRUTH || of(column) == Kind.TEXT;
            case JsonObject object -> false;
            case JsonArray list -> false;
            default ->
                switch (of(column)) {
                    case NUMBER -> Numbers.isNumber(fixed.value().brief());
                    case TRUTH -> fixed.value().brief().matches("(?i)true|false");
                    case TIME -> fixed.value().brief().matches("\\d{4}-\\d\\d-\\d\\d([T ].*)?");
                    case TEXT -> true;
                };
        };
    }

    /** The kind of an operand's values; nothing when its column is not there. */
    static Optional<Kind> of(Schema schema, Table table, Operand operand) {
        return switch (operand) {
            case Operand.Number number -> Optional.of(Kind.NUMBER);
            case Operand.Computed computed -> Optional.of(Kind.NUMBER);
            case Operand.Text text -> Optional.of(Kind.TEXT);
            case Operand.Own own -> of(table, own.column());
            case Operand.OfParent of -> of(schema.tables().get(of.table()), of.column());
        };
    }

    private static Optional<Kind> of(Table table, String column) {
        return Optional.ofNullable(table).map(t -> t.column(column)).map(c -> of(c.type()));
    }
}
