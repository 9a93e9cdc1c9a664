package dev.spindle.engine.stamp;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.row.Column;
import dev.spindle.engine.row.ValueText;
import dev.spindle.engine.truth.ValueJson;

/** A single value as it stands in an event's JSON: for the ground truth, not for the hot path. */
public final class ValueJsonText implements ValueJson {

    @Override
    public String json(Column column, long value, Event event) {
        String text = ValueText.text(column, value, event);
        if (text == null) {
            return "null";
        }
        return switch (column.type()) {
            case INTEGER, DECIMAL, FLOAT, BOOLEAN -> text;
            case DATE, TIMESTAMP, DICTIONARY, TEXT -> JsonText.quoted(text);
        };
    }
}
