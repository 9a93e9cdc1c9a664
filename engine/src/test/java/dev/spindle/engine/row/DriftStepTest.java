package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.NumberSteps.ConstantNode;
import dev.spindle.engine.row.NumberSteps.Node;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DriftStepTest {

    private static final int ENTITY = 0;
    private static final int TIME = 1;
    private static final long DAY = Calendar.DAY_MICROS;
    /** A Wednesday. */
    private static final long START = LocalDate.of(2025, 1, 1).toEpochDay() * DAY;

    private final RowCursor row = new RowCursor(2);

    private static Node of(double value) {
        return new ConstantNode(value);
    }

    private static DriftStep drift(double sigma, double daily, double weekend, double yearly, double wander, double noise) {
        return new DriftStep(
                ENTITY, TIME, of(20), of(sigma), of(daily), of(15), of(weekend), of(yearly), of(200), of(wander), 4.0 * DAY,
                of(noise), of(-1e9), of(1e9), new int[0], 0, 1e6, 77);
    }

    private double at(DriftStep step, long entity, double days) {
        row.row = Double.doubleToLongBits(days) ^ entity;
        row.values[ENTITY] = entity;
        row.values[TIME] = START + (long) (days * DAY);
        return step.value(row) / 1e6;
    }

    @Test
    void shouldPeakAtItsHour() {
        DriftStep step = drift(0, 5, 1, 0, 0, 0);
        assertThat(at(step, 1, 15.0 / 24)).isCloseTo(25, within(1e-4));
        assertThat(at(step, 1, 3.0 / 24)).isCloseTo(15, within(1e-4));
        for (double hour = 0; hour < 24; hour += 0.37) {
            assertThat(at(step, 1, 7 + hour / 24)).isCloseTo(20 + 5 * Math.cos(2 * Math.PI * (hour - 15) / 24), within(1e-4));
        }
    }

    @Test
    void shouldPeakOnItsDayOfTheYear() {
        DriftStep step = drift(0, 0, 1, 9, 0, 0);
        assertThat(at(step, 1, 199)).isCloseTo(29, within(0.01));
        assertThat(at(step, 1, 199 - 182.6)).isCloseTo(11, within(0.01));
    }

    @Test
    void shouldRestAtWeekends() {
        DriftStep step = drift(0, 10, 0.2, 0, 0, 0);
        assertThat(at(step, 1, 15.0 / 24)).as("Wednesday").isCloseTo(30, within(1e-3));
        assertThat(at(step, 1, 3 + 15.0 / 24)).as("Saturday").isCloseTo(22, within(1e-3));
        assertThat(at(step, 1, 4 + 15.0 / 24)).as("Sunday").isCloseTo(22, within(1e-3));
        assertThat(at(step, 1, 5 + 15.0 / 24)).as("Monday").isCloseTo(30, within(1e-3));
        double before = at(step, 1, 0);
        for (double day = 0; day < 14; day += 1.0 / 96) {
            double value = at(step, 1, day);
            assertThat(Math.abs(value - before)).as("step at day %s", day).isLessThan(0.8);
            before = value;
        }
    }

    @Test
    void shouldGiveEachEntityItsOwnLevel() {
        DriftStep step = drift(3, 0, 1, 0, 0, 0);
        int entities = 20_000;
        double sum = 0;
        double squares = 0;
        for (long entity = 0; entity < entities; entity++) {
            double level = at(step, entity, 1) - 20;
            assertThat(at(step, entity, 300) - 20).isEqualTo(level);
            sum += level;
            squares += level * level;
        }
        assertThat(sum / entities).isCloseTo(0, within(6 * 3 / Math.sqrt(entities)));
        assertThat(squares / entities).isCloseTo(9, within(6 * 9 * Math.sqrt(2.0 / entities)));
    }

    @Test
    void shouldWanderSlowlyWithinItsBounds() {
        DriftStep step = drift(0, 0, 1, 0, 2, 0);
        double least = 100;
        double most = -100;
        double before = at(step, 5, 0);
        for (double day = 0; day < 4_000; day += 0.05) {
            double value = at(step, 5, day);
            // A turn of 4 days that goes all the way rises by 1.5 × 4 / 4 a day at most.
            assertThat(Math.abs(value - before)).as("day %s", day).isLessThan(0.05 * 1.5 + 1e-3);
            least = Math.min(least, value);
            most = Math.max(most, value);
            before = value;
        }
        assertThat(least).isBetween(18.0, 18.2);
        assertThat(most).isBetween(21.8, 22.0);
        assertThat(at(step, 5, 3)).isNotEqualTo(at(step, 6, 3));
    }

    @Test
    void shouldBeNoisyFromRowToRow() {
        DriftStep step = drift(0, 0, 1, 0, 0, 0.5);
        int rows = 50_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            row.row = i;
            row.values[ENTITY] = 1;
            row.values[TIME] = START;
            double noise = step.value(row) / 1e6 - 20;
            sum += noise;
            squares += noise * noise;
        }
        assertThat(sum / rows).isCloseTo(0, within(6 * 0.5 / Math.sqrt(rows)));
        assertThat(squares / rows).isCloseTo(0.25, within(6 * 0.25 * Math.sqrt(2.0 / rows)));
    }

    @Test
    void shouldKeepToItsBoundsAndDigits() {
        DriftStep step = new DriftStep(
                ENTITY, TIME, of(20), of(0), of(30), of(12), of(1), of(0), of(1), of(0), DAY, of(0), of(0), of(35), new int[0], 10,
                1e3, 1);
        row.values[ENTITY] = 1;
        for (int hour = 0; hour < 24; hour++) {
            row.values[TIME] = START + hour * DAY / 24;
            assertThat(step.value(row)).isBetween(0L, 35_000L);
            assertThat(step.value(row) % 100).isZero();
        }
    }

    @Test
    void shouldBeNullWithoutTimeOrEntity() {
        DriftStep step = drift(0, 1, 1, 0, 0, 0);
        row.values[ENTITY] = Event.NULL;
        row.values[TIME] = START;
        assertThat(step.value(row)).isEqualTo(Event.NULL);
        row.values[ENTITY] = 4;
        row.values[TIME] = Event.NULL;
        assertThat(step.value(row)).isEqualTo(Event.NULL);
    }
}
