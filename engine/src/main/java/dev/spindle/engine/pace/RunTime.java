package dev.spindle.engine.pace;

import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What the pacers of a run share: its clock, and its plans with the moments from which they hold.
 *
 * <p>The first pacer that sees a new plan says when it holds from; the others, a moment later, take the same moment. So
 * each plan begins for all lanes at one place of the schedule, and a pause takes the same time out of it. Each pacer goes
 * from era to era at its own pace; eras that all have left are garbage.
 *
 * <p>Lanes that have one sink between them also stop at one place of the stream, so that no event is missing before the last
 * one. Each lane looks whether it should stop before it takes an event, so once all have been told, each takes one more at
 * most, and the count of another one may have yet to be seen: the line that none is beyond is drawn where the furthest lane
 * will have taken two more, or its turn ends, if its turns have more. What a paced run has before the line is taken if its
 * time had come when the lanes were told, which is so for all that any of them took.
 *
 * <p>Lanes whose turns have many events go from one plan to the next at such a place, too, as they are not paced: no lane may
 * stand still within a turn, or before one that comes before another's, which would wait for it.
 */
public final class RunTime {

    private static final long NONE = -1;

    /** All lanes are told of the origin so much ahead that they can be awake when it comes. */
    private static final long START_AHEAD_NANOS = 500_000;

    /** A time under one plan. Immutable but for its end. */
    static final class Era {

        private final RatePlan intensity;
        private final long fromNanos;
        private final long originNanos;
        private final boolean standing;
        /** Where lanes in turns begin to follow it: after so many events each. */
        private final long fromEvents;

        private volatile Era next;

        private Era(RatePlan intensity, long fromNanos, long originNanos, long fromEvents) {
            this.fromEvents = fromEvents;
            this.intensity = intensity;
            this.fromNanos = fromNanos;
            this.originNanos = originNanos;
            this.standing = intensity.plan().paused();
        }

        RatePlan intensity() {
            return intensity;
        }

        RunPlan plan() {
            return intensity.plan();
        }

        /** When it began, on the run's clock; if the clock {@link #standing stands}, what it reads. */
        long fromNanos() {
            return fromNanos;
        }

        /** The run's origin on the machine's clock, as it is while the clock runs. */
        long originNanos() {
            return originNanos;
        }

        /** Whether the run's clock stands still, because the run is paused. */
        boolean standing() {
            return standing;
        }

        private long nanosAt(long machineNanos) {
            return standing ? fromNanos : Math.max(fromNanos, machineNanos - originNanos);
        }
    }

    /** Where all lanes stop: after so many events each, with none whose time comes later. */
    private record Line(long events, long nanos) {}

    private final NanoClock clock;
    private final int lanes;
    private final int turnEvents;
    private final List<PaceStage> pacers = new ArrayList<>();
    private final List<Waiting> ready = new ArrayList<>();
    private volatile long originEpochMicros;
    private volatile Era first;
    private volatile Era latest;
    /** Where lanes in turns leave the latest era, if that has been drawn. */
    private long nextPlace = NONE;

    private boolean stopped;
    private volatile Line line;
    private volatile boolean abandoned;

    /**
     * The time of a run.
     *
     * @param lanes how many pacers it has
     * @param turnEvents if these stop at one place of the stream: how many events in a row are a lane's; else 0
     */
    public RunTime(NanoClock clock, int lanes, int turnEvents) {
        this.clock = clock;
        this.lanes = lanes;
        this.turnEvents = turnEvents;
    }

    void join(PaceStage pacer) {
        pacers.add(pacer);
    }

