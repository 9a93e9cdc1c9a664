package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.Schema.DateRange;
import dev.spindle.engine.schema.Strategy.Season;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainedFamilyTest {

    private static final Season DAYTIME = new Season(List.of(), List.of(), List.of(13.0, 20.0), 2, List.of());

    private static Calendar calendar(int days) {
        long start = LocalDate.of(2025, 3, 1).toEpochDay();
        return new Calendar(new DateRange(start, start + days), DAYTIME);
    }

    private static final class Chains {
        private final TimeLine parents;
        private final Children children;
        private final ChainedFamily line;

        /** Gaps are log-normal with a median of 30 s. */
        private Chains(long parents, double ratio, int days) {
            long rows = Math.round(parents * ratio);
            this.parents = new EventTime(calendar(days), parents, 11, 0, false);
            this.children = new GeometricChildren(parents, rows, 12);
            double mean = StrictMath.log(30.0 / 86_400);
            this.line = new ChainedFamily(
                    children, this.parents, parents, ratio, this.parents.micros(parents - 1) - this.parents.startMicros(),
                    Sampler.of(new Law.LogNormal(mean, 1.2, 0, 0.02)), 13);
        }
    }

    /** From a chain a week to thousands at once. */
    @ParameterizedTest
    @CsvSource({"1, 5, 1", "3, 4.4, 30", "50, 4.2, 365", "3000, 4.2, 365", "3000, 4.2, 1", "30000, 3.1, 1", "2000, 0.4, 2"})
    void shouldPutEveryChildInOneRowInTheOrderOfTime(long parents, double ratio, int days) {
        Chains chains = new Chains(parents, ratio, days);
        long rows = Math.round(parents * ratio);
        long last = Long.MIN_VALUE;
        for (long row = 0; row < rows; row++) {
            long micros = chains.line.micros(row);
            assertThat(micros).as("time of row %d", row).isGreaterThanOrEqualTo(last);
            last = micros;
            long structural = chains.line.structural(row);
            assertThat(structural).as("child in row %d", row).isBetween(0L, rows - 1);
            assertThat(chains.line.row(structural)).as("row of child %d", structural).isEqualTo(row);
        }
        assertThat(chains.line.micros(rows)).as("beyond the table's rows").isGreaterThanOrEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({"3000, 4.2, 365", "30000, 4.2, 1"})
    void shouldLetAChainStartAtItsParentsTimeAndGoOnByTheGaps(long parents, double ratio, int days) {
        Chains chains = new Chains(parents, ratio, days);
        List<Double> gaps = new ArrayList<>();
        for (long parent = 0; parent < parents; parent++) {
            long before = chains.parents.micros(parent);
            for (int i = 0; i < chains.children.count(parent); i++) {
                long micros = chains.line.micros(chains.line.row(chains.children.first(parent) + i));
                if (i == 0) {
                    assertThat(micros).as("start of chain %d", parent).isEqualTo(before);
                } else {
                    gaps.add((micros - before) / 1e6);
                }
                before = micros;
            }
        }
        gaps.sort(null);
        assertThat(gaps.getFirst()).isGreaterThanOrEqualTo(0);
        // Kolmogorov and Smirnov's distance; 2.2 / √n is passed once in 10,000 tests, and a little is left to shortening.
        double distance = 0;
        for (int i = 0; i < gaps.size(); i++) {
            double below = phi(Math.log(Math.max(1e-9, gaps.get(i)) / 30) / 1.2);
            distance = Math.max(distance, Math.abs(below - (i + 0.5) / gaps.size()));
        }
        assertThat(distance).isLessThan(2.2 / Math.sqrt(gaps.size()) + 0.008);
    }

    private static double phi(double z) {
        double sum = z;
        double term = z;
        for (int k = 1; k < 200 && Math.abs(z) < 8; k++) {
            term *= z * z / (2 * k + 1);
            sum += term;
        }
        return Math.abs(z) >= 8 ? (z < 0 ? 0 : 1) : 0.5 + sum * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    @Test
    void shouldGiveTheSameRowFromAnyStartingPoint() {
        Chains forwards = new Chains(40_000, 4.2, 1);
        long rows = 168_000;
        long[] times = new long[(int) rows];
        for (int row = 0; row < rows; row++) {
            times[row] = forwards.line.micros(row);
        }
        for (int i = 0; i < 300; i++) {
            Chains jumping = new Chains(40_000, 4.2, 1);
            long row = i * 7_919L * 13 % rows;
            assertThat(jumping.line.micros(row)).as("row %d", row).isEqualTo(times[(int) row]);
            if (i % 10 == 0) {
                assertThat(jumping.line.structural(row)).isEqualTo(forwards.line.structural(row));
            }
        }
    }

    @Test
    void shouldGoOnBeyondTheTablesRows() {
        Chains chains = new Chains(2_000, 4.2, 10);
        long last = Long.MIN_VALUE;
        for (long row = 8_300; row < 30_000; row++) {
            long micros = chains.line.micros(row);
            assertThat(micros).isGreaterThanOrEqualTo(last);
            assertThat(chains.line.row(chains.line.structural(row))).isEqualTo(row);
            last = micros;
        }
    }

    @Test
    void shouldNeverCountARowThatIsLater() {
        Chains chains = new Chains(5_000, 4.2, 2);
        for (long row = 0; row < 20_900; row += 7) {
            long micros = chains.line.micros(row);
            long count = chains.line.countBy(micros);
            assertThat(chains.line.micros(count - 1)).as("row %d", row).isLessThanOrEqualTo(micros);
            assertThat(count).isGreaterThan(row - 1_000);
        }
    }

    /** So many parents at one moment that blocks of them begin and end in it. */
    @Test
    void shouldBearParentsThatAllStandAtOneMoment() {
        long moment = LocalDate.of(2025, 1, 1).toEpochDay() * Calendar.DAY_MICROS;
        long[] times = new long[5_000];
        java.util.Arrays.fill(times, moment);
        TimeLine parents = new ListedTime(times, calendar(5));
        GeometricChildren children = new GeometricChildren(5_000, 20_000, 3);
        ChainedFamily line = new ChainedFamily(
                children, parents, 5_000, 4, 0, Sampler.of(new Law.Uniform(0.001, 0.01)), 5);
        long last = Long.MIN_VALUE;
        for (long row = 0; row < 20_000; row++) {
            assertThat(line.micros(row)).isGreaterThanOrEqualTo(last);
            assertThat(line.row(line.structural(row))).isEqualTo(row);
            last = line.micros(row);
        }
    }

    @Test
    void shouldKeepMomentsThatAreAlikeInTheirOrder() {
        TimeOrder order = new TimeOrder();

        assertThat(order.of(new long[] {5, 3, 5, 3, 9, 3, 1}, 6)).startsWith(1, 3, 5, 0, 2, 4);
        assertThat(order.of(new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0, 0}, 4)).startsWith(1, 2, 3, 0);
        assertThat(order.of(new long[] {7, 6}, 2)).startsWith(1, 0);
        order.of(new long[0], 0);
    }
}
