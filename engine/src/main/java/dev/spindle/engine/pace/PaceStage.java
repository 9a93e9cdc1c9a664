package dev.spindle.engine.pace;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.CatchUp;
import dev.spindle.engine.plan.PlanCell;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.stats.BlockedTime;
import dev.spindle.engine.time.NanoClock;
import dev.spindle.engine.time.Waiting;
import java.util.function.Supplier;

/**
 * Gives each event its intended time, waits for it, and lets the event go.
 *
 * <p>{@link #start()} sets the run's origin; all times are nanoseconds since then on the <em>run's clock</em>, which
 * stands still while the run is paused. While it waits, the stage serves retunes, pause, stop, and events held back that
 * fall due; before it waits for longer than letting go of a batch takes, it tells the next stage that the batch has
 * ended.
 *
 * <p>An event is <em>overdue</em> when its time had already passed when the stage came round to look at it, because the
 * stages around were too slow: it, and only it, is subject to the catch-up policy.
 *
 * <p>Whoever drives the stage and sees it, or one after it, throw must call {@link PlanCell#end} so that no retune waits
 * for an answer; after {@link #endOfStream()} of all lanes that is done.
 *
 * <p>One thread calls {@code start}, {@code on}, {@code endOfBatch} and {@code endOfStream}; the other methods may be
 * called from any.
 */
public final class PaceStage implements Stage {

    private static final long UNPACED_EVENTS_PER_CLOCK_READING = 64;
    /** A wait that is worth a rehearsal of its end, and how long before the end that is. */
    private static final long LONG_WAIT_NANOS = 20_000;

    static final long REHEARSAL_NANOS = 4_000;
    private static final int BYTES_PER_LINE = 64;
    private static final int LONGS_PER_LINE = BYTES_PER_LINE / Long.BYTES;

    private final PaceSettings settings;
    private final PlanCell cell;
    private final PlanCell.Pacer pacer;
    private final NanoClock clock;
    private final Waiting waiting;
    private final BlockedTime blocked;
    private final PaceStats stats;
    private final Stage next;
    private final HeldEvents held;
    private final BatchEnds batches;
    private final Exit out;
    private final Exit rehearsal = Exit.rehearsal();
    private final TokenBucket bucket;
    private final RunTime time;
    private final RunClock run;

    private volatile boolean stopRequested;
    private volatile boolean ended;

    private RunTime.Era era;
    private RunPlan plan;
    private Schedule schedule;
    /** Since when the stage has had its eye on the schedule: events with an earlier time are overdue. */
    private long attentiveNanos;

    private long endNanos;
    /** Events that are later than this are dropped. */
    private long toleranceNanos;
    /** What {@link #blocked} read when the stage was last ahead of its schedule. */
    private long blockedWhenAhead;

    private long blockedWhenRead;
    /** What is waited for, to be touched in good time. */
    private Event awaited;

    private long touched;
    private long untilClockReading;
    private long lastSequence;

    /** The pacer of a run that has one. */
    public PaceStage(
            PaceSettings settings,
            PlanCell cell,
            NanoClock clock,
            Waiting waiting,
            BlockedTime blocked,
            Supplier<Event> spares,
            PaceStats stats,
            Stage next) {
        this(settings, cell, new RunTime(clock, 1, 0), clock, waiting, blocked, spares, stats, next);
    }

    /**
     * A pacer of a run.
     *
     * @param settings what does not change
     * @param cell the plan; this pacer takes part in its acknowledgements from now on
     * @param time what the pacers of the run share
     * @param waiting used by this stage alone
     * @param blocked where the stages after this one, on the same thread, say how long they were kept waiting
     * @param spares makes events like those that are handed in, for those held back
     * @param stats used by this stage alone
     * @throws ConfigurationException when events are to be held back in an unpaced run
     */
    public PaceStage(
            PaceSettings settings,
            PlanCell cell,
            RunTime time,
            NanoClock clock,
            Waiting waiting,
            BlockedTime blocked,
            Supplier<Event> spares,
            PaceStats stats,
            Stage next) {
        this.settings = settings;
        this.cell = cell;
        this.clock = clock;
        this.time = time;
        this.run = new RunClock(clock);
        this.waiting = waiting;
        this.blocked = blocked;
        this.stats = stats;
        this.next = next;
        this.plan = cell.current();
        if (settings.late().fraction() > 0 && !plan.paced()) {
            throw new ConfigurationException(
                    new Problem("--late", null, "holds events back, which a run that is not paced cannot do", "with --realtime"));
        }
        this.held = new HeldEvents(spares, settings);
        this.batches = new BatchEnds(next);
        this.out = new Exit(next, stats);
        this.bucket = new TokenBucket(settings.lanes());
        this.lastSequence = settings.firstSequence() - 1;
        this.pacer = cell.join(waiting::wake);
        waiting.onApproach(this::touch);
        time.join(this);
    }

