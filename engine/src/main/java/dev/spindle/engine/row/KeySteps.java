package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.schema.Strategy.Aggregate;

/** Steps that lead from a row to rows of other tables and read their columns. */
final class KeySteps {

    private KeySteps() {}

    /** The parent's row for a row whose parent has been fixed by the structure of the tables. */
    static final class StructuralParent extends Step {
        private final Children children;

        StructuralParent(Children children) {
            this.children = children;
        }

        @Override
        long value(RowCursor at) {
            return children.parentOf(at.row);
        }
    }

    /** The row of the cursor whose children are being gone through. */
    static final class Owner extends Step {
        private final RowCursor owner;

        Owner(RowCursor owner) {
            this.owner = owner;
        }

        @Override
        long value(RowCursor at) {
            return owner.row;
        }
    }

    /** How many parents there are to draw from. */
    interface ParentCount {
        long at(RowCursor row);
    }

    /** As many as the scale says. */
    record FixedCount(long rows) implements ParentCount {
        @Override
        public long at(RowCursor row) {
            return rows;
        }
    }

    /**
     * Those whose event time is not after that of the row. While the row is one of the {@code rows} of its table's scale,
     * they are among the {@code parentRows} of theirs: the two tables, streamed to their ends, fit together.
     */
    record CountByTime(EventTime parents, int timeSlot, long parentRows, long rows) implements ParentCount {
        @Override
        public long at(RowCursor row) {
            long time = row.values[timeSlot];
            if (time == NULL) {
                return parentRows;
            }
            long count = parents.rowsBy(time);
            return row.row < rows ? Math.min(count, parentRows) : count;
        }
    }

    /** A parent drawn uniformly, out of a fraction of all when {@code rate} is below 1. */
    static final class UniformParent extends Step {
        private final ParentCount count;
        private final double rate;
        private final long key;

        UniformParent(ParentCount count, double rate, long key) {
            this.count = count;
            this.rate = rate;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            long all = count.at(at);
            if (rate == 1) {
                return Draw.below(at.bits(key), all);
            }
            long some = Math.max(1, (long) (all * rate));
            return Math.min(all - 1, (long) (Draw.below(at.bits(key), some) / rate));
        }
    }

    /** A parent drawn by its rank. */
    static final class ZipfParent extends Step {
        private static final int ATTEMPTS = 32;
        private final ParentCount count;
        private final Zipf zipf;
        private final long key;

