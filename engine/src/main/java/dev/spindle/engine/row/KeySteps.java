package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.schema.Rule.Operator;
import dev.spindle.engine.schema.Strategy.Aggregate;
import java.util.HashMap;
import java.util.Map;

/** Steps that lead from a row to rows of other tables and read their columns. */
final class KeySteps {

    private KeySteps() {}

    /** The parent's row for a row whose parent has been fixed by the structure of the tables. */
    record StructuralParent(Family family) implements Step {
        @Override
        public long value(RowCursor at) {
            return family.parentOf(at.row);
        }
    }

    /** The row of the cursor whose children are being gone through. */
    record Owner(RowCursor owner) implements Step {
        @Override
        public long value(RowCursor at) {
            return owner.row;
        }
    }

    /** A parent drawn uniformly. */
    record UniformParent(ParentPool pool, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            return pool.row(Draw.below(at.bits(key), pool.count(at)));
        }
    }

    /** A parent drawn by its rank. */
    record ZipfParent(ParentPool pool, Zipf zipf, long key) implements Step {
        private static final int ATTEMPTS = 32;

        @Override
        public long value(RowCursor at) {
            long all = pool.count(at);
            long bits = at.bits(key);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                long rank = zipf.rank(bits);
                if (rank < all) {
                    return pool.row(rank);
                }
                bits = Draw.mix(bits + attempt + 1);
            }
            return pool.row(Draw.below(bits, all));
        }
    }

    record ParetoParent(ParentPool pool, HeavyTail tail, boolean growing, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            return pool.row(tail.pick(at.bits(key), pool.count(at), growing));
        }
    }

    /** Whether a parent will do for a row. */
    interface ParentTest {
        boolean suits(RowCursor at, long parentRow);
    }

    /** A parent with which a comparison holds; null on either side breaks none. */
    record ComparedParent(Step left, Operator operator, RowCursor parent, int slot) implements ParentTest {
        @Override
        public boolean suits(RowCursor at, long parentRow) {
            long wanted = left.value(at);
            if (wanted == NULL) {
                return true;
            }
            parent.seek(parentRow);
            long value = parent.values[slot];
            return value == NULL
                    || switch (operator) {
                        case LESS -> wanted < value;
                        case LESS_OR_EQUAL -> wanted <= value;
                        case GREATER -> wanted > value;
                        case GREATER_OR_EQUAL -> wanted >= value;
                        case EQUAL -> wanted == value;
                        case DIFFERENT -> wanted != value;
                    };
        }
    }

    /**
     * A parent that passes some tests: drawn again, some dozens of times, until one does; then sought one after the other
     * from a drawn place on. The tests from {@code hard} on are wishes, given up first.
     */
    record SuitedParent(Step drawn, ParentPool pool, ParentTest inPool, ParentTest[] tests, int hard, long key) implements Step {
        private static final int WISHES = 12;
        private static final int ATTEMPTS = 60;
        private static final int MOST_SOUGHT = 1 << 16;
        /** How many a pool may miss at its edge, its count erring on the low side. */
        private static final int EDGE = 64;

        @Override
        public long value(RowCursor at) {
            long before = at.salt;
            try {
                long row = drawn.value(at);
                for (int attempt = 1; row != NULL && attempt <= ATTEMPTS; attempt++) {
                    if (suits(at, row, attempt <= WISHES ? tests.length : hard)) {
                        return row;
                    }
                    at.salt = before + attempt * 0x632BE59BD9B4E019L;
                    row = drawn.value(at);
                }
                at.salt = before;
                return row == NULL || hard == 0 || pool == null ? row : sought(at, row);
            } finally {
                at.salt = before;
            }
        }

        private long sought(RowCursor at, long otherwise) {
            long count = pool.count(at);
            long number = Draw.below(at.bits(key), count);
            for (long i = Math.min(count, MOST_SOUGHT); i > 0; i--) {
                long row = pool.row(number);
                if (suits(at, row, hard)) {
                    return row;
                }
                number = number + 1 == count ? 0 : number + 1;
            }
            long edge = inPool == null ? count : Math.min(pool.most(), count + EDGE);
            for (number = count; number < edge; number++) {
                long row = pool.row(number);
                if (inPool.suits(at, row) && suits(at, row, hard)) {
                    return row;
                }
            }
            return otherwise;
        }

        private boolean suits(RowCursor at, long row, int wanted) {
            for (int i = 0; i < wanted; i++) {
                if (!tests[i].suits(at, row)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One of the rows that belong to the same owner as this row: the order's address is one of its customer's. */
    record SiblingParent(int ownerSlot, Family family, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            long owner = at.values[ownerSlot];
            if (owner == NULL) {
                return NULL;
            }
            int count = family.count(owner);
            long first = family.first(owner);
            int drawn = Draw.below(at.bits(key), Math.max(1, count));
            long row = family.row(first + drawn);
            return count > 0 && family.belongs(row) ? row : next(first, count, drawn);
        }

        /** By itself, so that the rest stays small enough to be compiled into the code of a cursor. */
        private long next(long first, int count, int drawn) {
            for (int i = 1; i < count; i++) {
                long row = family.row(first + (drawn + i) % count);
                if (family.belongs(row)) {
                    return row;
                }
            }
            return NULL;
        }
    }

    /** One of the parents that have the row's value in a column; null when none has. */
    static final class SharingParent implements Step {
        private final int slot;
        private final Map<Long, int[]> parents = new HashMap<>();
        private final long key;

        SharingParent(int slot, long[] valuesOfParents, long key) {
            this.slot = slot;
            this.key = key;
            Map<Long, Integer> counts = new HashMap<>();
            for (long value : valuesOfParents) {
                counts.merge(value, 1, Integer::sum);
            }
            counts.forEach((value, count) -> parents.put(value, new int[count]));
            for (int row = 0; row < valuesOfParents.length; row++) {
                int left = counts.merge(valuesOfParents[row], -1, Integer::sum);
                parents.get(valuesOfParents[row])[left] = row;
            }
        }

        @Override
        public long value(RowCursor at) {
            long value = at.values[slot];
            int[] rows = value == NULL ? null : parents.get(value);
            return rows == null ? NULL : rows[Draw.below(at.bits(key), rows.length)];
        }
    }

    /**
     * The parent that stands a drawn delay before the row's own event time: the nearest one to that moment that is at
     * least the shortest delay before the row and, when one is, no more than the longest. While the row is one of the
     * {@code rows} of its table's scale, its parent is one of the {@code parentRows} of its own.
     */
    record ParentBefore(TimeLine parents, int timeSlot, Sampler delayDays, long leastMicros, long mostMicros, long parentRows, long rows, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            long time = at.values[timeSlot];
            if (time == NULL) {
                return NULL;
            }
            long last = at.row < rows ? parentRows - 1 : Long.MAX_VALUE;
            long wanted = time - (long) (delayDays.sample(at.bits(key)) * Calendar.DAY_MICROS);
            long start = parents.startMicros();
            if (wanted < start) { // before the first parent: anywhere since, so that they do not all go to it
                wanted = start + (long) (at.unit(key + 1) * Math.max(0, time - leastMicros - start));
            }
            long rank = Math.min(last, parents.countBy(wanted) - 1);
            long before = parents.micros(rank);
            long after = parents.micros(rank + 1);
            while (after <= wanted && rank < last) { // the count of rows errs on the low side, by one at most
                rank++;
                before = after;
                after = parents.micros(rank + 1);
            }
            boolean nearer = rank < last && (after - wanted < wanted - before || time - before > mostMicros);
            return parents.rowAt(nearer && time - after >= leastMicros ? rank + 1 : rank);
        }
    }

    /** The key of a parent whose keys are a sequence. */
    record SequenceKey(int rowSlot, long start, long step) implements Step {
        @Override
        public long value(RowCursor at) {
            long row = at.values[rowSlot];
            return row == NULL ? NULL : start + step * row;
        }
    }

    /** A column of the parent's row. */
    record ParentValue(int rowSlot, RowCursor parent, int slot, StraightLine line) implements Step {
        ParentValue(int rowSlot, RowCursor parent, int slot) {
            this(rowSlot, parent, slot, null);
        }

        @Override
        public Step settled() {
            return new ParentValue(rowSlot, parent, slot, parent.settled());
        }

        @Override
        public long value(RowCursor at) {
            long row = at.values[rowSlot];
            if (row == NULL) {
                return NULL;
            }
            parent.seek(row, line);
            return parent.values[slot];
        }
    }

    /** A text of the parent's row, copied into this row's. */
    record ParentText(int rowSlot, RowCursor parent, int slot, StraightLine line) implements Step {
        ParentText(int rowSlot, RowCursor parent, int slot) {
            this(rowSlot, parent, slot, null);
        }

        @Override
        public Step settled() {
            return new ParentText(rowSlot, parent, slot, parent.settled());
        }

        @Override
        public long value(RowCursor at) {
            long row = at.values[rowSlot];
            if (row == NULL) {
                return NULL;
            }
            parent.seek(row, line);
            long value = parent.values[slot];
            return value == NULL
                    ? NULL
                    : at.event.appendText(parent.event.text, Event.textOffset(value), Event.textLength(value));
        }
    }

    /** A column of a small parent table, computed for all its rows at start. */
    record TableValue(int rowSlot, long[] column, Step beyond) implements Step {
        @Override
        public long value(RowCursor at) {
            long row = at.values[rowSlot];
            if (row == NULL) {
                return NULL;
            }
            return row < column.length ? column[(int) row] : beyond.value(at);
        }
    }

    /** A figure over the rows of a child table that belong to this row. */
    record OverChildren(
            Family family,
            RowCursor child,
            int slot,
            Aggregate aggregate,
            double childPower,
            double power,
            StraightLine line)
            implements Step {
        OverChildren(Family family, RowCursor child, int slot, Aggregate aggregate, int childScale, int scale) {
            this(family, child, slot, aggregate, Scaled.power(childScale), Scaled.power(scale), null);
        }

        @Override
        public Step settled() {
            OverChildren settled =
                    new OverChildren(family, child, slot, aggregate, childPower, power, child.settled());
            return aggregate == Aggregate.SUM ? SumOfChildren.of(settled) : settled;
        }

        @Override
        public long value(RowCursor at) {
            long first = family.first(at.row);
            long end = first + family.count(at.row);
            child.row = -1; // the owner has moved on: what the cursor holds was computed for another
            long sum = 0;
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            int counted = 0;
            int belonging = 0;
            for (long number = first; number < end; number++) {
                long row = family.row(number);
                if (!family.belongs(row)) {
                    continue;
                }
                belonging++;
                if (aggregate != Aggregate.COUNT) {
                    child.seek(row, line);
                    long value = child.values[slot];
                    if (value != NULL) {
                        counted++;
                        sum += value;
                        least = Math.min(least, value);
                        most = Math.max(most, value);
                    }
                }
            }
            return switch (aggregate) {
                case SUM -> sum;
                case MINIMUM -> counted == 0 ? NULL : least;
                case MAXIMUM -> counted == 0 ? NULL : most;
                case AVERAGE -> counted == 0 ? NULL : Scaled.round(sum / childPower / counted, power);
                case COUNT -> belonging;
            };
        }
    }

    /** Whether the row is the first of its parent. */
    static final class FirstOfParent implements Step {
        private final int parentSlot;
        private final Family family;
        private final long whenFirst;

        FirstOfParent(int parentSlot, Family family, boolean whenFirst) {
            this.parentSlot = parentSlot;
            this.family = family;
            this.whenFirst = whenFirst ? 1 : 0;
        }

        @Override
        public long value(RowCursor at) {
            long parent = at.values[parentSlot];
            return parent != NULL && family.firstRow(parent) == at.row ? whenFirst : 1 - whenFirst;
        }
    }
}
