package dev.spindle.engine.reorder;

import dev.spindle.engine.stats.Counter;
import dev.spindle.engine.stats.Gauge;

/** What reorder has done so far; written by the stage, read from any thread. Second sendings count as duplicates only. */
public final class ReorderCounts {

    final Counter departed = new Counter();
    final Counter outOfOrder = new Counter();
    final Counter late = new Counter();
    final Counter overdue = new Counter();
    final Counter duplicates = new Counter();
    final Gauge maxExtent = new Gauge(0);
    final Counter unmeasured = new Counter();

    /** Events that have left, second sendings apart. */
    public long departed() {
        return departed.get();
    }

    /** Events that left after one with a higher sequence number (RFC 4737, section 3), whatever made them late. */
    public long outOfOrder() {
        return outOfOrder.get();
    }

    /** Events that this stage held back by positions and that left out of order, those in {@link #overdue} apart. */
    public long late() {
        return late.get();
    }

    /** Events that pace had held back for a time, whether or not another went past them. */
    public long overdue() {
        return overdue.get();
    }

    /** Second sendings. */
    public long duplicates() {
        return duplicates.get();
    }

    /** The reordered ratio (RFC 4737, section 4.1): out of order / departed; 0 before the first event. */
    public double ratio() {
        long all = departed();
        return all == 0 ? 0 : (double) outOfOrder() / all;
    }

    /** The largest reordering extent (RFC 4737, section 4.2), in positions of the stream without second sendings. */
    public long maxExtent() {
        return maxExtent.get();
    }

    /** Whether {@link #maxExtent} is exact; if not, some event was further back than is remembered, and it is a lower bound. */
    public boolean maxExtentIsExact() {
        return unmeasured.get() == 0;
    }
}
