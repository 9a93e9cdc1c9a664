package dev.spindle.engine.anomaly;

import dev.spindle.engine.anomaly.Draft.Kind;

/** Turns definitions into drafts and complete drafts into definitions. */
final class Definitions {

    private Definitions() {}

    static Draft draft(Anomaly anomaly, String path) {
        return switch (anomaly) {
            case PointAnomaly point -> {
                Draft draft = new Draft(Kind.POINT, path, point.name());
                draft.column = point.column();
                draft.multiplierLow = point.multiplierLow();
                draft.multiplierHigh = point.multiplierHigh();
                draft.fraction = point.fraction();
                yield draft;
            }
            case ContextualAnomaly contextual -> {
                Draft draft = new Draft(Kind.CONTEXTUAL, path, contextual.name());
                draft.column = contextual.column();
                draft.conditionColumn = contextual.conditionColumn();
                draft.normalValues = contextual.normalValues();
                draft.anomalousValues = contextual.anomalousValues();
                draft.fraction = contextual.fraction();
                yield draft;
            }
            case CollectiveAnomaly collective -> {
                Draft draft = new Draft(Kind.COLLECTIVE, path, collective.name());
                draft.groupColumn = collective.groupColumn();
                draft.timestampColumn = collective.timestampColumn();
                draft.window = collective.window();
                draft.period = collective.period();
                draft.fraction = collective.fraction();
                yield draft;
            }
        };
    }

    /** The definition that a draft without problems is. */
    static Anomaly anomaly(Draft draft) {
        return switch (draft.kind) {
            case POINT -> new PointAnomaly(
                    draft.name, draft.column, draft.multiplierLow, draft.multiplierHigh, draft.fraction);
            case CONTEXTUAL -> new ContextualAnomaly(
                    draft.name,
                    draft.column,
                    draft.conditionColumn,
                    draft.normalValues,
                    draft.anomalousValues,
                    draft.fraction);
            case COLLECTIVE -> new CollectiveAnomaly(
                    draft.name, draft.groupColumn, draft.timestampColumn, draft.window, draft.period, draft.fraction);
        };
    }
}
