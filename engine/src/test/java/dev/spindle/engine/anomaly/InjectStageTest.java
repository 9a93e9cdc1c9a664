package dev.spindle.engine.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.anomaly.Injected.Row;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.truth.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InjectStageTest {

    private static final int ROWS = 100_000;
    private static final int CUSTOMERS = 2_000;

    private static final PointAnomaly EXTREME = new PointAnomaly("extreme", "order_total").withFraction(0.02);
    private static final ContextualAnomaly WRONG = new ContextualAnomaly(
            "wrong", "status", "status", List.of("completed", "shipped"), List.of("cancelled", "lost", "shipped"), 0.05);
    private static final ContextualAnomaly GIFTLESS = new ContextualAnomaly(
            "giftless", "note", "gift", List.of(true), List.of("kein Geschenk – 赠品", "none"), 0.04);
    private static final CollectiveAnomaly BURST =
            new CollectiveAnomaly("burst", "customer_id", "order_date").withFraction(0.03);

    private static Orders orders(long seed) {
        return new Orders(seed, ROWS, CUSTOMERS);
    }

    private static Injected all(long seed) {
        return Injected.of(orders(seed), seed, EXTREME, WRONG, GIFTLESS, BURST).auto(0.01).send(0, ROWS);
    }

    @Test
    void shouldChangeExactlyOneColumnOfLabelledRowsAndNothingOfOthers() {
        for (Row row : all(42).rows) {
            int column = row.changed();
            if (row.type() == null) {
                assertThat(column).as("%s", row).isEqualTo(-1);
            } else {
                int expected = switch (row.type()) {
                    case "point:extreme", "point:auto" -> Orders.TOTAL;
                    case "contextual:wrong" -> Orders.STATUS;
                    case "contextual:giftless" -> Orders.NOTE;
                    case "collective:burst" -> Orders.DATE;
                    default -> throw new AssertionError(row.type());
                };
                assertThat(column).as("%s", row).isEqualTo(expected);
            }
        }
    }

    @Test
    void shouldLeaveAllAsItIsWithoutDefinitions() {
        Injected injected = Injected.of(orders(1), 1).send(0, 1_000);

        assertThat(injected.rows).allMatch(row -> row.type() == null && row.changed() == -1);
        assertThat(injected.stage.count()).isZero();
    }

    /** Each count is binomial, so that the sum of squared deviations is chi-square; 4 of freedom, p = 0.001. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 42, 2026})
    void shouldGiveEachDefinitionItsFractionOfTheRowsEligibleForIt(long seed) {
        Injected injected = all(seed);
        double chiSquare = deviation(injected, "point:extreme", row -> true, 0.02)
                + deviation(injected, "point:auto", row -> true, 0.01)
                + deviation(injected, "contextual:wrong", InjectStageTest::isOpen, 0.05)
                + deviation(injected, "contextual:giftless", row -> row.before().get(Orders.GIFT).equals(1L), 0.04);

        assertThat(chiSquare).as("seed %d", seed).isLessThan(18.5);
    }

    private static boolean isOpen(Row row) {
        return row.before().get(Orders.STATUS).equals("completed")
                || row.before().get(Orders.STATUS).equals("shipped");
    }

    private static double deviation(Injected injected, String type, Predicate<Row> eligible, double fraction) {
        long rows = injected.rows.stream().filter(eligible).count();
        double expected = rows * fraction;
        double seen = injected.ofType(type).size();
        assertThat(injected.ofType(type)).allMatch(eligible);
        return (seen - expected) * (seen - expected) / (expected * (1 - fraction));
    }

    @Test
    void shouldMeetFractionsThatLeaveNoRowClean() {
        ContextualAnomaly half = new ContextualAnomaly("half", "gift", "gift", List.of(true), List.of(false), 0.5);
        PointAnomaly third = EXTREME.withFraction(0.3);
        PointAnomaly fifth = new PointAnomaly("fifth", "quantity").withFraction(0.2);
        Injected injected = Injected.of(orders(5), 5, third, half, fifth).send(0, ROWS);

        Predicate<Row> gift = row -> row.before().get(Orders.GIFT).equals(1L);
        double chiSquare = deviation(injected, "point:extreme", row -> true, 0.3)
                + deviation(injected, "contextual:half", gift, 0.5)
                + deviation(injected, "point:fifth", row -> true, 0.2);
        assertThat(chiSquare).isLessThan(16.3); // 3 degrees of freedom, p = 0.001
        assertThat(injected.rows).filteredOn(gift).allMatch(row -> row.type() != null);
    }

    @Test
    void shouldMakePointValuesOfTheMeanAndRoundThemToTheColumn() {
        Injected injected = Injected.of(
                        orders(7),
                        7,
                        new PointAnomaly("total", "order_total", 10, 20, 0.1),
                        new PointAnomaly("quantity", "quantity", 1, 1, 0.2),
                        new PointAnomaly("weight", "weight", -3, -2, 0.1))
                .send(0, ROWS);

        double mean = 10_500;
        assertThat(injected.ofType("point:total")).hasSizeGreaterThan(9_000);
        for (Row row : injected.ofType("point:total")) {
            assertThat((double) row.number(Orders.TOTAL)).isBetween(mean * 10 * 0.79, mean * 20 * 1.21);
        }
        double average = injected.ofType("point:total").stream()
                .mapToLong(row -> row.number(Orders.TOTAL))
                .average()
                .orElseThrow();
        assertThat(average).isCloseTo(mean * 15, within(mean * 0.4));
        for (Row row : injected.ofType("point:quantity")) {
            assertThat(row.number(Orders.QUANTITY)).isBetween(2L, 5L).isNotEqualTo(row.before().get(Orders.QUANTITY));
        }
        List<Row> weights = injected.ofType("point:weight");
        assertThat(weights).allMatch(row -> row.number(Orders.WEIGHT) < -6_000 && row.number(Orders.WEIGHT) > -18_000);
        assertThat(weights)
                .as("a null becomes a value")
                .filteredOn(row -> row.before().get(Orders.WEIGHT) == null)
                .hasSizeGreaterThan(weights.size() / 5);
    }

    @Test
    void shouldPutEachAnomalousValueThatDiffersAsOften() {
        Map<String, Integer> seen = new HashMap<>();
        for (Row row : all(42).ofType("contextual:wrong")) {
            seen.merge(row.before().get(Orders.STATUS) + " to " + row.after().get(Orders.STATUS), 1, Integer::sum);
        }

        assertThat(seen.keySet())
                .containsExactlyInAnyOrder(
                        "completed to cancelled",
                        "completed to lost",
                        "completed to shipped",
                        "shipped to cancelled",
                        "shipped to lost");
        double third = (seen.get("completed to cancelled") + seen.get("completed to lost") + seen.get("completed to shipped"))
                / 3.0;
        assertThat(seen.get("completed to lost")).isCloseTo((int) third, within((int) (4 * Math.sqrt(third))));
    }

    @Test
    void shouldReplaceValuesOfEveryType() {
        Injected injected = Injected.of(
                        orders(3),
                        3,
                        contextual("gift", List.of(true)),
                        contextual("delivery", List.of("1999-12-31")),
                        contextual("weight", List.of(new java.math.BigDecimal("0.125"))),
                        contextual("quantity", List.of(-1)),
                        contextual("note", List.of("ünïcode")),
                        contextual("order_total", List.of(0.01)))
                .send(0, 20_000);

        assertThat(injected.ofType("contextual:gift")).isNotEmpty().allMatch(row -> row.number(Orders.GIFT) == 1
                && row.before().get(Orders.GIFT).equals(0L));
        assertThat(injected.ofType("contextual:delivery"))
                .isNotEmpty()
                .allMatch(row -> row.number(Orders.DELIVERY) == 946_598_400_000_000L);
        assertThat(injected.ofType("contextual:weight")).isNotEmpty().allMatch(row -> row.number(Orders.WEIGHT) == 125);
        assertThat(injected.ofType("contextual:quantity")).isNotEmpty().allMatch(row -> row.number(Orders.QUANTITY) == -1);
        assertThat(injected.ofType("contextual:note"))
                .isNotEmpty()
                .allMatch(row -> row.after().get(Orders.NOTE).equals("ünïcode"))
                .anyMatch(row -> row.before().get(Orders.NOTE) == null);
        assertThat(injected.ofType("contextual:order_total")).isNotEmpty().allMatch(row -> row.number(Orders.TOTAL) == 1);
    }

    private static ContextualAnomaly contextual(String column, List<?> values) {
        return new ContextualAnomaly(
                column, column, "status", List.of("completed", "shipped", "processing", "cancelled", "returned"), values, 0.05);
    }

    @Test
    void shouldReadConditionsOnColumnsOfEveryTypeAndNeverTakeANull() {
        Map<ContextualAnomaly, Predicate<Row>> conditions = Map.of(
                when("note", "gift wrap"), row -> "gift wrap".equals(row.before().get(Orders.NOTE)),
                when("gift", false), row -> row.before().get(Orders.GIFT).equals(0L),
                when("quantity", 3), row -> row.before().get(Orders.QUANTITY).equals(3L),
                when("delivery", "2022-01-04"), row -> row.before().get(Orders.DELIVERY).equals(Orders.START + 3 * 86_400_000_000L),
                when("weight", 0.007), row -> Long.valueOf(7).equals(row.before().get(Orders.WEIGHT)),
                when("customer_id", 1), row -> row.before().get(Orders.CUSTOMER).equals(1L));
        conditions.forEach((anomaly, eligible) -> {
            Injected injected = Injected.of(orders(8), 8, anomaly.withFraction(1)).send(0, 20_000);
            assertThat(injected.rows.stream().filter(row -> row.type() != null).map(Row::sequence).toList())
                    .as(anomaly.conditionColumn())
                    .isNotEmpty()
                    .isEqualTo(injected.rows.stream()
                            .filter(eligible)
                            .filter(row -> !row.before().get(Orders.STATUS).equals("returned"))
                            .map(Row::sequence)
                            .toList());
        });
    }

    private static ContextualAnomaly when(String condition, Object value) {
        return new ContextualAnomaly("when", "status", condition, List.of(value), List.of("returned"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 7})
    void shouldCompressWholeGroupsIntoOneWindowEachAndKeepTheirOrder(long seed) {
        Injected injected = all(seed);
        Map<Object, List<Row>> hit = new HashMap<>();
        injected.ofType("collective:burst")
                .forEach(row -> hit.computeIfAbsent(row.before().get(Orders.CUSTOMER), c -> new ArrayList<>()).add(row));
        Set<Object> groups = new HashSet<>();
        for (Row row : injected.rows) {
            Object customer = row.before().get(Orders.CUSTOMER);
            groups.add(customer);
            assertThat(hit.containsKey(customer)).as("%s", row).isEqualTo("collective:burst".equals(row.type()));
        }
        double expected = groups.size() * 0.03;
        assertThat((double) hit.size()).isCloseTo(expected, within(4 * Math.sqrt(expected)));
        Set<Long> starts = new HashSet<>();
        hit.forEach((customer, rows) -> {
            List<Long> times = rows.stream().map(row -> row.number(Orders.DATE)).toList();
            assertThat(times).isSorted();
            assertThat(times.getLast() - times.getFirst()).isLessThanOrEqualTo(600_000_000L);
            assertThat(times.getFirst()).isGreaterThanOrEqualTo(Orders.START);
            assertThat(times.getLast()).isLessThan(Orders.END);
            starts.add(times.getFirst());
        });
        assertThat(starts).as("windows lie apart").hasSize(hit.size());
    }

    @Test
    void shouldGiveAGroupOneWindowInEachPeriod() {
        long hour = 3_600_000_000L;
        CollectiveAnomaly hourly = BURST.withFraction(0.5).withPeriod(Duration.ofHours(1)).withWindow(Duration.ofMinutes(5));
        Orders orders = new Orders(1, ROWS * 350L, 20); // some 1,000 orders an hour
        Injected injected = Injected.of(orders, 1, hourly).send(0, 10_000);

        Map<String, List<Long>> times = new HashMap<>();
        for (Row row : injected.ofType("collective:burst")) {
            long period = (Long) row.before().get(Orders.DATE) / hour;
            assertThat(row.number(Orders.DATE) / hour).isEqualTo(period);
            times.computeIfAbsent(row.before().get(Orders.CUSTOMER) + "/" + period, k -> new ArrayList<>())
                    .add(row.number(Orders.DATE));
        }
        assertThat(times).hasSizeGreaterThan(40);
        times.values().forEach(inWindow -> {
            assertThat(inWindow).isSorted();
            assertThat(inWindow.getLast() - inWindow.getFirst()).isLessThanOrEqualTo(300_000_000L);
        });
    }

    @Test
    void shouldHaveAWindowADayWithLiveEventTime() {
        AnomalyPlans plans = AnomalyPlans.compile(
                AnomalyRegistry.of(BURST.withFraction(1)), List.of(orders(1).table()), 1, 0, true);
        Injected injected = new Injected(orders(1), plans).send(0, 5_000);

        long day = 86_400_000_000L;
        assertThat(injected.rows)
                .allMatch(row -> (Long) row.before().get(Orders.DATE) / day == row.number(Orders.DATE) / day);
    }

    @Test
    void shouldKeepDatesAtMidnight() {
        CollectiveAnomaly dates = new CollectiveAnomaly("dates", "status", "delivery").withFraction(1);
        Injected injected = Injected.of(orders(1), 1, dates).send(0, 5_000);

        assertThat(injected.rows).allMatch(row -> row.number(Orders.DELIVERY) % 86_400_000_000L == 0);
        assertThat(injected.rows.stream().map(row -> row.number(Orders.DELIVERY)).distinct()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void shouldTreatTextsOfAGroupColumnByWhatTheySayAndLeaveNullsAlone() {
        CollectiveAnomaly notes = new CollectiveAnomaly("notes", "note", "order_date").withFraction(1);
        Injected injected = Injected.of(orders(1), 1, notes).send(0, 5_000);

        for (Row row : injected.rows) {
            assertThat(row.type() == null).isEqualTo(row.before().get(Orders.NOTE) == null);
        }
    }

    @Test
    void shouldShareTheGroupsOfOneColumnAmongItsDefinitions() {
        CollectiveAnomaly other = new CollectiveAnomaly("other", "customer_id", "delivery").withFraction(0.4);
        Injected injected = Injected.of(orders(4), 4, BURST.withFraction(0.6), other).send(0, ROWS);

        assertThat(injected.rows).allMatch(row -> row.type() != null);
        Set<Object> first = new HashSet<>();
        Set<Object> second = new HashSet<>();
        injected.ofType("collective:burst").forEach(row -> first.add(row.before().get(Orders.CUSTOMER)));
        injected.ofType("collective:other").forEach(row -> second.add(row.before().get(Orders.CUSTOMER)));
        assertThat(first).doesNotContainAnyElementsOf(second);
        assertThat((double) first.size()).isCloseTo(0.6 * CUSTOMERS, within(4 * Math.sqrt(CUSTOMERS * 0.24)));
    }

    @Test
    void shouldDecideTheSameFromAnyStartingRowAndInAnyOrder() {
        List<Row> whole = all(42).rows;
        Injected tail = Injected.of(orders(42), 42, EXTREME, WRONG, GIFTLESS, BURST).auto(0.01);
        for (long row = 99_999; row >= 98_000; row--) {
            tail.send(row, false, 0, 0);
        }

        assertThat(tail.rows).allSatisfy(row -> assertThat(row).isEqualTo(whole.get((int) row.sequence())));
    }

    @Test
    void shouldDecideOtherwiseUnderAnotherSeed() {
        List<Long> one = Injected.of(orders(1), 1, EXTREME).send(0, 5_000).ofType("point:extreme").stream()
                .map(Row::sequence)
                .toList();
        List<Long> other = Injected.of(orders(1), 2, EXTREME).send(0, 5_000).ofType("point:extreme").stream()
                .map(Row::sequence)
                .toList();

        assertThat(one).isNotEqualTo(other).isNotEmpty();
    }

    @Test
    void shouldChangeASecondSendingAlikeAndCountItOnce() {
        Injected injected = Injected.of(orders(9), 9, EXTREME.withFraction(1));
        injected.send(5, false, 0, 0).send(5, true, 3, 0);

        assertThat(injected.rows.getFirst().after()).isEqualTo(injected.rows.getLast().after());
        assertThat(injected.rows.getLast().type()).isEqualTo("point:extreme");
        assertThat(injected.stage.count(0)).isEqualTo(1);
    }

    @Test
    void shouldSetLiveEventTimesBeforeItMovesThem() {
        AnomalyPlans plans = AnomalyPlans.compile(
                AnomalyRegistry.of(BURST.withFraction(0.3)), List.of(orders(1).table()), 1, 0, true);
        long origin = 1_800_000_000_000_000L;
        LiveTime live = new LiveTime(() -> origin, new int[] {Orders.DATE}, new boolean[] {false});
        Injected injected = new Injected(orders(1), plans, live, Truth.none()).send(0, 2_000);

        long day = 86_400_000_000L;
        for (Row row : injected.rows) {
            long arrival = origin + row.sequence() * Injected.GAP_NANOS / 1_000;
            if (row.type() == null) {
                assertThat(row.number(Orders.DATE)).isEqualTo(arrival);
            } else {
                assertThat(row.number(Orders.DATE) / day).isEqualTo(arrival / day);
            }
        }
        assertThat(injected.ofType("collective:burst")).hasSizeBetween(200, 1_200);

        LiveTime dates = new LiveTime(() -> origin, new int[] {Orders.DELIVERY}, new boolean[] {true});
        assertThat(new Injected(orders(1), plans, dates, Truth.none()).send(0, 100).rows)
                .allMatch(row -> row.number(Orders.DELIVERY) % day == 0);
    }

    @Test
    void shouldTellTheTruthOfEachEventOnceAndOfItsPlaceBeside() {
        List<String> told = new ArrayList<>();
        Injected injected = new Injected(
                orders(9),
                AnomalyPlans.compile(
                        AnomalyRegistry.of(EXTREME.withFraction(0.5), BURST.withFraction(0.2)),
                        List.of(orders(9).table()),
                        9,
                        0,
                        false),
                null,
                new Told(told));
        injected.send(0, 200);
        List<String> expected = new ArrayList<>();
        for (Row row : injected.rows) {
            if (row.type() != null) {
                expected.add(row.sequence() + " " + row.type() + " " + row.before().get(row.changed()) + " to "
                        + row.after().get(row.changed()));
            }
        }
        assertThat(told).isEqualTo(expected).hasSizeGreaterThan(80);

        told.clear();
        injected.late(true).send(300, false, 0, 0).late(false).send(301, false, 0, 7).late(true).send(302, false, 2, 7);
        injected.late(false).send(303, false, 2, 3).send(303, true, 1, 0).send(304, false, 2, 0);
        assertThat(told.stream().filter(line -> !line.contains(":")).toList())
                .containsExactly("300 LATE", "302 LATE", "302 REORDERED", "303 REORDERED", "303 DUPLICATE");
        injected.stage.endOfBatch();
        injected.stage.endOfStream();
        assertThat(told).endsWith("end of batch", "end of stream");
    }

    @Test
    void shouldCountByType() {
        Injected injected = all(42);

        for (int i = 0; i < injected.plans.types().size(); i++) {
            assertThat(injected.stage.count(i)).isEqualTo(injected.ofType(injected.plans.types().get(i)).size());
        }
        assertThat(injected.stage.count())
                .isEqualTo(injected.rows.stream().filter(row -> row.type() != null).count());
    }

    @Test
    void shouldFollowTheFractionOfEachEventsPlanAndLeaveOtherAnomaliesAlone() {
        Injected steady = Injected.of(orders(6), 6, EXTREME, WRONG).send(0, 30_000);
        Injected turned = Injected.of(orders(6), 6, EXTREME, WRONG).send(0, 10_000);
        turned.auto(0.2).send(10_000, 20_000).auto(0).send(20_000, 30_000);

        assertThat(turned.ofType("point:auto"))
                .hasSizeBetween(1_840, 2_160)
                .allMatch(row -> row.sequence() >= 10_000 && row.sequence() < 20_000);
        assertThat(turned.ofType("point:extreme")).isEqualTo(steady.ofType("point:extreme"));
        assertThat(turned.ofType("contextual:wrong")).isEqualTo(steady.ofType("contextual:wrong"));
    }

    /** Writes down what it is told, with the values as the event has them then. */
    private record Told(List<String> told) implements Truth {

        @Override
        public void rowAnomaly(Event event, int column, long original) {
            told.add(event.sequence + " " + type(event) + " " + original + " to " + event.values[column]);
        }

        @Override
        public void groupAnomaly(
                Event event,
                int column,
                long original,
                long occurrence,
                long startMicros,
                long endMicros) {
            assertThat(event.values[column]).isBetween(startMicros, endMicros);
            assertThat(endMicros - startMicros).isEqualTo(600_000_000);
            told.add(event.sequence + " " + type(event) + " " + original + " to " + event.values[column]);
        }

        private static String type(Event event) {
            return event.anomaly == 1 ? "point:extreme" : "collective:burst";
        }

        @Override
        public void misplaced(Event event, Misplacement kind) {
            told.add(event.sequence + " " + kind);
        }

        @Override
        public void endOfBatch() {
            told.add("end of batch");
        }

        @Override
        public void endOfStream() {
            told.add("end of stream");
        }
    }
}
