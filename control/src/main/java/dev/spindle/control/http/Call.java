package dev.spindle.control.http;

import dev.spindle.control.json.Body;
import dev.spindle.control.run.ControlledRun;
import dev.spindle.control.run.Runs;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonValue;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.OptionalLong;

/** One request, as the operations see it. */
final class Call {

    private final RoutingContext context;
    private final Runs runs;
    private final byte[] body;

    Call(RoutingContext context, Runs runs, byte[] body) {
        this.context = context;
        this.runs = runs;
        this.body = body;
    }

    /** The run that the path names. @throws Refusal 404 when there is none */
    ControlledRun run() {
        String id = context.pathParam("id");
        return runs.get(id).orElseThrow(() -> Refusal.unknownRun(id.length() <= 60 ? id : id.substring(0, 60) + "…"));
    }

    String path(String name) {
        return context.pathParam(name);
    }

    /** The body as JSON. @throws dev.spindle.engine.error.ConfigurationException when it is none */
    JsonValue body() {
        return Body.parse(body);
    }

    /** A query parameter that is one of a few words, the first when it is not given. */
    String choice(String name, List<String> words) {
        String given = context.queryParams().get(name);
        if (given != null && !words.contains(given)) {
            throw Refusal.wrong(List.of(new Problem(name, given, "is not known here", "one of " + String.join(", ", words))));
        }
        return given == null ? words.getFirst() : given;
    }

    /**
     * The revision that {@code If-Match} asks for, empty when any will do. Of several the one that is current; what is no
     * strong tag of a number matches nothing (RFC 9110, section 13.1.1).
     */
    OptionalLong expectedRevision(long current) {
        List<String> given = context.request().headers().getAll("If-Match");
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        for (String tag : String.join(",", given).split(",")) {
            if (tag.strip().equals("*") || tag.strip().equals("\"" + current + "\"")) {
                return tag.strip().equals("*") ? OptionalLong.empty() : OptionalLong.of(current);
            }
        }
        return OptionalLong.of(-1);
    }
}
