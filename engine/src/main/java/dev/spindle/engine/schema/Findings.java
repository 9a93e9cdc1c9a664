package dev.spindle.engine.schema;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a schema file, and what is only odd, while it is read. */
final class Findings {

    private static final int MOST = 1_000;

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void error(JsonValue at, String path, String reason, String allowed) {
        if (errors.size() < MOST) {
            errors.add(problem(at, path, reason, allowed));
        }
    }

    void error(Problem problem) {
        if (errors.size() < MOST) {
            errors.add(problem);
        }
    }

    void warning(Problem problem) {
        if (warnings.size() < MOST) {
            warnings.add(problem);
        }
    }

    void warning(JsonValue at, String path, String reason, String allowed) {
        if (warnings.size() < MOST) {
            warnings.add(problem(at, path, reason, allowed));
        }
    }

    private static Problem problem(JsonValue at, String path, String reason, String allowed) {
        String place = at == null || at.at().line() == 0 ? null : at.at().line() + ":" + at.at().column();
        String value = at == null || at instanceof JsonValue.JsonObject || at instanceof JsonValue.JsonArray ? null : at.brief();
        return new Problem(path, value, reason, allowed, place);
    }

    List<Problem> errors() {
        return errors;
    }

    List<Problem> warnings() {
        return warnings;
    }
}
