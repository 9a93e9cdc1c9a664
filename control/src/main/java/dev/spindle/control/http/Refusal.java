package dev.spindle.control.http;

import dev.spindle.control.json.Field;
import dev.spindle.control.json.JsonOut;
import dev.spindle.control.json.Shape;
import dev.spindle.control.live.ProblemTree;
import dev.spindle.engine.error.Problem;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that is not granted, as a problem document (RFC 9457). */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the document looks like. */
    static final Shape.Members SHAPE = Shape.open(
            Field.of("type", Shape.text(200), "Always about:blank: the status says what kind it is.").mandatory(),
            Field.of("title", Shape.text(100), "The status in words.").mandatory(),
            Field.of("status", Shape.whole(400, 599), "The status.").mandatory(),
            Field.of("detail", Shape.text(4_000), "What was wrong, in one line.").mandatory(),
            Field.of("problems", Shape.items(ProblemTree.SHAPE, 10_000), "One entry for each wrong field."),
            Field.of("revision", Shape.whole(1, Long.MAX_VALUE), "The plan's revision, where another one was expected."));

    private final int status;
    private final String detail;
    private final transient List<Problem> problems;
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private final transient Map<String, Object> more = new LinkedHashMap<>();

    Refusal(int status, String detail, List<Problem> problems) {
        super(detail, null, false, false);
        this.status = status;
        this.detail = detail;
        this.problems = List.copyOf(problems);
    }

    Refusal(int status, String detail) {
        this(status, detail, List.of());
    }

    /** Wrong input: nothing has changed. */
    static Refusal wrong(List<Problem> problems) {
        String detail = problems.size() == 1
                ? problems.getFirst().toString()
                : problems.size() + " problems; the first: " + problems.getFirst();
        return new Refusal(400, detail, problems);
    }

    static Refusal unknownRun(String id) {
        return new Refusal(404, "there is no run " + id);
    }

    static Refusal ended(String id) {
        return new Refusal(409, "the run " + id + " is over: it cannot be changed any more");
    }

    /** The plan has moved on. */
    static Refusal stale(long revision) {
        Refusal refusal = new Refusal(412, "the plan has moved on: its revision is " + revision);
        refusal.headers.put("ETag", "\"" + revision + "\"");
        refusal.more.put("revision", revision);
        return refusal;
    }

    Refusal header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    Answer answer() {
        Map<String, Object> tree = JsonOut.object(
                "type", "about:blank",
                "title", HttpResponseStatus.valueOf(status).reasonPhrase(),
                "status", status,
                "detail", detail);
        if (!problems.isEmpty()) {
            tree.put("problems", ProblemTree.all(problems));
        }
        tree.putAll(more);
        Answer answer = new Answer(status, "application/problem+json", JsonOut.text(tree));
        headers.forEach(answer::header);
        return answer;
    }
}
