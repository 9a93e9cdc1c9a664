package dev.spindle.engine.row;

/**
 * How the rows of a child table stand in relation to the order of their parents: a child's structural number counts the
 * children parent by parent, its row is where it stands in the table.
 */
interface Arrangement {

    /** Children stand in the order of their parents. */
    Arrangement BY_PARENT = new Arrangement() {
        @Override
        public long structural(long row) {
            return row;
        }

        @Override
        public long row(long structural) {
            return structural;
        }
    };

    long structural(long row);

    long row(long structural);
}
