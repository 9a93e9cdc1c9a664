package dev.spindle.engine.event;

/**
 * One of the stages after generate. A stage is used by one thread at a time and hands on to the next by calling it.
 *
 * <p>Events are swapped, never shared: a stage that keeps an event (because it is late, say) gives another of its own
 * back, so that the number of events in each stage's hands never changes and nothing is allocated.
 */
public interface Stage {

    /** Gives every event back and does nothing. */
    Stage NOWHERE = new Stage() {
        @Override
        public Event on(Event event) {
            return event;
        }

        @Override
        public void endOfBatch() {}

        @Override
        public void endOfStream() {}
    };

    /**
     * Takes one event; hands on none, one or several to the next stage.
     *
     * @return an event that the caller owns from now on and may overwrite: mostly {@code event} itself
     */
    Event on(Event event);

    /** Nothing more is ready now: lets go what should not wait for the next event, such as a batch half full. */
    void endOfBatch();

    /** The stream has ended: lets go everything that is still held, in order. Called once, after the last event. */
    void endOfStream();
}
