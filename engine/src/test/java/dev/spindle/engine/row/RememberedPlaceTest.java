package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.schema.Schema.DateRange;
import dev.spindle.engine.schema.Strategy.Season;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered from one question to the next may make the answer quicker, never another. */
class RememberedPlaceTest {

    private static final DateRange YEAR = new DateRange(19_000, 19_365);
    private static final Season PEAKS = new Season(List.of(), List.of(9.0, 1.0, 1.0, 1.0, 1.0, 4.0, 0.0), List.of(12.0, 20.0), 2, List.of());
    private static final int ASKED = 20_000;

    private static double quantile(int i, boolean inOrder) {
        double most = 1.6; // into the years beyond the range
        return inOrder ? most * i / ASKED : most * Draw.unit(5, i);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFindTheSameInstantAfterHavingBeenElsewhere(boolean inOrder) {
        Calendar calendar = new Calendar(YEAR, PEAKS);
        for (int i = 0; i < ASKED; i += inOrder ? 1 : 7) {
            double quantile = quantile(i, inOrder);
            long micros = calendar.micros(quantile);
            // Far from it, so that nothing is remembered that is of use here.
            calendar.micros(quantile < 0.8 ? 0.99 : 0.01);
            calendar.micros(1.3 + (quantile < 1.3 ? 0.29 : -0.25));
            assertThat(micros).as("at %s", quantile).isEqualTo(calendar.micros(quantile));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 3_000})
    void shouldCountAsAnIndexThatIsAskedForTheFirstTime(int step) {
        TimeLine line = new EventTime(new Calendar(YEAR, PEAKS), 500, 9, 0, false);
        TimeIndex index = TimeIndex.of(line, 500);
        for (long rank = 400; rank < 20_000; rank += step) {
            for (long micros : new long[] {line.micros(rank) - 1, line.micros(rank)}) {
                long count = index.countBy(micros);
                assertThat(count).as("rank %d", rank).isEqualTo(TimeIndex.of(line, 500).countBy(micros));
                if (micros >= index.endMicros()) {
                    assertThat(line.micros(count - 1)).isLessThanOrEqualTo(micros);
                    assertThat(line.micros(count)).isGreaterThan(micros);
                }
            }
            if (step == 1 && rank == 700) {
                step = 97; // each one for a while, then jumps: a new index for every answer takes its time
            }
        }
    }
}
