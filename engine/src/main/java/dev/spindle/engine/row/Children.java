package dev.spindle.engine.row;

/** How many children each parent has, parents and children both counted from 0 and children parent by parent. */
interface Children {

    /** The first child of {@code parent}; its last is one before the first of {@code parent + 1}. */
    long first(long parent);

    int count(long parent);

    long parentOf(long child);
}
