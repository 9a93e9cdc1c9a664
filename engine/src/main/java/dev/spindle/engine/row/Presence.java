package dev.spindle.engine.row;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.schema.Schema.ColumnDefinition;
import dev.spindle.engine.schema.Schema.Table;
import dev.spindle.engine.schema.Strategy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From when on the rows of each table are there, whether the table shows a time or not.
 *
 * <p>A table with an event time has its rows there from that time on. One without is there with the rows of a parent: the
 * one behind its first structural key, which it <em>follows</em>; where it has none, a key to a table that is there from
 * some time on becomes structural. Where no key will do, its rows are spread evenly over the model's dates. A table that
 * has no time and none above it has always been there.
 */
final class Presence {

    /**
     * How a table's rows go with those of a parent.
     *
     * @param arrangement which of the children, counted parent by parent, a row is
     */
    record Follow(String parent, Children children, Arrangement arrangement) {}

    private final RowCompiler compiler;
    private final Map<String, Optional<TimeLine>> lines = new HashMap<>();
    /** The key that each table without a time follows; empty until one is asked for. */
    private final Map<String, Optional<ColumnDefinition>> keys = new HashMap<>();

    /** To other tables. */
    private final Map<String, List<ColumnDefinition>> foreignKeys = new HashMap<>();

    private final Set<String> present = new HashSet<>();
    private final Set<String> choosing = new HashSet<>();
    private final Set<String> underway = new HashSet<>();

    Presence(RowCompiler compiler) {
        this.compiler = compiler;
    }

    /** Since when each row of a table is there, by rank; null when all of them always were. */
    TimeLine line(String table) {
        Optional<TimeLine> known = lines.get(table);
        if (known == null) {
            if (!underway.add(table)) {
                throw new ConfigurationException(new Problem(
                        "tables." + table, null, "is a circular dependency: how many of its rows go with each parent hangs on themselves"));
            }
            known = Optional.ofNullable(compile(table(table)));
            underway.remove(table);
            lines.put(table, known);
        }
        return known.orElse(null);
    }

    /**
     * From when on a table can have rows: a table that follows another may have none yet with its first row.
     *
     * @param table one that has a {@link #line}
     */
    long startMicros(String table) {
        Follow follow = compiler.times().line(table) == null ? follow(table) : null;
        return follow == null ? line(table).startMicros() : startMicros(follow.parent());
    }

    PlaceInTime place(String table) {
        Timing timing = compiler.times().timing(table);
        if (timing != null) {
            return new PlaceInTime.Own(timing.column().name());
        }
        Follow follow = follow(table);
        if (follow != null) {
            return new PlaceInTime.With(follow.parent());
        }
        return line(table) == null ? new PlaceInTime.Always() : new PlaceInTime.Spread();
    }

    private TimeLine compile(Table table) {
        TimeLine own = compiler.times().line(table.name());
        if (own != null) {
            return own;
        }
        Follow follow = follow(table.name());
        if (follow != null) {
            TimeLine parents = line(follow.parent());
            TimeLine line = new FollowingTime(null, parents, follow.children(), 1, 0);
            return follow.arrangement() == Arrangement.BY_PARENT ? line : new ArrangedTime(line, follow.arrangement());
        }
        List<ColumnDefinition> parents = presentParents(table);
        return parents.isEmpty() ? null : spread(table, parents);
    }

    /** Moments spread evenly over the model's dates, from when on there is one of each parent. */
    private TimeLine spread(Table table, List<ColumnDefinition> parents) {
        Calendar calendar = new Calendar(compiler.schema().range(), Strategy.Season.NONE);
        long start = calendar.startMicros();
        for (ColumnDefinition key : parents) {
            if (compiler.times().column(root(table(parent(key)))) != null) {
                start = Math.max(start, line(parent(key)).startMicros());
            }
        }
        double from = start > calendar.startMicros() ? Math.min(0.999, calendar.quantile(start + 3)) : 0;
        return new EventTime(
                calendar, compiler.counts().of(table.name()), compiler.key(table.name(), "presence"), 0, false, from, 1);
    }

    /** The table at the upper end of those that this one follows. */
    private Table root(Table table) {
        ColumnDefinition key = followed(table);
        return key == null ? table : root(table(parent(key)));
    }

