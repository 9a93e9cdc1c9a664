package dev.spindle.engine.row;

/** What decides where the rows of a table stand among those of others. */
public sealed interface PlaceInTime {

    /** An event-time column of their own. */
    record Own(String column) implements PlaceInTime {}

    /** They go with the rows of a parent. */
    record With(String parent) implements PlaceInTime {}

    /** They have no time, but parents that do: they are spread evenly over the model's dates. */
    record Spread() implements PlaceInTime {}

    /** They have no time and none above them: they were always there. */
    record Always() implements PlaceInTime {}
}
