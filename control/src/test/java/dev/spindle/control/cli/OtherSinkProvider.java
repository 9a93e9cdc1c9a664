package dev.spindle.control.cli;

import dev.spindle.engine.publish.SinkOption;

/** A second sink, which shares two options with the first and has two of its own. */
public final class OtherSinkProvider extends ProbeSinkProvider {

    /** Found by the service loader. */
    public OtherSinkProvider() {
        super(
                "other",
                SinkOption.of("topic", SinkOption.Type.TEXT, "NAME", "Only the other sink has topics"),
                SinkOption.of("property", SinkOption.Type.PROPERTIES, "K=V", "Anything"));
    }
}