    /** Stops all pacers. */
    public synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        pacers.forEach(PaceStage::stop);
        if (turnEvents > 0) {
            line = new Line(latest == null ? 0 : turnEvents > 1 ? placeAfter(latest) : line(), nanos());
        }
    }

    /** Stops all pacers wherever they are. */
    public void abandon() {
        abandoned = true;
        pacers.forEach(PaceStage::stop);
    }

    /**
     * Whether a pacer that has been stopped has to take one more event all the same.
     *
     * @param taken how many events it has taken
     * @param dueNanos intended time of the next one
     */
    boolean isBeforeLine(long taken, long dueNanos) {
        while (turnEvents > 0 && line == null && !abandoned) {
            Thread.yield(); // another thread is about to draw it
        }
        Line drawn = line;
        return drawn != null && !abandoned && taken < drawn.events && dueNanos <= drawn.nanos;
    }

    /**
     * Waits until all lanes have come here, and begins the run. Where the origin lies ahead, a paced run waits for it when it
     * waits for its first event.
     *
     * @param waiting of the calling thread
     * @param stopped whether there is no more point in waiting for others; whoever makes it true wakes {@code waiting}
     * @param leadNanos how far ahead the origin may lie
     * @param prepare what the lane has to do with its first plan before the clock starts
     */
    Era begin(
            PlanCell cell, Waiting waiting, BooleanSupplier stopped, long leadNanos, Consumer<RatePlan> prepare) {
        Era begun;
        if (isLast(waiting)) {
            long aheadNanos = lanes == 1 ? leadNanos : Math.max(leadNanos, START_AHEAD_NANOS);
            // The two clocks are read in one go: what lies between would be a difference of the two for the whole run.
            long originNanos = clock.nanoTime() + aheadNanos;
            RatePlan intensity = new RatePlan(cell.current(), clock.epochMicros() + aheadNanos / 1_000);
            prepare.accept(intensity);
            begun = begin(intensity, originNanos);
            ready.forEach(Waiting::wake);
        } else {
            while (first == null && !stopped.getAsBoolean()) {
                waiting.until(Long.MAX_VALUE);
            }
            begun = beginAt(cell, clock.nanoTime(), clock.epochMicros());
            prepare.accept(begun.intensity);
        }
        while (!begun.plan().paced() && clock.nanoTime() < begun.originNanos && !stopped.getAsBoolean()) {
            waiting.until(begun.originNanos);
        }
        return begun;
    }

    private synchronized boolean isLast(Waiting waiting) {
        ready.add(waiting);
        return ready.size() == lanes;
    }

    /** Begins the run with its origin at a moment of the machine's clock, unless it has begun. */
    synchronized Era beginAt(PlanCell cell, long originNanos, long epochMicros) {
        return first == null ? begin(new RatePlan(cell.current(), epochMicros), originNanos) : first;
    }

    private synchronized Era begin(RatePlan intensity, long originNanos) {
        if (first == null) {
            originEpochMicros = intensity.originEpochMicros();
            latest = new Era(intensity, 0, originNanos, 0);
            first = latest;
        }
        return first;
    }

    /** The era after {@code era}; a new one, from now on, if that is the latest. */
    synchronized Era after(Era era, PlanCell cell) {
        if (latest == era) {
            long machine = clock.nanoTime();
            long now = era.nanosAt(machine);
            // A pattern goes by the wall clock, which a pause does not stop.
            RatePlan intensity = new RatePlan(cell.current(), clock.epochMicros() - now / 1_000);
            if (era.standing && !intensity.plan().paused()) {
                originEpochMicros = intensity.originEpochMicros();
            }
            latest = new Era(intensity, now, era.standing ? machine - now : era.originNanos, turnEvents > 1 ? placeAfter(era) : 0);
            era.next = latest;
            nextPlace = NONE;
        }
        return era.next;
    }

    /** Whether a pacer that has taken so many events goes from {@code era} to the next one, as there is a new plan. */
    boolean isPlaceOfNext(Era era, long taken) {
        return turnEvents <= 1 || taken % turnEvents == 0 && taken >= placeAfter(era);
    }

    /**
     * Where lanes in turns leave an era, which they have been told to: drawn when the first of them asks. The next era
     * begins when the first of them stands there.
     */
    private synchronized long placeAfter(Era era) {
        if (era.next != null) {
            return era.next.fromEvents;
        }
        if (nextPlace == NONE) {
            nextPlace = era.standing ? era.fromEvents : line();
        }
        return nextPlace;
    }

    /** So many events of each lane that none can be beyond when all have seen what they have just been told. */
    private long line() {
        if (turnEvents == 0) {
            return 0;
        }
        long most = pacers.stream().mapToLong(pacer -> pacer.stats().taken()).max().orElse(0);
        return Math.ceilDiv(most + 2, turnEvents) * turnEvents;
    }

    /** If the lanes have one sink between them: how many events in a row are a lane's; else 0. */
    public int turnEvents() {
        return turnEvents;
    }

    /** The run's clock now; 0 before it begins. */
    public long nanos() {
        Era now = latest;
        return now == null ? 0 : now.nanosAt(clock.nanoTime());
    }

    /**
     * The wall clock at the run's origin, in microseconds since the epoch; 0 before it begins. A pause moves it on, so that
     * it and an intended time of now make the wall clock of now.
     */
    public long originEpochMicros() {
        return originEpochMicros;
    }

    /** The rate that {@code plan} asks for now, or will at the start, in events per second; 0 when it is not paced. */
    public double targetRatePerSecond(RunPlan plan) {
        Era now = latest;
        RatePlan intensity = now == null ? new RatePlan(plan, clock.epochMicros()) : now.intensity;
        return intensity.plan().paced() ? intensity.ratePerSecondAt(nanos()) : 0;
    }
}
