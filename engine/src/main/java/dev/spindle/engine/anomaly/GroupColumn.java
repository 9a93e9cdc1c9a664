package dev.spindle.engine.anomaly;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import java.util.List;

/** All collective anomalies of one group column: of each group, one draw decides which of them it has, if any. */
final class GroupColumn {

    /**
     * A collective anomaly of the column.
     *
     * @param rule what it does
     * @param type its event type, from 1
     * @param fraction of the groups
     */
    record Member(GroupRule rule, int type, double fraction) {}

    private final int column;
    private final GroupHash hash;
    private final long key;
    private final Member[] members;
    private final double total;

    GroupColumn(int column, GroupHash hash, long key, List<Member> members) {
        this.column = column;
        this.hash = hash;
        this.key = key;
        this.members = members.toArray(Member[]::new);
        this.total = members.stream().mapToDouble(Member::fraction).sum();
    }

    double total() {
        return total;
    }

    /** Makes the row an event of its group's anomaly; gives the type, 0 when the group has none. */
    int apply(Event event, Change change) {
        long value = event.values[column];
        if (value == Event.NULL) {
            return 0;
        }
        long group = hash.of(event, value);
        double draw = Draw.unit(key, group);
        return draw < total ? apply(event, group, draw, change) : 0;
    }

    private int apply(Event event, long group, double draw, Change change) {
        double upTo = 0;
        for (Member member : members) {
            upTo += member.fraction;
            if (draw < upTo) {
                if (!member.rule.isEligible(event)) {
                    return 0;
                }
                member.rule.apply(event, group, change);
                return member.type;
            }
        }
        return 0;
    }
}