        ZipfParent(ParentCount count, Zipf zipf, long key) {
            this.count = count;
            this.zipf = zipf;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            long all = count.at(at);
            long bits = at.bits(key);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                long rank = zipf.rank(bits);
                if (rank < all) {
                    return rank;
                }
                bits = Draw.mix(bits + attempt + 1);
            }
            return Draw.below(bits, all);
        }
    }

    static final class ParetoParent extends Step {
        private final ParentCount count;
        private final HeavyTail tail;
        private final boolean growing;
        private final long key;

        ParetoParent(ParentCount count, HeavyTail tail, boolean growing, long key) {
            this.count = count;
            this.tail = tail;
            this.growing = growing;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            return tail.pick(at.bits(key), count.at(at), growing);
        }
    }

    /** A parent that meets a condition: drawn again, some dozens of times, until one does. */
    static final class FilteredParent extends Step {
        private static final int ATTEMPTS = 256;
        private final Step drawn;
        private final RowCursor parent;
        private final int tested;
        private final long wanted;
        private final boolean equal;

        FilteredParent(Step drawn, RowCursor parent, int tested, long wanted, boolean equal) {
            this.drawn = drawn;
            this.parent = parent;
            this.tested = tested;
            this.wanted = wanted;
            this.equal = equal;
        }

        @Override
        long value(RowCursor at) {
            long before = at.salt;
            try {
                for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                    at.salt = before + attempt * 0x632BE59BD9B4E019L;
                    long row = drawn.value(at);
                    if (row == NULL) {
                        return NULL;
                    }
                    parent.seek(row);
                    if ((parent.values[tested] == wanted) == equal) {
                        return row;
                    }
                }
                return NULL;
            } finally {
                at.salt = before;
            }
        }
    }

    /** One of the rows that belong to the same owner as this row: the order's address is one of its customer's. */
    static final class SiblingParent extends Step {
        private final int ownerSlot;
        private final Children children;
        private final long key;

        SiblingParent(int ownerSlot, Children children, long key) {
            this.ownerSlot = ownerSlot;
            this.children = children;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            long owner = at.values[ownerSlot];
            if (owner == NULL) {
                return NULL;
            }
            int count = children.count(owner);
            return count == 0 ? NULL : children.first(owner) + Draw.below(at.bits(key), count);
        }
    }

    /**
     * The parent that stands a drawn delay before the row's own event time: the nearest one to that moment that is at
     * least the shortest delay before the row and, when one is, no more than the longest.
     */
    static final class ParentBefore extends Step {
        private final EventTime parents;
        private final int timeSlot;
        private final Sampler delayDays;
        private final long leastMicros;
        private final long mostMicros;
        private final long key;

        ParentBefore(
                EventTime parents, int timeSlot, Sampler delayDays, long leastMicros, long mostMicros, long key) {
            this.parents = parents;
            this.timeSlot = timeSlot;
            this.delayDays = delayDays;
            this.leastMicros = leastMicros;
            this.mostMicros = mostMicros;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            long time = at.values[timeSlot];
            long wanted = time - (long) (delayDays.sample(at.bits(key)) * Calendar.DAY_MICROS);
            long row = parents.rowsBy(Math.max(wanted, parents.startMicros())) - 1;
            long before = parents.micros(row);
            long after = parents.micros(row + 1);
            while (after <= wanted) { // the count of rows errs on the low side, by one at most
                row++;
                before = after;
                after = parents.micros(row + 1);
            }
            boolean nearer = after - wanted < wanted - before || time - before > mostMicros;
            return nearer && time - after >= leastMicros ? row + 1 : row;
        }
    }

    /** The key of a parent whose keys are a sequence. */
    static final class SequenceKey extends Step {
        private final int rowSlot;
        private final long start;
        private final long step;

        SequenceKey(int rowSlot, long start, long step) {
            this.rowSlot = rowSlot;
            this.start = start;
            this.step = step;
        }

        @Override
        long value(RowCursor at) {
            long row = at.values[rowSlot];
            return row == NULL ? NULL : start + step * row;
        }
    }

    /** A column of the parent's row. */
    static final class ParentValue extends Step {
        private final int rowSlot;
        private final RowCursor parent;
        private final int slot;

        ParentValue(int rowSlot, RowCursor parent, int slot) {
            this.rowSlot = rowSlot;
            this.parent = parent;
            this.slot = slot;
        }

        @Override
        long value(RowCursor at) {
            long row = at.values[rowSlot];
            if (row == NULL) {
                return NULL;
            }
            parent.seek(row);
            return parent.values[slot];
        }
    }

    /** A text of the parent's row, copied into this row's. */
    static final class ParentText extends Step {
        private final int rowSlot;
        private final RowCursor parent;
        private final int slot;

        ParentText(int rowSlot, RowCursor parent, int slot) {
            this.rowSlot = rowSlot;
            this.parent = parent;
            this.slot = slot;
        }

        @Override
        long value(RowCursor at) {
            long row = at.values[rowSlot];
            if (row == NULL) {
                return NULL;
            }
            parent.seek(row);
            long value = parent.values[slot];
            return value == NULL
                    ? NULL
                    : at.event.appendText(parent.event.text, Event.textOffset(value), Event.textLength(value));
        }
    }

    /** A column of a small parent table, computed for all its rows at start. */
    static final class TableValue extends Step {
        private final int rowSlot;
        private final long[] column;
        private final Step beyond;

        TableValue(int rowSlot, long[] column, Step beyond) {
            this.rowSlot = rowSlot;
            this.column = column;
            this.beyond = beyond;
        }

        @Override
        long value(RowCursor at) {
            long row = at.values[rowSlot];
            if (row == NULL) {
                return NULL;
            }
            return row < column.length ? column[(int) row] : beyond.value(at);
        }
    }

    /** A figure over the rows of a child table that belong to this row. */
    static final class OverChildren extends Step {
        private final Children children;
        private final RowCursor child;
        private final int slot;
        private final Aggregate aggregate;
        private final double childPower;
        private final double power;

        OverChildren(Children children, RowCursor child, int slot, Aggregate aggregate, int childScale, int scale) {
            this.children = children;
            this.child = child;
            this.slot = slot;
            this.aggregate = aggregate;
            this.childPower = Scaled.power(childScale);
            this.power = Scaled.power(scale);
        }

        @Override
        long value(RowCursor at) {
            long first = children.first(at.row);
            int all = children.count(at.row);
            if (aggregate == Aggregate.COUNT) {
                return all;
            }
            child.row = -1; // the owner has moved on: what the cursor holds was computed for another
            long sum = 0;
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            int counted = 0;
            for (int i = 0; i < all; i++) {
                child.seek(first + i);
                long value = child.values[slot];
                if (value != NULL) {
                    counted++;
                    sum += value;
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
            return switch (aggregate) {
                case SUM -> sum;
                case MINIMUM -> counted == 0 ? NULL : least;
                case MAXIMUM -> counted == 0 ? NULL : most;
                case AVERAGE -> counted == 0 ? NULL : Scaled.round(sum / childPower / counted, power);
                case COUNT -> all;
            };
        }
    }

    /** Whether the row is the first of its parent. */
    static final class FirstOfParent extends Step {
        private final int parentSlot;
        private final Children children;
        private final long whenFirst;

        FirstOfParent(int parentSlot, Children children, boolean whenFirst) {
            this.parentSlot = parentSlot;
            this.children = children;
            this.whenFirst = whenFirst ? 1 : 0;
        }

        @Override
        long value(RowCursor at) {
            long parent = at.values[parentSlot];
            return parent != NULL && children.first(parent) == at.row ? whenFirst : 1 - whenFirst;
        }
    }
}
