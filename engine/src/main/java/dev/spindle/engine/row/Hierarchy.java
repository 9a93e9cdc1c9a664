package dev.spindle.engine.row;

import static dev.spindle.engine.event.Event.NULL;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.schema.Strategy.SelfReferencing;

/**
 * A hierarchy within one table: the first rows are its roots, then come the rows of level 2, and so on; each level is
 * larger than the one above by the same factor. A row's parent is drawn from the level above its own, so that there are
 * no circles.
 */
final class Hierarchy {

    /** The first row of each level; the last entry is the number of rows. */
    private final long[] starts;

    private final long key;

    Hierarchy(SelfReferencing strategy, long rows, long key) {
        this.key = key;
        long roots = Math.min(strategy.rootCount(), rows);
        int levels = (int) Math.max(1, Math.min(strategy.levels(), rows - roots + 1));
        this.starts = new long[levels + 1];
        double factor = growth(rows, roots, levels);
        double size = roots;
        long at = 0;
        for (int level = 0; level < levels; level++) {
            starts[level] = at;
            long left = levels - 1 - level;
            at = Math.max(at + 1, Math.min(at + Math.round(size), rows - left));
            size *= factor;
        }
        starts[levels] = rows;
        if (levels > 1) {
            starts[1] = roots;
        }
    }

    /** The factor by which levels grow so that together they are {@code rows}: found by bisection. */
    private static double growth(long rows, long roots, int levels) {
        double low = 0;
        double high = Math.max(2, rows);
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            double sum = 0;
            double size = roots;
            for (int level = 0; level < levels; level++) {
                sum += size;
                size *= middle;
            }
            if (sum < rows) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The level of a row, from 1 for roots; rows beyond the table's are of the last. */
    private int level(long row) {
        int level = 1;
        while (level < starts.length - 1 && row >= starts[level]) {
            level++;
        }
        return level;
    }

    /** The parent's row; null for roots. */
    Step parentStep() {
        return new Step() {
            @Override
            public long value(RowCursor at) {
                int level = level(at.row);
                if (level == 1) {
                    return NULL;
                }
                long start = starts[level - 2];
                return start + Draw.below(at.bits(key), starts[level - 1] - start);
            }
        };
    }

    Step levelStep() {
        return new Step() {
            @Override
            public long value(RowCursor at) {
                return level(at.row);
            }
        };
    }
}
