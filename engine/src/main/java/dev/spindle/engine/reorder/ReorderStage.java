package dev.spindle.engine.reorder;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.RunPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lets some events go later than their place, and some a second time.
 *
 * <p>The places of the stream are the order in which events come here. A late event is taken out of its place and a
 * spare given for it; it goes 1 to K places on, right after that place's own event. Events that are not late are passed
 * on at once and keep their order. A late event's slip is drawn when the first event in its place passes it, among the
 * places from there on, so that every late event is truly out of order. A second sending goes 1 to K places after the
 * first, as a copy made before any later stage has touched the event.
 *
 * <p>What is held back on purpose is not overdue: its intended time becomes that of the place where it goes.
 *
 * <p>Memory: K spare events, and 2K + 2 more if there are duplicates. What is held hangs in a ring of lists, one for
 * each place to come, their number a power of two, so that an event costs the same whatever K is.
 */
public final class ReorderStage implements Stage {

    private static final int NONE = -1;
    private static final int HISTORY = 1 << 16;

    private final LateDraw draw;
    private final long twiceKey;
    private final long twiceSlipKey;
    private final int maxSlots;
    private final double duplicates;
    private final Stage next;
    private final ReorderingMeter meter;
    private final ReorderCounts counts = new ReorderCounts();

    /** Entries: an event that is held, or a spare; its place; the entry behind it in its list. */
    private final Event[] events;

    private final long[] places;
    private final int[] following;

    /** First entry of each list: what is to go after the own event of place p hangs at p mod their number, in order. */
    private final int[] due;

    /** Entries that no event has passed yet, in order; their slips are not drawn. */
    private final int[] unpassed;

    private int unpassedCount;

    /** Place of the first of the held events in a row, should the row go on. */
    private long rowStart;

    private int free;
    private long place = -1;

    /** When the current place's own event should leave: what goes with it is due then, too. */
    private long slotNanos;

    private RunPlan plan;

    /**
     * A stage at the start of its stream.
     *
     * @param spares makes spare events, with room for as many columns as the run's events have
     */
    public ReorderStage(Disorder disorder, Supplier<Event> spares, Stage next) {
        this.draw = new LateDraw(disorder);
        this.twiceKey = Draw.key(disorder.seed(), "reorder", "twice");
        this.twiceSlipKey = Draw.key(disorder.seed(), "reorder", "twice", "slip");
        this.maxSlots = disorder.maxDelaySlots();
        this.duplicates = disorder.duplicates();
        this.next = next;
        this.meter = new ReorderingMeter(disorder.stride(), HISTORY);
        int entries = maxSlots + (duplicates > 0 ? 2 * maxSlots + 2 : 0);
        this.events = new Event[entries];
        this.places = new long[entries];
        this.following = new int[entries];
        for (int entry = 0; entry < entries; entry++) {
            events[entry] = spares.get();
            following[entry] = entry + 1 < entries ? entry + 1 : NONE;
        }
        this.due = new int[Integer.highestOneBit(maxSlots) << 1];
        Arrays.fill(due, NONE);
        this.unpassed = new int[maxSlots];
    }

    @Override
    public Event on(Event event) {
        place++;
        if (event.plan != plan) {
            plan = event.plan;
            draw.fraction(plan.outOfOrder());
        }
        slotNanos = event.intendedNanos;
        long sequence = event.sequence;
        if (place == 0) {
            rowStart = -draw.heldBefore(sequence);
        }
        event.duplicate = false;
        if (event.late) {
            counts.overdue.increment();
        }
        if (isLate(sequence)) {
            letGo(place);
            return hold(event, meter.isBehind(sequence));
        }
        Event back = depart(event, place);
        rowStart = place + 1;
        pass(sequence);
        letGo(place);
        return back;
    }

    private boolean isLate(long sequence) {
        return place - rowStart < maxSlots && draw.isDrawn(sequence);
    }

    private Event hold(Event event, boolean isPassed) {
        int entry = free;
        free = following[entry];
        Event spare = events[entry];
        events[entry] = event;
        places[entry] = place;
        if (isPassed) {
            hang(entry, place + draw.slip(event.sequence, 1));
        } else {
            unpassed[unpassedCount++] = entry;
        }
        return spare;
    }

