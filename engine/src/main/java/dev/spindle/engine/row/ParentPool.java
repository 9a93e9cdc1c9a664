package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

/** The parents that a row may have, numbered. */
interface ParentPool {

    /** How many there are for a row: 1 at least. */
    long count(RowCursor at);

    /** How many there are for any row of the scale. */
    long most();

    /** The row of one of them. */
    default long row(long number) {
        return number;
    }

    /** As many as the scale says. */
    record All(long rows) implements ParentPool {
        @Override
        public long most() {
            return rows;
        }

        @Override
        public long count(RowCursor at) {
            return rows;
        }
    }

    /**
     * Those whose time is not after that of the row. While the row is one of the {@code rows} of its table's scale, they
     * are among the {@code parentRows} of theirs: the two tables, streamed to their ends, fit together.
     *
     * @param gapMicros how much earlier than the row they are at least
     */
    record Until(TimeLine parents, TimeIndex index, int timeSlot, long gapMicros, long parentRows, long rows)
            implements ParentPool {
        Until(TimeLine parents, int timeSlot, long gapMicros, long parentRows, long rows) {
            this(
                    parents,
                    parents instanceof SortedFamily ? null : TimeIndex.of(parents, parentRows),
                    timeSlot,
                    gapMicros,
                    parentRows,
                    rows);
        }

        @Override
        public long most() {
            return parentRows;
        }

        @Override
        public long count(RowCursor at) {
            long time = at.values[timeSlot];
            if (time == NULL) {
                return parentRows;
            }
            long count = index == null ? parents.countBy(time - gapMicros) : index.countBy(time - gapMicros);
            return at.row < rows ? Math.min(count, parentRows) : count;
        }

        @Override
        public long row(long number) {
            return parents.rowAt(number);
        }
    }

    /** Those whose time is not before that of the row, the last ones first. */
    record From(TimeLine parents, int timeSlot, long gapMicros, long parentRows) implements ParentPool {
        @Override
        public long most() {
            return parentRows;
        }

        @Override
        public long count(RowCursor at) {
            long time = at.values[timeSlot];
            if (time == NULL) {
                return parentRows;
            }
            long before = parents.micros(0) >= time + gapMicros ? 0 : parents.countBy(time + gapMicros - 1);
            while (before < parentRows && parents.micros(before) < time + gapMicros) {
                before++; // the count errs on the low side, by a few at most
            }
            return Math.max(1, parentRows - before);
        }

        @Override
        public long row(long number) {
            return parents.rowAt(parentRows - 1 - number);
        }
    }

    /** A fraction of another pool, spread evenly over it. */
    record Sampled(ParentPool all, double rate) implements ParentPool {
        @Override
        public long most() {
            return Math.max(1, (long) (all.most() * rate));
        }

        @Override
        public long count(RowCursor at) {
            return Math.max(1, (long) (all.count(at) * rate));
        }

        @Override
        public long row(long number) {
            return all.row((long) (number / rate));
        }
    }

    /** Those of another pool that are listed, by their rising numbers in it. */
    record Listed(ParentPool all, int[] numbers) implements ParentPool {
        @Override
        public long most() {
            return numbers.length;
        }

        @Override
        public long count(RowCursor at) {
            long count = all.count(at);
            int low = 0;
            int high = numbers.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (numbers[middle] < count) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return Math.max(1, low);
        }

        @Override
        public long row(long number) {
            return all.row(numbers[(int) number]);
        }
    }
}
