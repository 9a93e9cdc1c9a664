package dev.spindle.control.live;

import dev.spindle.control.json.Field;
import dev.spindle.control.json.JsonOut;
import dev.spindle.control.json.Shape;
import dev.spindle.engine.error.Problem;
import java.util.List;
import java.util.Map;

/** Problems as JSON: one entry for each wrong field. */
public final class ProblemTree {

    private static final int LONGEST = 10_000;

    /** One entry. */
    public static final Shape.Members SHAPE = Shape.open(
            Field.of("field", Shape.text(LONGEST), "The field's name, as bursts[0].multiplier.").mandatory(),
            Field.of("pointer", Shape.text(LONGEST), "The same as a JSON pointer into the body.").mandatory(),
            Field.of("value", Shape.text(LONGEST), "What was given, shortened; never a secret."),
            Field.of("reason", Shape.text(LONGEST), "Why it will not do.").mandatory(),
            Field.of("allowed", Shape.text(LONGEST), "What would do."),
            Field.of("detail", Shape.text(LONGEST), "All of this in one line.").mandatory());

    private ProblemTree() {}

    public static List<Map<String, Object>> all(List<Problem> problems) {
        return problems.stream().map(ProblemTree::one).toList();
    }

    private static Map<String, Object> one(Problem problem) {
        return JsonOut.object(
                "field", problem.path(),
                "pointer", pointer(problem.path()),
                "value", JsonOut.present(problem.value()),
                "reason", problem.reason(),
                "allowed", JsonOut.present(problem.allowed()),
                "detail", problem.toString());
    }

    /** {@code bursts[0].multiplier} is {@code #/bursts/0/multiplier}; what is about the whole body is {@code #}. */
    static String pointer(String path) {
        if (path.startsWith("(")) {
            return "#";
        }
        return "#/" + path.replace("~", "~0").replace("/", "~1").replace("[", "/").replace("]", "").replace('.', '/');
    }
}
