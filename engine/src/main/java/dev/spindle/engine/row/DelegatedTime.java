package dev.spindle.engine.row;

/** The moments of another time line, for what differs from it in one respect. Which row has which rank is its own. */
abstract class DelegatedTime extends TimeLine {

    final TimeLine times;

    DelegatedTime(TimeLine times) {
        this.times = times;
    }

    @Override
    long micros(long rank) {
        return times.micros(rank);
    }

    @Override
    long countBy(long micros) {
        return times.countBy(micros);
    }

    @Override
    long startMicros() {
        return times.startMicros();
    }

    @Override
    Calendar calendar() {
        return times.calendar();
    }

    @Override
    long shiftMicros() {
        return times.shiftMicros();
    }
}
