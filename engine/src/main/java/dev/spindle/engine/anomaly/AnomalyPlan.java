package dev.spindle.engine.anomaly;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import java.util.List;

/**
 * All definitions that apply to one table. Immutable.
 *
 * <p>How each definition gets its own fraction although an event has one anomaly at most: groups come first, so that a
 * group is whole. Then one draw in [0, 1) for the row is laid against the definitions that the row is eligible for, each
 * with a share of [0, 1) as wide as its fraction, side by side: given that no earlier one has hit, a definition hits
 * with its fraction / (1 − the earlier ones' fractions), which makes its fraction of all eligible rows. Rows that belong
 * to a group's anomaly are out of reach, so each share is made wider by 1 / (1 − the part of its eligible rows that are
 * out of reach in this stream).
 */
final class AnomalyPlan {

    /**
     * A definition that looks at one row only.
     *
     * @param rule what it does
     * @param type its event type, from 1
     * @param share width of its part of [0, 1)
     */
    record Member(RowRule rule, int type, double share) {}

    private final GroupColumn[] groups;
    private final Member[] members;
    private final Member auto;
    private final double autoReach;
    private final double total;
    private final long key;

    /**
     * @param members in the order of the file
     * @param auto the anomaly of {@code --anomaly-fraction}, its share unused, or null where no column would do
     * @param autoReach the part of the rows that belong to no group's anomaly
     * @param key for the draws of rows
     */
    AnomalyPlan(List<GroupColumn> groups, List<Member> members, Member auto, double autoReach, long key) {
        this.groups = groups.toArray(GroupColumn[]::new);
        this.members = members.toArray(Member[]::new);
        this.auto = auto;
        this.autoReach = autoReach;
        this.total = members.stream().mapToDouble(Member::share).sum();
        this.key = key;
    }

    boolean hasAuto() {
        return auto != null;
    }

    /** The share of {@code --anomaly-fraction}'s anomaly. */
    double autoShare(double fraction) {
        return auto == null ? 0 : share(fraction, autoReach);
    }

    /** The share that makes {@code fraction} of all when only the part {@code reach} can be hit. */
    static double share(double fraction, double reach) {
        return fraction < reach ? fraction / reach : fraction > 0 ? 1 : 0;
    }

    /** Makes the row an anomaly if it is drawn; gives the type, 0 when it stays clean. */
    int apply(Event event, double autoShare, Change change) {
        int type = applyGroups(event, change);
        if (type != 0) {
            return type;
        }
        double draw = Draw.unit(key, event.sequence);
        return draw < total + autoShare ? applyRow(event, draw, autoShare, change) : 0;
    }

    /** The same for collective anomalies alone. */
    int applyGroups(Event event, Change change) {
        for (GroupColumn group : groups) {
            int type = group.apply(event, change);
            if (type != 0) {
                return type;
            }
        }
        return 0;
    }

    private int applyRow(Event event, double draw, double autoShare, Change change) {
        double upTo = 0;
        for (Member member : members) {
            if (member.rule.isEligible(event)) {
                upTo += member.share;
                if (draw < upTo) {
                    return applyRow(event, member, change);
                }
            }
        }
        return draw < upTo + autoShare ? applyRow(event, auto, change) : 0;
    }

    private static int applyRow(Event event, Member member, Change change) {
        change.isGroup = false;
        member.rule.apply(event, change);
        return member.type;
    }
}
