package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.draw.AliasTable;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import java.time.LocalDate;

/** Steps whose value hangs on other values of the row, or on the other rows of its parent. */
final class ContextSteps {

    private static final long HOUR_MICROS = 3_600_000_000L;

    private ContextSteps() {}

    /** Which case a value belongs to. */
    interface Which {
        int of(long value);
    }

    /** Cases listed for the values from {@code least} on. */
    record ByTable(long least, int[] cases, int otherwise) implements Which {
        @Override
        public int of(long value) {
            long at = value - least;
            return at >= 0 && at < cases.length && value != NULL ? cases[(int) at] : otherwise;
        }
    }

    /** Ranges of numbers, each as its least, its most and its case. */
    record ByRange(long[][] ranges, int otherwise) implements Which {
        @Override
        public int of(long value) {
            if (value != NULL) {
                for (long[] range : ranges) {
                    if (value >= range[0] && value <= range[1]) {
                        return (int) range[2];
                    }
                }
            }
            return otherwise;
        }
    }

    /** One of several steps, by a value of the row. */
    record Switch(int slot, Which which, Step[] steps) implements Step {
        @Override
        public long value(RowCursor at) {
            return steps[which.of(at.values[slot])].value(at);
        }

        @Override
        public long between(RowCursor at, long least, long most) {
            return steps[which.of(at.values[slot])].between(at, least, most);
        }
    }

    record HourOfDay(int slot) implements Step {
        @Override
        public long value(RowCursor at) {
            long micros = at.values[slot];
            return micros == NULL ? NULL : Math.floorMod(micros, Calendar.DAY_MICROS) / HOUR_MICROS;
        }
    }

    /** 1 for Monday to 7 for Sunday. */
    record DayOfWeek(int slot) implements Step {
        @Override
        public long value(RowCursor at) {
            long micros = at.values[slot];
            return micros == NULL ? NULL : Math.floorMod(Math.floorDiv(micros, Calendar.DAY_MICROS) + 3, 7) + 1;
        }
    }

    /** The month, 1 to 12, or the day of the month. Remembers the last day that it was asked for. */
    static final class CalendarPart implements Step {
        private final int slot;
        private final boolean month;
        private long day = Long.MIN_VALUE;
        private int part;

        CalendarPart(int slot, boolean month) {
            this.slot = slot;
            this.month = month;
        }

        @Override
        public long value(RowCursor at) {
            long micros = at.values[slot];
            if (micros == NULL) {
                return NULL;
            }
            long wanted = Math.floorDiv(micros, Calendar.DAY_MICROS);
            if (wanted != day) {
                LocalDate date = LocalDate.ofEpochDay(wanted);
                part = month ? date.getMonthValue() : date.getDayOfMonth();
                day = wanted;
            }
            return part;
        }
    }

    /** Whole units from one moment to another. */
    record Elapsed(int slot, int since, long unitMicros) implements Step {
        @Override
        public long value(RowCursor at) {
            long to = at.values[slot];
            long from = at.values[since];
            return to == NULL || from == NULL ? NULL : Math.floorDiv(to - from, unitMicros);
        }
    }

    record LastOfParent(int parentSlot, Family family, long whenLast) implements Step {
        @Override
        public long value(RowCursor at) {
            long parent = at.values[parentSlot];
            return parent != NULL && family.lastRow(parent) == at.row ? whenLast : 1 - whenLast;
        }
    }

    record Ordinal(int parentSlot, Family family) implements Step {
        @Override
        public long value(RowCursor at) {
            long parent = at.values[parentSlot];
            return parent == NULL ? NULL : family.ordinal(at.row, parent);
        }
    }

    /** A value of another row of the same parent, {@code offset} places on, or another where there is no such row. */
    record Sibling(int parentSlot, Family family, int offset, RowCursor other, Step value, Step otherwise) implements Step {
        @Override
        public long value(RowCursor at) {
            long parent = at.values[parentSlot];
            long row = parent == NULL ? -1 : family.sibling(at.row, parent, offset);
            if (row < 0) {
                return otherwise.value(at);
            }
            other.seek(row);
            return value.value(at);
        }
    }

    /** A value of the row that another cursor stands at. */
    record OtherValue(RowCursor other, int slot) implements Step {
        @Override
        public long value(RowCursor at) {
            return other.values[slot];
        }
    }

    /** A text of the row that another cursor stands at, copied into this row's. */
    record OtherText(RowCursor other, int slot) implements Step {
        @Override
        public long value(RowCursor at) {
            long value = other.values[slot];
            return value == NULL
                    ? NULL
                    : at.event.appendText(other.event.text, Event.textOffset(value), Event.textLength(value));
        }
    }

    /** The state that a parent's rows have come to: drawn from its first row on, with a draw for each place. */
    record MarkovChain(int parentSlot, Family family, AliasTable start, AliasTable[] next, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            long parent = at.values[parentSlot];
            if (parent == NULL) {
                return NULL;
            }
            int place = family.ordinal(at.row, parent);
            long parentKey = Draw.bits(key, parent);
            int state = start.pick(Draw.bits(parentKey, 1));
            for (int i = 2; i <= place; i++) {
                state = next[state].pick(Draw.bits(parentKey, i));
            }
            return state;
        }
    }
}
