package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.DerivedCount;
import dev.spindle.engine.schema.Strategy;
import dev.spindle.engine.schema.Strategy.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/** What columns promise that hang on other values, on time, or on the other rows of their parent. */
final class ContextPromises {

    private static final double DAY = 86_400e6;
    /** Gaps are shortened in few chains, which lets a frequency be off by so much. */
    private static final double SHORTENED = 0.008;

    private final Streamed streamed;
    private final Broken broken;
    private final LawPromises laws;
    /** Holds rows against another strategy. */
    private final BiConsumer<Checked, Strategy> others;

    ContextPromises(
            Streamed streamed, Broken broken, LawPromises laws, BiConsumer<Checked, Strategy> others) {
        this.streamed = streamed;
        this.broken = broken;
        this.laws = laws;
        this.others = others;
    }

    void conforms(Checked checked, Strategy strategy) {
        String name = checked.name();
        TableRows table = checked.table();
        ColumnDefinition column = checked.column();
        List<Object[]> rows = checked.rows();
        switch (strategy) {
            case Strategy.Switch s -> {
                Map<Strategy, List<Object[]>> byCase = new LinkedHashMap<>();
                for (Object[] row : rows) {
                    Strategy chosen = streamed.chosen(table, row, s);
                    if (chosen == null && table.get(row, column.name()) != null) {
                        broken.add(name + " switch", table.get(row, column.name()) + " without a case");
                    }
                    byCase.computeIfAbsent(chosen, c -> new ArrayList<>()).add(row);
                }
                byCase.forEach((chosen, some) -> {
                    if (chosen != null) {
                        others.accept(checked.in(some), chosen);
                    }
                });
            }
            case Strategy.Drift s -> rows.stream().filter(row -> !checked.bent()).forEach(row -> drift(name, table, column, s, row));
            case Strategy.TimePart s -> {
                for (Object[] row : rows) {
                    if (table.get(row, s.source()) instanceof Long micros) {
                        ZonedDateTime time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
                        int part =
                                switch (s.part()) {
                                    case HOUR_OF_DAY -> time.getHour();
                                    case DAY_OF_WEEK -> time.getDayOfWeek().getValue();
                                    case DAY_OF_MONTH -> time.getDayOfMonth();
                                    case MONTH -> time.getMonthValue();
                                };
                        broken.same(name + " part of time", table.get(row, column.name()), BigDecimal.valueOf(part));
                    }
                }
            }
            case Strategy.Elapsed s -> {
                for (Object[] row : rows) {
                    if (table.get(row, s.source()) instanceof Long to && table.get(row, s.since()) instanceof Long from) {
                        broken.same(name + " elapsed", table.get(row, column.name()),
                                BigDecimal.valueOf(Math.floorDiv(to - from, s.unitMicros())));
                    }
                }
            }
            case Strategy.Ordinal s -> families(table, s.parentColumn()).forEach(family -> {
                for (int i = 0; i < family.size(); i++) {
                    broken.same(name + " ordinal", table.get(family.get(i), column.name()), BigDecimal.valueOf(i + 1));
                }
            });
            case Strategy.LastPerParent s -> families(table, s.parentColumn()).forEach(family -> {
                for (int i = 0; i < family.size(); i++) {
                    boolean last = i == family.size() - 1;
                    if (!Objects.equals(table.get(family.get(i), column.name()), last == s.last())) {
                        broken.add(name + " last per parent", "row " + i + " of " + family.size());
                    }
                }
            });
            case Strategy.Sibling s -> families(table, s.parentColumn()).forEach(family -> {
                List<Object[]> alone = new ArrayList<>();
                for (int i = 0; i < family.size(); i++) {
                    int other = i + s.offset();
                    if (other < 0 || other >= family.size()) {
                        alone.add(family.get(i));
                    } else {
                        broken.same(name + " sibling", table.get(family.get(i), column.name()), table.get(family.get(other), s.column()));
                    }
                }
                if (s.otherwise() instanceof Strategy.Fixed) {
                    others.accept(checked.in(alone), s.otherwise());
                }
            });
            case Strategy.MarkovChain s -> markovChain(checked, s);
            case Strategy.AfterPrevious s -> afterPrevious(name, table, column, s);
            default -> throw new IllegalArgumentException(strategy.toString());
        }
    }

