package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.Schema.DateRange;
import dev.spindle.engine.schema.Strategy.Season;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLineTest {

    private static final long DAY = Calendar.DAY_MICROS;
    private static final DateRange FOUR_YEARS =
            new DateRange(LocalDate.of(2022, 1, 1).toEpochDay(), LocalDate.of(2026, 1, 1).toEpochDay());
    private static final Season WEEKDAYS =
            new Season(List.of(), List.of(1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0), List.of(12.0, 20.0), 2, List.of());

    @Test
    void shouldRiseBeyondTheRangeToTheEndOfTheYear9999() {
        Calendar calendar = new Calendar(FOUR_YEARS, WEEKDAYS);
        long last = Long.MIN_VALUE;
        for (double quantile = 0; quantile < 2_100; quantile += quantile < 3 ? 0.0007 : 1.37) {
            long micros = calendar.micros(quantile);
            assertThat(micros).isBetween(last, Calendar.LAST_MICROS);
            if (micros < Calendar.LAST_MICROS) {
                assertThat(calendar.quantile(micros)).isCloseTo(quantile, org.assertj.core.api.Assertions.within(1e-9 * (1 + quantile)));
            }
            last = micros;
        }
        assertThat(last).isEqualTo(Calendar.LAST_MICROS);
        assertThat(LocalDate.ofEpochDay(Calendar.LAST_MICROS / DAY)).isEqualTo(LocalDate.of(9999, 12, 31));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNeverCountARowThatIsLater(boolean wholeDays) {
        Calendar calendar = new Calendar(FOUR_YEARS, WEEKDAYS);
        EventTime times = new EventTime(calendar, 5_000, 9, 0, wholeDays);
        EventTime late = new EventTime(calendar, 5_000, 9, 3 * DAY, wholeDays, 0.25, 1);
        TimeLine scattered = new ScatteredTime(times, 5_000, 11);
        for (TimeLine line : List.of(times, late, scattered)) {
            risesAndCounts(line, 5_000, 3);
        }
    }

    @Test
    void shouldFindARowByItsScatteredTime() {
        ScatteredTime times = new ScatteredTime(new EventTime(new Calendar(FOUR_YEARS, Season.NONE), 1_000, 9, 0, false), 1_000, 11);
        for (long row = 0; row < 1_000; row++) {
            assertThat(times.rowAt(times.rankOf(row))).isEqualTo(row);
            assertThat(times.microsOfRow(row)).isEqualTo(times.micros(times.rankOf(row)));
        }
    }

    @Test
    void shouldNotComeBeforeItsParents() {
        Calendar calendar = new Calendar(FOUR_YEARS, WEEKDAYS);
        EventTime parents = new EventTime(new Calendar(FOUR_YEARS, Season.NONE), 1_000, 1, 0, false);
        Children children = DealtChildren.of(1_000, 3_100, true, null, 2);
        for (long unit : new long[] {1, DAY}) {
            TimeLine line = new FollowingTime(new EventTime(calendar, 3_100, 3, 0, unit == DAY), parents, children, unit, 1);
            for (long row = 0; row < 3_100; row++) {
                assertThat(line.micros(row)).isGreaterThan(parents.micros(children.parentOf(row)));
                assertThat(line.micros(row) % unit).isZero();
            }
            risesAndCounts(line, 3_100, 10);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {40, 1_000, 1_009, 300_000})
    void shouldSortChildrenThatFollowTheirParents(long parentRows) {
        EventTime parents = new EventTime(new Calendar(FOUR_YEARS, WEEKDAYS), parentRows, 1, 0, false);
        long rows = parentRows * 23 / 10;
        Children children = DealtChildren.of(parentRows, rows, true, null, 2);
        Law delay = new Law.Uniform(0.5, 6);
        SortedFamily sorted = new SortedFamily(
                children, parents, parentRows, 2.3, 4 * 365 * DAY, Sampler.of(delay), DAY / 2, 6 * DAY, false, 5);
        long[] seen = new long[(int) Math.min(rows, 20_000)];
        for (int row = 0; row < seen.length; row++) {
            long structural = sorted.structural(row);
            seen[row] = structural;
            assertThat(sorted.row(structural)).isEqualTo(row);
            assertThat(sorted.micros(row) - parents.micros(children.parentOf(structural))).isBetween(DAY / 2, 6 * DAY);
        }
        if (seen.length == rows) {
            Arrays.sort(seen);
            for (int i = 0; i < seen.length; i++) {
                assertThat(seen[i]).isEqualTo(i);
            }
        }
        risesAndCounts(sorted, seen.length, Long.MAX_VALUE);
        assertThat(sorted.micros(rows)).isGreaterThanOrEqualTo(sorted.micros(rows - 1));
    }

    /** Rows whose drawn delay leads to before the first parent are spread over those that there are by then. */
    @Test
    void shouldNotPileUpOnTheFirstParent() {
        EventTime parents = new EventTime(new Calendar(FOUR_YEARS, Season.NONE), 1_000_000, 1, 0, false);
        KeySteps.ParentBefore step = new KeySteps.ParentBefore(
                parents, 0, Sampler.of(new Law.Uniform(0, 90)), 0, 90 * DAY, 1_000_000, 1_000_000, 5);
        RowCursor cursor = new RowCursor(1);
        int first = 0;
        for (long row = 0; row < 1_000; row++) {
            cursor.row = row;
            cursor.values[0] = parents.startMicros() + 10 * DAY + row;
            long parent = step.value(cursor);
            assertThat(parents.micros(parent)).isLessThanOrEqualTo(cursor.values[0]);
            first += parent < 100 ? 1 : 0;
        }
        assertThat(first).isLessThan(60); // 15 on average: 100 of the 6,844 parents of ten days
    }

    private static void risesAndCounts(TimeLine line, int rows, long mostMissed) {
        long last = Long.MIN_VALUE;
        for (int rank = 0; rank < rows; rank++) {
            long micros = line.micros(rank);
            assertThat(micros).as("rank %d", rank).isGreaterThanOrEqualTo(last);
            last = micros;
        }
        for (int rank = 1; rank < rows; rank += 7) {
            long micros = line.micros(rank);
            long count = line.countBy(micros);
            assertThat(count).isPositive();
            assertThat(line.micros(count - 1)).as("rank %d", rank).isLessThanOrEqualTo(micros);
            if (mostMissed < Long.MAX_VALUE && line.micros(Math.max(0, rank - mostMissed)) < micros) {
                assertThat(count).isGreaterThanOrEqualTo(rank - mostMissed);
            }
        }
    }
}