    /**
     * Begins the run, when all its lanes are ready: its clock reads 0 when this returns. Called on the pacing thread just
     * before the first event.
     */
    public void start() {
        start(0);
    }

    /** The same with the origin so many nanoseconds ahead in a paced run; the first event is waited for like every other. */
    public void start(long leadNanos) {
        waiting.start();
        begin(time.begin(cell, waiting, () -> stopRequested, leadNanos, this::prepare));
    }

    /**
     * Begins the run at a moment some milliseconds ahead. Does not wait for it: the first event is waited for like every
     * other.
     *
     * @param originClockNanos the run's origin on the clock's own scale
     * @param originMicros the wall clock then, in microseconds since the epoch
     */
    public void startAt(long originClockNanos, long originMicros) {
        waiting.start();
        RunTime.Era first = time.beginAt(cell, originClockNanos, originMicros);
        prepare(first.intensity());
        begin(first);
    }

    private void prepare(RatePlan first) {
        follow(first.plan());
        schedule = new Schedule(first, settings.seed(), settings.lane(), settings.lanes());
        bucket.retune(first, 0);
        endNanos = Math.min(settings.durationNanos(), first.endNanos());
        stats.onArrivals(plan.arrivals(), settings.lanes());
        pacer.applied(plan, 0, settings.firstSequence());
    }

    private void follow(RunPlan changed) {
        plan = changed;
        toleranceNanos = changed.catchUp() instanceof CatchUp.Drop drop ? drop.toleranceNanos() : Long.MAX_VALUE;
    }

    private void begin(RunTime.Era first) {
        era = first;
        run.enter(first);
    }

    @Override
    public Event on(Event event) {
        if (ended) {
            return event;
        }
        return plan.paced() ? onPaced(event) : onUnpaced(event);
    }

    private Event onPaced(Event event) {
        run.read();
        attentiveNanos = run.now();
        schedule.advance();
        awaited = event;
        long due = schedule.nanos();
        event.arrivalNanos = due;
        event.intendedNanos = due;
        event.late = false;
        if (hasTimeUntil(due) && !held.wants(event)) {
            long turn = due - run.now() > LONG_WAIT_NANOS ? due - REHEARSAL_NANOS : due;
            for (; isAwaited(turn, due); turn = due) {
                Exit exit = run.now() < due ? rehearsal : out;
                Event back = release(event, due, run.now() - due, exit);
                if (exit == out) {
                    batches.open();
                    lastSequence = event.sequence;
                    return back;
                }
            }
        }
        return afterAll(event);
    }

    /** Whether nothing but the event in line is to be waited for, until a time that has not come. */
    private boolean hasTimeUntil(long due) {
        return due > run.now() && due < endNanos && due <= held.nextDueNanos() && !plan.paused() && !isCalled();
    }

    /** Waits for {@code turn}, shortly before an event is due or just then: false when something else has come instead. */
    private boolean isAwaited(long turn, long due) {
        waitUntil(turn, true);
        return run.now() >= turn && run.now() - due <= toleranceNanos && due >= attentiveNanos && !isCalled();
    }

    /** Whether there is a new plan, or the run is to stop. */
    private boolean isCalled() {
        return cell.current() != plan || stopRequested;
    }