    /** The rows of each parent, in the table's order. */
    private static Iterable<List<Object[]>> families(TableRows table, String parentColumn) {
        Map<Object, List<Object[]>> families = new LinkedHashMap<>();
        for (Object[] row : table.rows()) {
            if (table.get(row, parentColumn) != null) {
                families.computeIfAbsent(TableRows.key(table.get(row, parentColumn)), k -> new ArrayList<>()).add(row);
            }
        }
        return families.values();
    }

    /** The value is no further from its waves than its other parts may carry it. */
    private void drift(String name, TableRows table, ColumnDefinition column, Strategy.Drift s, Object[] row) {
        Object found = table.get(row, column.name());
        if (found == null) {
            return;
        }
        double value = ((BigDecimal) found).doubleValue();
        double unit = Math.pow(10, -table.column(column.name()).scale());
        double least = quantity(table, row, s.min());
        double most = quantity(table, row, s.max());
        double round = s.round() < 0 ? 0 : Math.pow(10, -s.round());
        double slack = (unit + round) * 0.51;
        if (value < least - slack || value > Math.max(least, most) + slack) {
            broken.add(name + " range", value + " is outside " + least + " to " + most);
        }
        double days = (Long) table.get(row, s.timeColumn()) / DAY;
        double daily = quantity(table, row, s.dailyAmplitude())
                * Math.cos(2 * Math.PI * (days - quantity(table, row, s.peakHour()) / 24));
        double yearly = quantity(table, row, s.yearlyAmplitude())
                * Math.cos(2 * Math.PI * (days + 1 - quantity(table, row, s.peakDay())) / 365.2425);
        double one = daily + yearly;
        double other = daily * quantity(table, row, s.weekendFactor()) + yearly;
        double base = quantity(table, row, s.base());
        double play = 7 * quantity(table, row, s.entitySigma())
                + quantity(table, row, s.wander())
                + 8 * quantity(table, row, s.noise())
                + 1e-5 * (Math.abs(daily) + Math.abs(yearly) + quantity(table, row, s.dailyAmplitude()))
                + slack;
        double low = Math.max(least, Math.min(most, base + Math.min(one, other) - play));
        double high = Math.max(least, Math.min(most, base + Math.max(one, other) + play));
        if (value < low - slack || value > high + slack) {
            broken.add(name + " drift", value + " is not between " + low + " and " + high);
        }
    }

    private static double quantity(TableRows table, Object[] row, Quantity quantity) {
        return switch (quantity) {
            case Quantity.Constant c -> c.value();
            case Quantity.OfColumn c -> ((BigDecimal) table.get(row, c.column())).doubleValue();
        };
    }

    /** Judged by the parents all of whose rows show the chain: in the others some states are not to be seen. */
    private void markovChain(Checked checked, Strategy.MarkovChain s) {
        TableRows table = checked.table();
        Set<Object[]> showing = Collections.newSetFromMap(new IdentityHashMap<>());
        showing.addAll(checked.rows());
        List<Object[]> first = new ArrayList<>();
        Map<String, List<Object[]>> after = new HashMap<>();
        for (List<Object[]> family : families(table, s.parentColumn())) {
            if (!showing.containsAll(family)) {
                continue;
            }
            first.add(family.getFirst());
            for (int i = 1; i < family.size(); i++) {
                String before = (String) checked.value(family.get(i - 1));
                after.computeIfAbsent(before, b -> new ArrayList<>()).add(family.get(i));
            }
        }
        weighted(checked, s.start(), first);
        after.forEach((state, next) -> weighted(checked, s.transitions().get(state), next));
    }

