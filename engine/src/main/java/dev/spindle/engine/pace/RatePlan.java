package dev.spindle.engine.pace;

import dev.spindle.engine.plan.BurstWindow;
import dev.spindle.engine.plan.RateStage;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.plan.TimePattern;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * The intensity that a plan asks for, as a function of the time since the run's origin: the base rate or the stages,
 * times every burst window that is open, times the pattern's hour and day. It is linear between the moments at which one
 * of these changes; {@link #pieceAt} cuts it there. Immutable, and a pure function of the plan and the wall clock at the
 * origin.
 */
final class RatePlan {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS_PER_MICRO = 1_000;

    private final RunPlan plan;
    private final long originEpochMicros;
    private final long endNanos;

    /**
     * The intensity of {@code plan}.
     *
     * @param originEpochMicros wall clock at the run's origin, in microseconds since the epoch; for the pattern
     */
    RatePlan(RunPlan plan, long originEpochMicros) {
        this.plan = plan;
        this.originEpochMicros = originEpochMicros;
        long stagesEnd = 0;
        for (RateStage stage : plan.stages()) {
            stagesEnd += stage.durationNanos();
        }
        this.endNanos = plan.stages().isEmpty() ? Long.MAX_VALUE : stagesEnd;
    }

    RunPlan plan() {
        return plan;
    }

    /** The wall clock at the run's origin, in microseconds since the epoch. */
    long originEpochMicros() {
        return originEpochMicros;
    }

    /** Where the stages end, and the run with them; {@link Long#MAX_VALUE} when there are none. */
    long endNanos() {
        return endNanos;
    }

    /** The intensity at one moment, in events per second. */
    double ratePerSecondAt(long nanos) {
        return pieceAt(nanos).fromPerSecond;
    }

    /** The piece that starts at {@code nanos} and goes on to the next moment at which anything changes. */
    Piece pieceAt(long nanos) {
        if (silentFrom(nanos)) {
            return new Piece(nanos, Long.MAX_VALUE, 0, 0);
        }
        Piece base = baseAt(nanos);
        long end = base.endNanos;
        double factor = 1;
        for (BurstWindow burst : plan.bursts()) {
            if (nanos < burst.startNanos()) {
                end = Math.min(end, burst.startNanos());
            } else if (nanos < burst.endNanos()) {
                end = Math.min(end, burst.endNanos());
                factor *= burst.multiplier();
            }
        }
        TimePattern pattern = plan.pattern();
        if (pattern != null) {
            ZonedDateTime wall = wallAt(nanos).atZone(pattern.zone());
            factor *= pattern.hours().get(wall.getHour())
                    * pattern.days().get(wall.getDayOfWeek().ordinal());
            end = Math.min(end, nextHour(nanos, wall));
        }
        return new Piece(nanos, end, base.fromPerSecond * factor, base.until(end).toPerSecond * factor);
    }

    private boolean silentFrom(long nanos) {
        return nanos >= Math.min(endNanos, RunPlan.LONGEST_NANOS)
                || (plan.stages().isEmpty() && plan.ratePerSecond() == 0)
                || (plan.pattern() != null && plan.pattern().silent());
    }

    private Piece baseAt(long nanos) {
        long start = 0;
        List<RateStage> stages = plan.stages();
        for (int i = 0; i < stages.size(); i++) {
            RateStage stage = stages.get(i);
            long end = start + stage.durationNanos();
            if (nanos < end) {
                Piece whole = new Piece(start, end, stage.fromPerSecond(), stage.toPerSecond());
                return new Piece(nanos, end, whole.rateAt(nanos), stage.toPerSecond());
            }
            start = end;
        }
        return new Piece(nanos, Long.MAX_VALUE, plan.ratePerSecond(), plan.ratePerSecond());
    }

    private Instant wallAt(long nanos) {
        return Instant.EPOCH.plus(originEpochMicros, ChronoUnit.MICROS).plusNanos(nanos);
    }

    /** The next full hour of the local clock, or the next change of the zone's offset if that is sooner. */
    private long nextHour(long nanos, ZonedDateTime wall) {
        Instant now = wall.toInstant();
        Instant change = wall.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
        ZoneOffsetTransition transition = wall.getZone().getRules().nextTransition(now);
        if (transition != null && transition.getInstant().isBefore(change)) {
            change = transition.getInstant();
        }
        return nanos + Math.max(1, now.until(change, ChronoUnit.NANOS));
    }
}
