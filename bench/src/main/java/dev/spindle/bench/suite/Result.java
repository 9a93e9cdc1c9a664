package dev.spindle.bench.suite;

import java.util.Map;

/**
 * What one part of the suite measured, and on what.
 *
 * @param date when it ended, UTC, to the minute
 * @param commit what was measured; with a + when the work tree was changed
 * @param command of the suite
 * @param seconds how long the part took
 * @param hardware processor, cores, system
 * @param load threads that wanted a core before the part began, on average over a minute
 * @param jdk virtual machine and version
 * @param flags of the virtual machines
 * @param commands what was run for each row of the table, or for the part as a whole
 * @param figures what came out
 */
record Result(
        String date,
        String commit,
        String command,
        double seconds,
        String hardware,
        double load,
        String jdk,
        String flags,
        Map<String, String> commands,
        Figures figures) {}
