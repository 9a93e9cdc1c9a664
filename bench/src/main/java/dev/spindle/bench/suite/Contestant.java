package dev.spindle.bench.suite;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who takes part in a race: a process that makes so many rows, ends, and tells how long it took from its first row to its
 * last and how many bytes they had.
 */
interface Contestant {

    /** In a table's words. */
    String name();

    /** How many rows a first, short turn makes, from which the length of the others follows. */
    long probeRows();

    /** Whether it writes its rows to a file on the RAM disk, which bounds how many there may be. */
    boolean writes();

    List<String> command(Place place, long rows);

    /** Reads what the process left. */
    Account account(Place place, Child.Outcome outcome);

    /**
     * What a process says of itself.
     *
     * @param bytes of all rows; 0 when it does not know
     */
    record Account(long rows, long bytes, double seconds) {}

    /** A program that prints {@code contestant rows=… bytes=… nanos=…}. */
    record Program(String name, long probeRows, boolean writes, Command line) implements Contestant {

        private static final Pattern ACCOUNT = Pattern.compile("contestant rows=(\\d+) bytes=(\\d+) nanos=(\\d+)");

        /** A command line for a number of rows. */
        interface Command {
            List<String> of(Place place, long rows);
        }

        @Override
        public List<String> command(Place place, long rows) {
            return line.of(place, rows);
        }

        @Override
        public Account account(Place place, Child.Outcome outcome) {
            for (String text : outcome.lines()) {
                Matcher account = ACCOUNT.matcher(text);
                if (account.matches()) {
                    return new Account(
                            Long.parseLong(account.group(1)),
                            Long.parseLong(account.group(2)),
                            Long.parseLong(account.group(3)) / 1e9);
                }
            }
            throw new IllegalStateException(name + " gave no account: " + String.join("\n", outcome.lines()));
        }
    }

    /**
     * Spindle as its users start it.
     *
     * @param apart whether each lane has a file of its own
     */
    record Stream(String name, String sink, boolean apart, List<String> options, long probeRows) implements Contestant {

        private static final String RESULT = "result.json";

        @Override
        public boolean writes() {
            return sink.equals("file");
        }

        @Override
        public List<String> command(Place place, long rows) {
            List<String> command = new ArrayList<>(List.of(
                    place.home().resolve("spindle").toString(), "stream", "retail", "--table", "order", "--max-events",
                    Long.toString(rows), "--sink", sink));
            if (writes()) {
                command.addAll(List.of("--output", place.scratch().resolve(apart ? "orders-{lane}.jsonl" : "orders.jsonl").toString()));
            }
            command.addAll(options);
            command.addAll(List.of("--quiet", "--result", place.scratch().resolve(RESULT).toString()));
            return command;
        }


        @Override
        public Account account(Place place, Child.Outcome outcome) {
            Path file = place.scratch().resolve(RESULT);
            JsonObject result = (JsonObject) JsonReader.read(file);
            if (!"completed".equals(((JsonString) result.get("state")).value())) {
                throw new IllegalStateException(name + " did not complete: " + String.join("\n", outcome.lines()));
            }
            return new Account(
                    (long) number(result, "events_sent"), (long) number(result, "bytes_sent"), number(result, "elapsed_seconds"));
        }

        private static double number(JsonObject result, String key) {
            return ((JsonNumber) result.get(key)).value().doubleValue();
        }
    }

    /** A contestant whose turns have a number of rows that is given. */
    record Fixed(String name, long rows, Contestant contestant) implements Contestant {

        @Override
        public long probeRows() {
            return rows;
        }

        @Override
        public boolean writes() {
            return contestant.writes();
        }

        @Override
        public List<String> command(Place place, long asked) {
            return contestant.command(place, asked);
        }

        @Override
        public Account account(Place place, Child.Outcome outcome) {
            return contestant.account(place, outcome);
        }
    }
}
