package dev.spindle.engine.pace;

import dev.spindle.engine.event.Stage;

/** Where an event leaves the pace stage, and where that is written down. */
record Exit(Stage next, PaceStats stats) {

    /**
     * An exit that leads nowhere: an event that goes this way a little before its time brings the code of the real way, which
     * after a long wait is in none of the core's caches, back into them. What it writes down nobody reads.
     */
    static Exit rehearsal() {
        return new Exit(Stage.NOWHERE, PaceStats.unread());
    }
}
