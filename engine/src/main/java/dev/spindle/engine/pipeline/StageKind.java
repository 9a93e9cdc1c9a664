package dev.spindle.engine.pipeline;

import java.util.Locale;

/** The six stages, in their order. */
public enum StageKind {
    GENERATE,
    PACE,
    REORDER,
    INJECT,
    STAMP,
    PUBLISH;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
