package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.Scaled;

/** Steps that compute instants and dates, in microseconds since the epoch. */
final class TimeSteps {

    private TimeSteps() {}

    /** The table's event time. */
    static final class Ordered extends Step {
        private final EventTime times;

        Ordered(EventTime times) {
            this.times = times;
        }

        @Override
        long value(RowCursor at) {
            return times.micros(at.row);
        }
    }

    /** An instant drawn on its own. */
    static final class Drawn extends Step {
        private final Calendar calendar;
        private final boolean wholeDays;
        private final long key;

        Drawn(Calendar calendar, boolean wholeDays, long key) {
            this.calendar = calendar;
            this.wholeDays = wholeDays;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            long micros = calendar.micros(at.unit(key));
            return wholeDays ? day(micros) : micros;
        }
    }

    /** Another instant of the row and a drawn number of days. */
    static final class DaysAfter extends Step {
        private final int source;
        private final Sampler days;
        private final boolean wholeDays;
        private final long key;

        DaysAfter(int source, Sampler days, boolean wholeDays, long key) {
            this.source = source;
            this.days = days;
            this.wholeDays = wholeDays;
            this.key = key;
        }

        @Override
        long value(RowCursor at) {
            long from = at.values[source];
            if (from == NULL) {
                return NULL;
            }
            double drawn = days.sample(at.bits(key));
            if (wholeDays) {
                return day(from) + Scaled.round(drawn, 1) * Calendar.DAY_MICROS;
            }
            return from + (long) (drawn * Calendar.DAY_MICROS);
        }
    }

    /** The day on which an instant lies. */
    static final class DayOf extends Step {
        private final Step inner;

        DayOf(Step inner) {
            this.inner = inner;
        }

        @Override
        long value(RowCursor at) {
            long micros = inner.value(at);
            return micros == NULL ? NULL : day(micros);
        }
    }

    static long day(long micros) {
        return Math.floorDiv(micros, Calendar.DAY_MICROS) * Calendar.DAY_MICROS;
    }
}
