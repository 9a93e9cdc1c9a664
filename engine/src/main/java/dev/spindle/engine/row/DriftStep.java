package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.column.Scaled;
import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.row.NumberSteps.Node;
import dev.spindle.engine.schema.Law;

/**
 * A value that belongs to an entity and moves with time: base + the entity's own deviation + a daily and a yearly cosine +
 * a slow wander + noise. The wander is value noise in one dimension (K. Perlin, "An Image Synthesizer", 1985, names the
 * idea): numbers drawn for the entity at equal distances of time, joined smoothly, so that any moment is computed from two
 * draws. Null when a part of it is.
 *
 * @param roundPower 10 to the digits that the value is rounded to, 0 for as many as the scale
 * @param power 10 to the column's scale
 */
record DriftStep(
        int entitySlot,
        int timeSlot,
        Node base,
        Node entitySigma,
        Node dailyAmplitude,
        Node peakHour,
        Node weekendFactor,
        Node yearlyAmplitude,
        Node peakDay,
        Node wander,
        double wanderMicros,
        Node noise,
        Node min,
        Node max,
        int[] sources,
        double roundPower,
        double power,
        long key)
        implements Step {

    private static final Sampler NORMAL =
            Sampler.of(new Law.Normal(0, 1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    private static final double DAY_MICROS = Calendar.DAY_MICROS;
    private static final double DAYS_PER_YEAR = 365.2425;
    private static final int CELLS = 1 << 12;
    /** Cosines of a turn in equal cells: {@code StrictMath}'s are slow, and {@code Math}'s are not the same everywhere. */
    private static final double[] COSINES = cosines();

    /** Hours of the week, Monday 0:00 first, about which the weekend comes and goes, six hours each. */
    private static final double WEEKEND_COMES = 4 * 24 + 21;

    private static final double WEEKEND_GOES = 6 * 24 + 21;
    private static final double CHANGE_HOURS = 6;
    private static final double WEEK_HOURS = 7 * 24;

    private static double[] cosines() {
        double[] cosines = new double[CELLS + 1];
        for (int i = 0; i <= CELLS; i++) {
            cosines[i] = StrictMath.cos(2 * StrictMath.PI * i / CELLS);
        }
        return cosines;
    }

    @Override
    public long value(RowCursor at) {
        long entity = at.values[entitySlot];
        long micros = at.values[timeSlot];
        if (entity == NULL || micros == NULL || lacks(at)) {
            return NULL;
        }
        double value = Sampler.clamp(moved(at, entity, micros), min.evaluate(at), max.evaluate(at));
        if (roundPower != 0) {
            value = Scaled.round(value, roundPower) / roundPower;
        }
        return Double.isFinite(value) ? Scaled.round(value, power) : NULL;
    }

    private boolean lacks(RowCursor at) {
        for (int source : sources) {
            if (at.values[source] == NULL) {
                return true;
            }
        }
        return false;
    }

    private double moved(RowCursor at, long entity, long micros) {
        double days = micros / DAY_MICROS;
        return base.evaluate(at)
                + dailyAmplitude.evaluate(at) * wave(days - peakHour.evaluate(at) / 24) * weekend(days, weekendFactor.evaluate(at))
                + yearlyAmplitude.evaluate(at) * wave((days + 1 - peakDay.evaluate(at)) / DAYS_PER_YEAR)
                + entitySigma.evaluate(at) * NORMAL.sample(Draw.bits(key ^ 1, entity))
                + wander.evaluate(at) * wandered(entity, micros / wanderMicros)
                + noise.evaluate(at) * NORMAL.sample(at.bits(key));
    }

    /** The cosine of some turns. */
    private static double wave(double turns) {
        double cell = (turns - Math.floor(turns)) * CELLS;
        int index = (int) cell;
        int next = Math.min(index + 1, CELLS);
        double low = COSINES[Math.min(index, CELLS)];
        return low + (cell - index) * (COSINES[next] - low);
    }

    /** The factor of the daily wave: at weekends another one, gone over to from nine to three at night. */
    private static double weekend(double days, double factor) {
        if (factor == 1) {
            return 1;
        }
        double weeks = (days + 3) / 7; // 1970-01-01 was a Thursday
        double hour = (weeks - Math.floor(weeks)) * WEEK_HOURS;
        double part;
        if (hour < CHANGE_HOURS / 2) {
            part = 0.5 - hour / CHANGE_HOURS;
        } else if (hour < WEEKEND_GOES) {
            part = Sampler.clamp((hour - WEEKEND_COMES) / CHANGE_HOURS, 0, 1);
        } else {
            part = 1 - (hour - WEEKEND_GOES) / CHANGE_HOURS;
        }
        return 1 + part * (factor - 1);
    }

    /** Within -1 to 1, smooth in {@code x}, with another curve for each entity. */
    private double wandered(long entity, double x) {
        double floor = Math.floor(x);
        double part = x - floor;
        long turn = (long) floor;
        long curve = Draw.bits(key ^ 2, entity);
        double from = Draw.unit(curve, turn);
        double to = Draw.unit(curve, turn + 1);
        return 2 * (from + part * part * (3 - 2 * part) * (to - from)) - 1;
    }
}