    /** What a table without a time of its own follows, or null. */
    Follow follow(String name) {
        Table table = table(name);
        ColumnDefinition key = followed(table);
        if (key == null || !inRowOrder(parent(key))) {
            return null;
        }
        Relations relations = compiler.relations();
        return new Follow(parent(key), relations.children(table, key), relations.arrangement(table, key));
    }

    /** Whether the rows of a table are there in the order of their numbers. */
    private boolean inRowOrder(String table) {
        return !(line(table) instanceof ArrangedTime);
    }

    /** Whether this key is structural for no other reason than that its table's rows go with its parent's. */
    boolean isFollowed(Table table, ColumnDefinition column) {
        return column.equals(followed(table));
    }

    private ColumnDefinition followed(Table table) {
        if (keys.isEmpty()) {
            // all at once and in the file's order, so that it matters to no table which one was asked for first
            findPresent();
            compiler.schema().tables().values().forEach(this::choose);
        }
        return keys.get(table.name()).orElse(null);
    }

    /** Tables that have a time, and those with a key to one of these. */
    private void findPresent() {
        for (Table table : compiler.schema().tables().values()) {
            foreignKeys.put(
                    table.name(),
                    table.columns().values().stream()
                            .filter(c -> c.strategy() instanceof Strategy.ForeignKey && !parent(c).equals(table.name()))
                            .toList());
        }
        int before = -1;
        while (before < present.size()) {
            before = present.size();
            for (Table table : compiler.schema().tables().values()) {
                if (!present.contains(table.name())
                        && (compiler.times().column(table) != null || !presentParents(table).isEmpty())) {
                    present.add(table.name());
                }
            }
        }
    }

    /** The foreign keys to other tables whose rows are there from some time on. */
    private List<ColumnDefinition> presentParents(Table table) {
        return foreignKeys.get(table.name()).stream().filter(c -> present.contains(parent(c))).toList();
    }

    private void choose(Table table) {
        if (keys.containsKey(table.name())) {
            return;
        }
        keys.put(table.name(), Optional.empty());
        if (compiler.times().column(table) != null) {
            return;
        }
        choosing.add(table.name());
        List<ColumnDefinition> structural = foreignKeys.get(table.name()).stream()
                .filter(c -> compiler.relations().isStructuralByNeed(table, c))
                .toList();
        for (ColumnDefinition key : presentParents(table)) {
            boolean fits = structural.isEmpty() ? canFollow(table, key) : structural.contains(key);
            if (fits && !choosing.contains(parent(key))) { // tables are not to follow each other in a circle
                choose(table(parent(key)));
                keys.put(table.name(), Optional.of(key));
                break;
            }
        }
        choosing.remove(table.name());
    }

    private Table table(String name) {
        return compiler.schema().tables().get(name);
    }

    /** Whether children can be counted out to all parents without bending what the key says. */
    private boolean canFollow(Table table, ColumnDefinition column) {
        Strategy.ForeignKey key = (Strategy.ForeignKey) column.strategy();
        long parents = compiler.counts().of(key.ref().table());
        RulePlan rules = compiler.rules(table);
        return key.constrainedBy() == null
                && key.filter() == null
                && key.sampleRate() == 1
                && (key.spread() != Strategy.Spread.ZIPF || parents <= ListedChildren.MOST_PARENTS)
                && compiler.counts().of(table.name()) / parents < Relations.MOST_CHILDREN
                && rules.choices(column.name()).isEmpty()
                && rules.wishes(column.name()).isEmpty();
    }

    private static String parent(ColumnDefinition column) {
        return ((Strategy.ForeignKey) column.strategy()).ref().table();
    }

    /** Times of rows that stand in another order. */
    private static final class ArrangedTime extends DelegatedTime {
        private final Arrangement arrangement;

        private ArrangedTime(TimeLine times, Arrangement arrangement) {
            super(times);
            this.arrangement = arrangement;
        }

        @Override
        long rowAt(long rank) {
            return arrangement.row(rank);
        }

        @Override
        long rankOf(long row) {
            return arrangement.structural(row);
        }
    }
}
