package dev.spindle.engine;

import dev.spindle.engine.anomaly.AnomalyPlans;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.truth.LabelWindowsWriter;
import dev.spindle.engine.truth.LabelledTable;
import dev.spindle.engine.truth.LabelsWriter;
import dev.spindle.engine.truth.Truth;
import java.util.ArrayList;
import java.util.List;

/** The ground-truth files of a run, if any were asked for. */
final class GroundTruth {

    private final LabelsWriter labels;
    private final LabelWindowsWriter windows;

    GroundTruth(StreamConfig config, List<RowPlan> rows, AnomalyPlans anomalies, NanoClock clock) {
        List<LabelledTable> tables = new ArrayList<>();
        for (RowPlan table : rows) {
            tables.add(new LabelledTable(table.table(), anomalies.columns(tables.size()), table.timestampColumn()));
        }
        this.labels = config.labels()
                .map(file -> new LabelsWriter(file, anomalies.types(), tables, clock))
                .orElse(null);
        this.windows = config.labelWindows()
                .map(file -> new LabelWindowsWriter(file, tables))
                .orElse(null);
    }

    /** A truth for one more lane. */
    Truth truth() {
        List<Truth> told = new ArrayList<>();
        if (labels != null) {
            told.add(labels.truth());
        }
        if (windows != null) {
            told.add(windows.truth());
        }
        return told.isEmpty() ? Truth.none() : Truth.all(told);
    }

    /** Opens the files, replacing what is there. */
    void open() {
        if (labels != null) {
            labels.open();
        }
        if (windows != null) {
            windows.open();
        }
    }

    /** Writes what is left to those files that were opened, and closes them. */
    void close() {
        try (labels; windows) {
            // the resources, if any, are closed in turn, and no failure hides another
        }
    }
}
