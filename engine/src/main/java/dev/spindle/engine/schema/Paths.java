package dev.spindle.engine.schema;

import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonObject;

/** Finds the value that a path such as {@code tables.order.columns.status} leads to. */
final class Paths {

    private Paths() {}

    /** Line and column of the nearest thing on the path that is there, or null when it comes from no file. */
    static String place(JsonValue root, String path) {
        JsonValue nearest = nearest(root, path);
        return nearest.at().line() == 0 ? null : nearest.at().line() + ":" + nearest.at().column();
    }

    /** The value at the path, or the last one on the way that is there. */
    static JsonValue nearest(JsonValue root, String path) {
        JsonValue at = root;
        for (String step : path.split("\\.")) {
            int bracket = step.indexOf('[');
            String name = bracket < 0 ? step : step.substring(0, bracket);
            if (!(at instanceof JsonObject object)) {
                return at;
            }
            JsonValue next = object.get(name);
            next = next == null ? object.get(step) : next;
            if (next == null && object.get("params") instanceof JsonObject params) {
                next = params.get(name);
            }
            if (next == null) {
                return at;
            }
            at = next;
            if (bracket >= 0 && at instanceof JsonArray list) {
                String number = step.substring(bracket + 1).replace("]", "");
                int index = number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
                if (index < 0 || index >= list.items().size()) {
                    return at;
                }
                at = list.items().get(index);
            }
        }
        return at;
    }
}
