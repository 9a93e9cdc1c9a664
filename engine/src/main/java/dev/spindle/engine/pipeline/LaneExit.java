package dev.spindle.engine.pipeline;

import dev.spindle.engine.event.Stage;
import dev.spindle.engine.stats.BlockedTime;

/** The last stage of a lane that has no sink to itself. */
sealed interface LaneExit extends Stage permits Meeting.Entrance, Turns.Place {

    /** How long the lane's thread was kept waiting here. */
    BlockedTime blocked();

    /** All that the lane let go of in its turn has come. */
    void endTurn();
}