    /** The event in line, with all that can come between: its time is over already, or a wait for it ended otherwise. */
    private Event afterAll(Event event) {
        if (!awaitTurn(event.sequence)) {
            ended = true;
            return event;
        }
        lastSequence = event.sequence;
        long due = schedule.nanos();
        if (run.now() - due > toleranceNanos) {
            stats.onTaken();
            stats.onDropped(ownLagNanos(due));
            stats.onGap();
            return event;
        }
        event.arrivalNanos = due; // another than at first when the plan has changed meanwhile
        event.intendedNanos = due;
        if (held.wants(event)) {
            stats.onTaken();
            stats.onGap();
            return held.hold(event);
        }
        batches.open();
        return release(event, due, ownLagNanos(due), out);
    }

    /**
     * Lets an event go at its turn. Little stands between the end of the wait and the next stage, and before that the event
     * has rehearsed it.
     */
    private Event release(Event event, long due, long ownLagNanos, Exit exit) {
        long now = run.now();
        exit.stats().onTaken();
        Event back = handOn(event, exit);
        // Written down afterwards, so that it delays the next event rather than this one.
        exit.stats().onReleased(due, now, schedule.unit(), schedule.ratePerSecond(), ownLagNanos);
        return back;
    }

    private Event handOn(Event event, Exit exit) {
        event.releasedNanos = run.now();
        event.plan = plan;
        return exit.next().on(event);
    }

    private long ownLagNanos(long due) {
        return run.now() - due - (blocked.nanos() - blockedWhenAhead);
    }

    /** Waits until the event in line may go (true), or no event may go any more (false). */
    private boolean awaitTurn(long sequence) {
        while (serveControl(sequence)) {
            long now = run.now();
            long due = schedule.nanos();
            boolean overdue = due < attentiveNanos;
            long turn = Math.min(endNanos, due);
            if (overdue && due < endNanos && plan.catchUp() instanceof CatchUp.Bucket) {
                turn = bucket.readyNanos(now, schedule.ratePerSecond());
            }
            long heldDue = held.nextDueNanos();
            if (Math.min(turn, heldDue) > now) {
                waitUntil(Math.min(turn, heldDue), !overdue);
            } else if (heldDue <= Math.min(turn, now)) {
                releaseHeld();
            } else if (due >= endNanos) {
                return false;
            } else {
                if (overdue && plan.catchUp() instanceof CatchUp.Bucket) {
                    bucket.pay();
                }
                return true;
            }
        }
        run.read();
        return schedule.nanos() < endNanos && time.isBeforeLine(stats.taken(), schedule.nanos());
    }

    /** Applies a new plan, waits while paused; false when the run is being stopped. */
    private boolean serveControl(long sequence) {
        if (cell.current() != plan) {
            apply(sequence);
        }
        while (plan.paused() && !stopRequested) {
            batches.end(run);
            waiting.until(Long.MAX_VALUE);
            if (cell.current() != plan) {
                apply(sequence);
            }
        }
        return !stopRequested;
    }

    /** Goes from plan to plan until it has the current one, or one that is not to be followed yet. */
    private void apply(long sequence) {
        while (cell.current() != plan && time.isPlaceOfNext(era, stats.taken())) {
            RunPlan before = plan;
            era = time.after(era, cell);
            run.enter(era);
            RatePlan changed = era.intensity();
            follow(changed.plan());
            schedule.retune(changed, era.fromNanos());
            bucket.retune(changed, Math.max(0, run.now()));
            endNanos = Math.min(settings.durationNanos(), changed.endNanos());
            if (plan.arrivals() != before.arrivals()) {
                stats.onArrivals(plan.arrivals(), settings.lanes());
            }
            pacer.applied(plan, era.fromNanos(), sequence);
        }
    }

    private void waitUntil(long target, boolean ahead) {
        if (ahead) {
            blockedWhenAhead = blocked.nanos();
        }
        if (batches.fitsInto(target - run.now())) {
            batches.end(run);
            attentiveNanos = run.now();
            if (run.now() >= target) {
                return;
            }
        }
        run.readAs(waiting.until(run.onMachine(target)));
    }

