package dev.spindle.bench.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One question of the suite. */
interface Part {

    /** Its name on the command line, in the results and on the page. */
    String name();

    /** Measures and notes figures. */
    void measure(Notes notes) throws Exception;

    /** How the figures are shown, in this order. */
    List<View> views();

    /** What a part notes while it measures. */
    final class Notes {
        private final Figures figures = new Figures();
        private final Map<String, String> commands = new LinkedHashMap<>();

        void figure(String name, String measure, double value) {
            figures.add(name, measure, value);
        }

        void figure(Figure figure) {
            figures.add(figure);
        }

        /** What was run for a row, or for all of them. */
        void command(String name, String command) {
            commands.put(name, command);
        }

        /** Tells whoever waits. */
        void progress(String line) {
            System.out.println(line);
        }

        Figures figures() {
            return figures;
        }

        Map<String, String> commands() {
            return commands;
        }
    }
}