    private void weighted(Checked checked, List<Strategy.Choice> choices, List<Object[]> rows) {
        laws.weightedEnum(checked.in(rows), new Strategy.WeightedEnum(choices));
    }

    private void afterPrevious(String name, TableRows table, ColumnDefinition column, Strategy.AfterPrevious s) {
        List<Double> gaps = new ArrayList<>();
        for (List<Object[]> family : families(table, s.via())) {
            Object[] first = family.getFirst();
            boolean starts = streamed.parentsOf(table, first, s.via(), s.table()).stream()
                    .anyMatch(p -> Objects.equals(streamed.table(s.table()).get(p, s.column()), table.get(first, column.name())));
            if (!starts) {
                broken.add(name + " first", table.get(first, column.name()) + " is not the time of its parent");
            }
            for (int i = 1; i < family.size(); i++) {
                gaps.add(((Long) table.get(family.get(i), column.name()) - (Long) table.get(family.get(i - 1), column.name())) / DAY);
            }
        }
        gaps.sort(null);
        if (!gaps.isEmpty() && (gaps.getFirst() < 0 || gaps.getLast() > LawCurve.most(s.gapDays()) + 1e-9)) {
            broken.add(name + " gaps", gaps.getFirst() + " to " + gaps.getLast() + " days");
        }
        boolean one = LawCurve.least(s.gapDays()) == LawCurve.most(s.gapDays());
        for (int tenth = 1; tenth < 10 && gaps.size() > 500 && !one; tenth++) {
            int at = gaps.size() * tenth / 10;
            double p = LawCurve.atMost(s.gapDays(), gaps.get(at) + 0.5 / DAY);
            double deviation = Math.sqrt(p * (1 - p) / gaps.size());
            if (!LawCurve.whole(s.gapDays()) && Math.abs(p - (double) at / gaps.size()) > 5.8 * deviation + SHORTENED) {
                broken.add(name + " gap law", gaps.get(at) + " days at " + tenth + " tenths, where " + p + " should be below");
            }
        }
    }

    /** Geometric numbers of children: chi-square. */
    void counts() {
        streamed.schema().generation().derived().forEach((name, count) -> {
            if (count instanceof DerivedCount.PerParent perParent && perParent.geometric()) {
                counts(streamed.table(name), streamed.table(perParent.table()));
            }
        });
    }

    private void counts(TableRows table, TableRows parent) {
        ColumnDefinition key = table.table().columns().values().stream()
                .filter(c -> c.strategy() instanceof Strategy.ForeignKey k && k.ref().table().equals(parent.table().name()))
                .findFirst()
                .orElseThrow();
        String referred = ((Strategy.ForeignKey) key.strategy()).ref().column();
        double ratio = (double) table.rows().size() / parent.rows().size();
        int least = ratio >= 1 ? 1 : 0;
        double p = 1 / (ratio + 1 - least);
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int k = least; k < 1_000; k++) {
            weights.put(String.valueOf(k), p * Math.pow(1 - p, k - least));
        }
        Map<String, Integer> seen = new HashMap<>();
        for (Object[] row : parent.rows()) {
            int children = table.having(key.name(), parent.get(row, referred)).size();
            seen.merge(String.valueOf(children), 1, Integer::sum);
        }
        laws.chiSquare(table.table().name() + " per " + parent.table().name(), weights, seen, parent.rows().size());
    }

    /** Whether the digits of a text end in their check digit: every second digit from the right counts double. */
    static boolean isLuhn(String text) {
        int sum = 0;
        int place = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            if (Character.isDigit(text.charAt(i))) {
                int digit = Character.digit(text.charAt(i), 10) * (place++ % 2 == 0 ? 1 : 2);
                sum += digit / 10 + digit % 10;
            }
        }
        return sum % 10 == 0;
    }
}