    /**
     * Brings back into the core's caches what letting go of the event and encoding it will read: the event comes from
     * another core, or nothing has been looked at for a long time. The sum keeps the compiler from leaving it out.
     */
    private void touch() {
        Event event = awaited;
        if (event == null) {
            return;
        }
        event.arrivalNanos = schedule.nanos();
        long sum = stats.taken() + blocked.nanos() + (cell.current() == plan ? 1 : 0);
        for (int i = 0; i < event.values.length; i += LONGS_PER_LINE) {
            sum += event.values[i];
        }
        for (int i = 0; i < event.textLength; i += BYTES_PER_LINE) {
            sum += event.text[i];
        }
        touched = sum;
    }

    private void releaseHeld() {
        Event first = held.poll();
        long now = run.now();
        long due = first.intendedNanos;
        if (now - due > toleranceNanos) {
            stats.onDropped(ownLagNanos(due));
            held.giveBack(first);
            return;
        }
        stats.onReleasedHeld(now - due, ownLagNanos(due));
        batches.open();
        held.giveBack(handOn(first, out));
        run.read();
        attentiveNanos = run.now();
    }

    private Event onUnpaced(Event event) {
        if (cell.current() != plan || plan.paused()) {
            serveControl(event.sequence);
        }
        if (stopRequested && !time.isBeforeLine(stats.taken(), Long.MIN_VALUE)) {
            ended = true;
            return event;
        }
        if (--untilClockReading < 0 || blocked.nanos() != blockedWhenRead) {
            run.read();
            blockedWhenRead = blocked.nanos();
            untilClockReading = UNPACED_EVENTS_PER_CLOCK_READING - 1;
            if (run.now() >= settings.durationNanos() && isOver()) {
                ended = true;
                return event;
            }
        }
        lastSequence = event.sequence;
        stats.onTaken();
        long now = run.now();
        stats.onReleasedUnpaced(now, now);
        event.arrivalNanos = now;
        event.intendedNanos = now;
        event.late = false;
        batches.open();
        return handOn(event, out);
    }

    /** The duration of an unpaced run is over: lanes that meet still have to come to one place. */
    private boolean isOver() {
        time.stop();
        return !time.isBeforeLine(stats.taken(), Long.MIN_VALUE);
    }

    @Override
    public void endOfBatch() {
        untilClockReading = 0;
        batches.closed();
        next.endOfBatch();
    }

    /** Waits for the events held back, or lets them go at once when the run is being stopped. */
    @Override
    public void endOfStream() {
        ended = true;
        awaited = null;
        while (!held.isEmpty() && serveControl(lastSequence + 1)) {
            if (held.nextDueNanos() > run.now()) {
                waitUntil(held.nextDueNanos(), true);
            } else {
                releaseHeld();
            }
        }
        while (!held.isEmpty()) {
            flushHeld();
        }
        // First of all: the lane may have to wait for another one that is paused.
        pacer.end(new EngineException("The run ended before the change of its plan took effect."));
        next.endOfStream();
    }

    private void flushHeld() {
        run.read();
        Event first = held.poll();
        first.intendedNanos = Math.min(first.intendedNanos, run.now());
        stats.onFlushed();
        batches.open();
        held.giveBack(handOn(first, out));
    }

    /** Takes no further event; one that is being waited for is not taken. The events held back are let go at the end. */
    public void stop() {
        stopRequested = true;
        waiting.wake();
    }

    /** Whether no further event will be taken: stopped, or at the end of the duration or the stages. */
    public boolean ended() {
        return ended;
    }

    /** The run's clock now, in nanoseconds since its origin; 0 before the start. */
    public long runNanos() {
        return time.nanos();
    }

    /**
     * The wall clock at the run's origin, in microseconds since the epoch; 0 before the start. A pause moves it on, so that
     * it and an intended time of now make the wall clock of now.
     */
    public long originEpochMicros() {
        return time.originEpochMicros();
    }

    /** The rate that the plan asks of the run now, or will at the start, in events per second; 0 when unpaced. */
    public double targetRatePerSecond() {
        return time.targetRatePerSecond(cell.current());
    }

    /** What this pacer has done. */
    public PaceStats stats() {
        return stats;
    }
}