    /** An event in its place goes past those that are held: their slips can be drawn. */
    private void pass(long sequence) {
        int left = 0;
        for (int i = 0; i < unpassedCount; i++) {
            int entry = unpassed[i];
            int least = (int) (place - places[entry]);
            if (events[entry].sequence < sequence) {
                hang(entry, places[entry] + draw.slip(events[entry].sequence, least));
            } else if (least == maxSlots) {
                hang(entry, place);
            } else {
                unpassed[left++] = entry;
            }
        }
        unpassedCount = left;
        if (left > 0) {
            rowStart = places[unpassed[0]];
        }
    }

    /** Hangs an entry among those that go after the own event of place {@code at}, in sequence order. */
    private void hang(int entry, long at) {
        int list = (int) at & due.length - 1;
        long sequence = events[entry].sequence;
        int before = NONE;
        int after = due[list];
        while (after != NONE && events[after].sequence <= sequence) {
            before = after;
            after = following[after];
        }
        following[entry] = after;
        if (before == NONE) {
            due[list] = entry;
        } else {
            following[before] = entry;
        }
    }

    private void letGo(long at) {
        int list = (int) at & due.length - 1;
        int entry = due[list];
        due[list] = NONE;
        while (entry != NONE) {
            int after = following[entry];
            depart(entry);
            entry = after;
        }
    }

    private void depart(int entry) {
        Event event = events[entry];
        if (event.duplicate) {
            event.slip = (int) (place - places[entry]);
            event.intendedNanos = slotNanos;
            counts.duplicates.increment();
            events[entry] = next.on(event);
        } else {
            events[entry] = depart(event, places[entry]);
        }
        following[entry] = free;
        free = entry;
    }

    /** A first sending. */
    private Event depart(Event event, long ownPlace) {
        event.slip = (int) (place - ownPlace);
        event.intendedNanos = slotNanos;
        event.extent = meter.left(event.sequence);
        if (event.extent > 0) {
            countReordered(event);
        }
        counts.departed.increment();
        if (duplicates > 0 && Draw.unit(twiceKey, event.sequence) < duplicates) {
            copy(event);
        }
        return next.on(event);
    }

    private void copy(Event event) {
        int entry = free;
        free = following[entry];
        Event copy = events[entry];
        copy.copyFrom(event);
        copy.duplicate = true;
        copy.extent = 0;
        places[entry] = place;
        hang(entry, place + 1 + Draw.below(Draw.bits(twiceSlipKey, event.sequence), maxSlots));
    }

    private void countReordered(Event event) {
        counts.outOfOrder.increment();
        if (event.slip > 0 && !event.late) {
            counts.late.increment();
        }
        if (!meter.isExact()) {
            counts.unmeasured.increment();
        }
        if (event.extent > counts.maxExtent.get()) {
            counts.maxExtent.set(event.extent);
        }
    }

    @Override
    public void endOfBatch() {
        next.endOfBatch();
    }

    @Override
    public void endOfStream() {
        letAllGo();
        next.endOfStream();
    }

    /** What is held goes in sequence order, first sendings before second ones: there is nothing left to go after. */
    public void letAllGo() {
        if (!holdsAny()) {
            return;
        }
        for (int i = 0; i < unpassedCount; i++) {
            hang(unpassed[i], place + 1);
        }
        unpassedCount = 0;
        List<Integer> second = new ArrayList<>();
        for (int entry : takeAll()) {
            if (events[entry].duplicate) {
                second.add(entry);
            } else {
                depart(entry);
            }
        }
        second.addAll(takeAll());
        second.sort(bySequence());
        for (int entry : second) {
            depart(entry);
        }
        rowStart = place + 1;
    }

    private boolean holdsAny() {
        for (int entry : due) {
            if (entry != NONE) {
                return true;
            }
        }
        return unpassedCount > 0;
    }

    /** Empties all lists; gives what was in them in sequence order. */
    private List<Integer> takeAll() {
        List<Integer> taken = new ArrayList<>();
        for (int list = 0; list < due.length; list++) {
            for (int entry = due[list]; entry != NONE; entry = following[entry]) {
                taken.add(entry);
            }
            due[list] = NONE;
        }
        taken.sort(bySequence());
        return taken;
    }

    private Comparator<Integer> bySequence() {
        return Comparator.comparingLong(entry -> events[entry].sequence);
    }

    public ReorderCounts counts() {
        return counts;
    }
}
