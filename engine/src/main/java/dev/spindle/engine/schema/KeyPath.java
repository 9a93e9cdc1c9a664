package dev.spindle.engine.schema;

import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.ColumnRef;
import dev.spindle.engine.schema.Schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way from a row to one of another table: a key column, or several joined by dots, each a column of the table that the
 * one before it leads to.
 */
public final class KeyPath {

    private KeyPath() {}

    /** The first key column of a path. */
    public static String head(String via) {
        int dot = via == null ? -1 : via.indexOf('.');
        return dot < 0 ? via : via.substring(0, dot);
    }

    /** The path behind the first key column, or null. */
    public static String tail(String via) {
        int dot = via.indexOf('.');
        return dot < 0 ? null : via.substring(dot + 1);
    }

    /** The table that a path leads to; empty when it leads nowhere. */
    public static Optional<String> target(Schema schema, Table table, String via) {
        Optional<String> next = pointsTo(schema, table, head(via), new HashSet<>());
        String rest = tail(via);
        return rest == null ? next : next.map(schema.tables()::get).flatMap(t -> target(schema, t, rest));
    }

    /** The key columns of a path, as far as it leads. */
    static List<ColumnRef> columns(Schema schema, Table table, String via) {
        List<ColumnRef> columns = new ArrayList<>();
        Table at = table;
        for (String rest = via; at != null && rest != null; rest = tail(rest)) {
            columns.add(new ColumnRef(at.name(), head(rest)));
            at = pointsTo(schema, at, head(rest), new HashSet<>()).map(schema.tables()::get).orElse(null);
        }
        return columns;
    }

    /** The table that a foreign key column, or a copy of one, points to. */
    private static Optional<String> pointsTo(Schema schema, Table table, String column, Set<String> seen) {
        ColumnDefinition definition = table.column(column);
        if (definition == null || !seen.add(table.name() + "." + column)) {
            return Optional.empty();
        }
        return switch (definition.strategy()) {
            case Strategy.ForeignKey key -> Optional.of(key.ref().table()).filter(schema.tables()::containsKey);
            case Strategy.SelfReferencing self -> Optional.of(table.name());
            case Strategy.Lookup lookup -> {
                Table source = schema.tables().get(lookup.source().table());
                if (source == null) {
                    yield Optional.empty();
                }
                yield source.primaryKey().equals(List.of(lookup.source().column()))
                        ? Optional.of(source.name())
                        : pointsTo(schema, source, lookup.source().column(), seen);
            }
            default -> Optional.empty();
        };
    }
}
