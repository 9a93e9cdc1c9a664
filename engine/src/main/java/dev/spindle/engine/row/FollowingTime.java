package dev.spindle.engine.row;

/** Times that are not before those of other rows: of a table whose rows stand in the order of their parents. */
final class FollowingTime extends TimeLine {

    private final TimeLine own;
    private final TimeLine parents;
    private final Children children;
    private final long unitMicros;
    private final long gapMicros;

    /**
     * Times.
     *
     * @param own the times before they are moved, or null for just the parents'
     * @param unitMicros times are whole multiples of it
     * @param gapMicros how much later than its parent a row is at least
     */
    FollowingTime(TimeLine own, TimeLine parents, Children children, long unitMicros, long gapMicros) {
        this.own = own;
        this.parents = parents;
        this.children = children;
        this.unitMicros = unitMicros;
        this.gapMicros = gapMicros;
    }

    @Override
    long micros(long rank) {
        long parent = parents.micros(children.parentOf(rank));
        if (own == null) {
            return Math.floorDiv(parent, unitMicros) * unitMicros;
        }
        return Math.max(own.micros(rank), -Math.floorDiv(-parent - gapMicros, unitMicros) * unitMicros);
    }

    @Override
    long countBy(long micros) {
        long bound = Math.floorDiv(micros, unitMicros) * unitMicros;
        if (own == null) {
            return Math.max(1, children.first(parents.countBy(bound + unitMicros - 1)));
        }
        return Math.max(1, Math.min(own.countBy(micros), children.first(parents.countBy(bound - gapMicros))));
    }

    @Override
    Calendar calendar() {
        return own == null ? parents.calendar() : own.calendar();
    }

    @Override
    long shiftMicros() {
        return own == null ? parents.shiftMicros() : own.shiftMicros();
    }
}
