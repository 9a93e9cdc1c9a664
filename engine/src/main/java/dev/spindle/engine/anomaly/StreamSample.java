package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;

/** A fixed sample of a table's rows: the same for the same stream, from wherever it is begun. */
final class StreamSample {

    /** Every run pays for these rows at its start, when nothing is compiled yet; the mean is good to a few percent. */
    private static final int ROWS_FOR_MEANS = 1_024;

    private static final int ROWS = 4_096;

    /** Looks at one row of the sample, which it may overwrite. */
    @FunctionalInterface
    interface Visitor {
        void visit(Event row);
    }

    private final AnomalyTable table;
    private double[] means;

    StreamSample(AnomalyTable table) {
        this.table = table;
    }

    /** Shows every row of the sample: spread evenly over the rows at the run's scale, or all where those are few. */
    void forEach(Visitor visitor) {
        forEach(ROWS, visitor);
    }

    private void forEach(int most, Visitor visitor) {
        long all = Math.max(1, table.rowCount());
        int rows = (int) Math.min(most, all);
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
        if (means == null) {
            means = means();
        }
        return means[column];
    }

    private double[] means() {
        int columns = table.columns().size();
        double[] sums = new double[columns];
        long[] counts = new long[columns];
        forEach(ROWS_FOR_MEANS, row -> {
            for (int i = 0; i < columns; i++) {
                if (row.values[i] != Event.NULL) {
                    sums[i] += Math.abs((double) row.values[i]);
                    counts[i]++;
                }
            }
        });
        for (int i = 0; i < columns; i++) {
            sums[i] = counts[i] == 0 ? 0 : sums[i] / counts[i];
        }
        return sums;
    }
}
