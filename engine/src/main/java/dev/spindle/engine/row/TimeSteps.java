package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.schema.Law;

/** Steps that compute instants and dates, in microseconds since the epoch. */
final class TimeSteps {

    private TimeSteps() {}

    /** The table's event time. */
    record Ordered(TimeLine times) implements Step {
        @Override
        public long value(RowCursor at) {
            return times.micros(at.row);
        }
    }

    /** The moment from which on a row that has no time of its own is there. */
    record Present(TimeLine times) implements Step {
        @Override
        public long value(RowCursor at) {
            return times.micros(times.rankOf(at.row));
        }
    }

    /** A date that is dealt out to the rows, so that they can be found by it. */
    record Scattered(ScatteredTime times) implements Step {
        @Override
        public long value(RowCursor at) {
            return times.microsOfRow(at.row);
        }
    }

    /** A drawn number of days before another instant of the row that derives from this one. */
    static final class DaysBefore implements Step {
        private final int source;
        private final Sampler days;
        private final long leastMicros;
        private final long mostMicros;
        private final boolean wholeDays;
        private final long startMicros;
        private final long key;

        /** No earlier than {@code startMicros}, where the delays allow. */
        DaysBefore(int source, Law days, boolean wholeDays, long startMicros, long key) {
            Law delays = days == null ? new Law.Constant(0) : days;
            this.source = source;
            this.days = Sampler.of(delays);
            this.leastMicros = Delays.leastMicros(delays);
            this.mostMicros = Delays.mostMicros(delays);
            this.wholeDays = wholeDays;
            this.startMicros = startMicros;
            this.key = key;
        }

        @Override
        public long value(RowCursor at) {
            long to = at.values[source];
            if (to == NULL) {
                return NULL;
            }
            double drawn = days.sample(at.bits(key));
            long delay = wholeDays ? Scaled.round(drawn, 1) * Calendar.DAY_MICROS : (long) (drawn * Calendar.DAY_MICROS);
            long from = to - Math.max(leastMicros, Math.min(mostMicros, delay));
            if (from < startMicros && to - leastMicros >= startMicros) {
                from = startMicros + (long) (at.unit(key + 1) * (to - leastMicros - startMicros + 1));
            }
            if (!wholeDays) {
                return from;
            }
            long day = day(from);
            return to - day > mostMicros && to - day - Calendar.DAY_MICROS >= leastMicros ? day + Calendar.DAY_MICROS : day;
        }
    }

    /** An instant drawn on its own. */
    record Drawn(Calendar calendar, boolean wholeDays, long key) implements Step {
        @Override
        public long value(RowCursor at) {
            long micros = calendar.micros(at.unit(key));
            return wholeDays ? day(micros) : micros;
        }

        @Override
        public long between(RowCursor at, long least, long most) {
            double low = calendar.quantile(least);
            double high = Math.min(1, calendar.quantile(wholeDays ? most + Calendar.DAY_MICROS - 1 : most));
            if (!(low < high)) {
                return NULL;
            }
            long micros = calendar.micros(low + at.unit(key) * (high - low));
            return wholeDays ? day(micros) : micros;
        }
    }

    /** Another instant of the row and a drawn number of days. */
    record DaysAfter(int source, Sampler days, boolean wholeDays, long key) implements Step {
        @Override
        public long value(RowCursor at) {
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
    record DayOf(Step inner) implements Step {
        @Override
        public Step settled() {
            return new DayOf(inner.settled());
        }

        @Override
        public long value(RowCursor at) {
            long micros = inner.value(at);
            return micros == NULL ? NULL : day(micros);
        }
    }

    static long day(long micros) {
        return Math.floorDiv(micros, Calendar.DAY_MICROS) * Calendar.DAY_MICROS;
    }
}
