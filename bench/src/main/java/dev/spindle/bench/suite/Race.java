package dev.spindle.bench.suite;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contestants in turn, each a process of its own that starts cold, several rounds. A first, short turn of each says how
 * many rows it takes to keep it busy for the time that was asked for; it does not count. Who is called wrongly then, with a
 * thread plan that this version does not have, say, is left out.
 *
 * @param seconds of each turn
 * @param place where they run
 */
record Race(String name, List<Contestant> contestants, double seconds, int rounds, Place place, List<View> views)
        implements Part {

    static final String RATE = "rows/s";
    static final String PROCESS_RATE = "rows/s, whole process";
    static final String BYTES = "bytes a row";
    static final String CPU = "processor ns a row";
    static final String MEMORY = "peak MB";
    static final String ROWS = "rows";

    /** What a turn may write to the RAM disk, if that has four times as much room. */
    private static final double MOST_BYTES = 5e9;

    private static final int BYTES_A_ROW = 360;

    /** Spindle's exit code for an option that it does not have, such as one of another version. */
    private static final int WRONG_CALL = 2;

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Override
    public void measure(Notes notes) throws Exception {
        Map<Contestant, Long> rows = new LinkedHashMap<>();
        for (Contestant contestant : contestants) {
            try {
                rows.put(contestant, rows(contestant));
            } catch (Child.Failed e) {
                if (e.exitCode() != WRONG_CALL) {
                    throw e;
                }
                notes.progress("  left out: " + contestant.name() + ", " + e.getMessage());
            }
        }
        rows.forEach((contestant, some) ->
                notes.command(contestant.name(), place.readable(contestant.command(place, some))));
        try (LooseMemory _ = LooseMemory.on(place.scratch(), mostWritten(rows))) {
            for (int round = 1; round <= rounds; round++) {
                for (Contestant contestant : rows.keySet()) {
                    Turn turn = turn(contestant, rows.get(contestant));
                    turn.note(contestant.name(), notes);
                    notes.progress(String.format(
                            "  round %d  %-58s %6.2f million rows/s", round, contestant.name(), turn.rate() / 1e6));
                }
            }
        }
    }

    /** Bytes of the longest file. */
    private static long mostWritten(Map<Contestant, Long> rows) {
        return BYTES_A_ROW
                * rows.keySet().stream().filter(Contestant::writes).mapToLong(rows::get).max().orElse(0);
    }

    private long rows(Contestant contestant) throws Exception {
        return contestant instanceof Contestant.Fixed fixed
                ? fixed.rows()
                : enough(contestant, turn(contestant, contestant.probeRows()));
    }

    private Turn turn(Contestant contestant, long rows) throws Exception {
        place.sweep();
        Child.Outcome outcome = Child.run(place.home(), contestant.command(place, rows), LIMIT);
        Contestant.Account account = contestant.account(place, outcome);
        place.sweep();
        if (account.rows() != rows) {
            throw new IllegalStateException(contestant.name() + " made " + account.rows() + " rows, not " + rows);
        }
        return new Turn(account, outcome);
    }

    /** Rows for a turn, with two digits. */
    private long enough(Contestant contestant, Turn probe) {
        double most = contestant.writes()
                ? Math.min(MOST_BYTES, place.usableBytes() / 4.0) / Math.max(100, probe.bytesPerRow())
                : Double.MAX_VALUE;
        double wanted = Math.min(most, Math.max(contestant.probeRows(), probe.rate() * seconds));
        double unit = Math.pow(10, Math.floor(Math.log10(wanted)) - 1);
        return (long) (Math.floor(wanted / unit) * unit);
    }

    /** What one turn gave. */
    private record Turn(Contestant.Account account, Child.Outcome outcome) {

        double rate() {
            return account.rows() / account.seconds();
        }

        double bytesPerRow() {
            return (double) account.bytes() / account.rows();
        }

        void note(String name, Notes notes) {
            notes.figure(name, RATE, rate());
            notes.figure(name, PROCESS_RATE, account.rows() / outcome.seconds());
            if (account.bytes() > 0) {
                notes.figure(name, BYTES, bytesPerRow());
            }
            notes.figure(name, CPU, outcome.cpuSeconds() * 1e9 / account.rows());
            notes.figure(name, ROWS, account.rows());
            if (outcome.peakMegabytes() > 0) {
                notes.figure(name, MEMORY, outcome.peakMegabytes());
            }
        }
    }
}
