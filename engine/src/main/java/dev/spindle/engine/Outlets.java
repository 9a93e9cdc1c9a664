package dev.spindle.engine;

import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.publish.DeliveryLedger;
import dev.spindle.engine.publish.Outlet;
import dev.spindle.engine.publish.Sink;
import dev.spindle.engine.publish.SinkContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * The outlets of a run as one. Sinks are opened one after the other; they are flushed, and closed, all at the same time,
 * so that a target that is slow takes no time from the others.
 */
final class Outlets {

    private final List<Outlet> outlets;
    /** How many of them {@code open} was called for, and has returned. */
    private int opening;

    private int opened;

    Outlets(List<Outlet> outlets) {
        this.outlets = List.copyOf(outlets);
    }

    /** Opens every sink. */
    void open(Function<DeliveryLedger, SinkContext> context) {
        for (Outlet outlet : outlets) {
            opening++;
            outlet.sink().open(context.apply(outlet.ledger()));
            opened++;
        }
    }

    /** Flushes the sinks that are open; {@code left} says what time is left, {@code failed} takes whatever is thrown. */
    void flush(Supplier<Duration> left, Consumer<Throwable> failed) {
        atOnce(outlets.subList(0, opened), sink -> sink.flush(left.get()), failed);
    }

    /** Closes the sinks that are open or were to be. */
    void close(Supplier<Duration> left, Consumer<Throwable> failed) {
        atOnce(outlets.subList(0, opening), sink -> sink.close(left.get()), failed);
    }

    private static void atOnce(List<Outlet> some, Consumer<Sink> action, Consumer<Throwable> failed) {
        List<Thread> others = new ArrayList<>();
        for (Outlet outlet : some.stream().skip(1).toList()) {
            others.add(Thread.ofPlatform()
                    .daemon()
                    .name("spindle-sink")
                    .start(() -> attempt(outlet.sink(), action, failed)));
        }
        if (!some.isEmpty()) {
            attempt(some.getFirst().sink(), action, failed);
        }
        others.forEach(Outlets::join);
    }

    private static void attempt(Sink sink, Consumer<Sink> action, Consumer<Throwable> failed) {
        try {
            action.accept(sink);
        } catch (Throwable e) {
            failed.accept(e);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Closes the accounts when no stage runs any more and the sinks are closed.
     *
     * @param deliverable how many events there were for each outlet
     */
    void closeAccounts(List<Long> deliverable, Consumer<Throwable> failed) {
        for (int i = 0; i < outlets.size(); i++) {
            long excess = outlets.get(i).ledger().close(deliverable.get(i));
            if (excess > 0) {
                failed.accept(new EngineException("the sink reported " + excess + " events more than once"));
            }
        }
    }

    long sent() {
        return sum(DeliveryLedger::sent);
    }

    long failed() {
        return sum(DeliveryLedger::failed);
    }

    long unreported() {
        return sum(DeliveryLedger::unreported);
    }

    long bytes() {
        return sum(DeliveryLedger::bytes);
    }

    private long sum(ToLongFunction<DeliveryLedger> figure) {
        return outlets.stream().mapToLong(outlet -> figure.applyAsLong(outlet.ledger())).sum();
    }

    /** What first made an event fail, or null. */
    Throwable firstCause() {
        return outlets.stream()
                .map(outlet -> outlet.ledger().firstCause())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    Histogram latencyTotal() {
        return merged(ledger -> ledger.latency().total());
    }

    Histogram latencyInterval() {
        return merged(ledger -> ledger.latency().interval());
    }

    private Histogram merged(Function<DeliveryLedger, Histogram> figure) {
        Histogram all = figure.apply(outlets.getFirst().ledger());
        outlets.stream().skip(1).forEach(outlet -> all.add(figure.apply(outlet.ledger())));
        return all;
    }

    /** The last few events that left through the first outlet. */
    List<String> sampleEvents() {
        return outlets.getFirst().sample().events();
    }

    /** The sinks' own figures, added up. A sink that cannot tell its own takes none of the others away. */
    Map<String, Long> counters() {
        Map<String, Long> all = new LinkedHashMap<>();
        for (Outlet outlet : outlets) {
            try {
                outlet.sink().counters().forEach((name, count) -> all.merge(name, count, Long::sum));
            } catch (RuntimeException e) {
                continue; // the figures of the others are as good as before
            }
        }
        return all;
    }
}
