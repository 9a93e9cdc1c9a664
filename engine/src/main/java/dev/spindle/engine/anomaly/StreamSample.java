package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;

/** A fixed sample of a table's rows: the same for the same stream, from wherever it is begun. */
final class StreamSample {

    private static final int ROWS = 4_096;

    /** Looks at one row of the sample, which it may overwrite. */
    @FunctionalInterface
    interface Visitor {
        void visit(Event row);
    }

    private final AnomalyTable table;

    StreamSample(AnomalyTable table) {
        this.table = table;
    }

    /** Shows every row of the sample: spread evenly over the rows at the run's scale, or all where those are few. */
    void forEach(Visitor visitor) {
        long all = Math.max(1, table.rowCount());
        int rows = (int) Math.min(ROWS, all);
        Event row = new Event(table.slots());
        for (int i = 0; i < rows; i++) {
            long index = (long) ((double) i * all / rows);
            row.textLength = 0;
            row.sequence = index;
            table.rows().fill(index, row);
            visitor.visit(row);
        }
    }

    /** Mean of a number column's absolute values, times 10^scale as they are; 0 where all are null. */
    double meanMagnitude(int column) {
        double[] sumAndCount = new double[2];
        forEach(row -> {
            if (row.values[column] != Event.NULL) {
                sumAndCount[0] += Math.abs((double) row.values[column]);
                sumAndCount[1]++;
            }
        });
        return sumAndCount[1] == 0 ? 0 : sumAndCount[0] / sumAndCount[1];
    }
}
