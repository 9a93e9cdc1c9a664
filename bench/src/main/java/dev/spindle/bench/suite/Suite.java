package dev.spindle.bench.suite;

import dev.spindle.bench.Machine;
import dev.spindle.bench.Report;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All benchmarks, one part after the other. What a part compares takes turns, several rounds; the figures are kept as JSON,
 * and the tables and plots of docs/benchmarks.md and the table of the README are made from them.
 *
 * <pre>
 *   bench/suite [--quick] [--render] [--plans=LIST] [--scale=NAME] [--page=FILE] [--figures=FILE]
 *               [--readme=FILE] [PART …]
 * </pre>
 *
 * Run in the source tree's folder.
 */
public final class Suite {

    private static final double QUIET = 0.5;

    private final SuiteArguments arguments;
    private final String command;
    private final Place place;
    private final List<String> flags;
    private final Results results;
    private final Page page;

    private Suite(SuiteArguments arguments, String[] args, Place place) throws IOException {
        this.arguments = arguments;
        this.command = ("bench/suite " + String.join(" ", args)).strip();
        this.place = place;
        this.flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-D" + Report.FILE))
                .toList();
        Files.createDirectories(arguments.figures().toAbsolutePath().getParent());
        this.results = Results.in(arguments.figures());
        this.page = new Page(arguments.page(), arguments.figures().toAbsolutePath().getParent());
    }

    public static void main(String[] args) throws Exception {
        SuiteArguments arguments;
        try {
            arguments = SuiteArguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("bench/suite: " + e.getMessage());
            System.exit(2);
            return;
        }
        Place place = Place.in(Path.of("").toAbsolutePath());
        // Also when it is interrupted: what is left on a RAM disk is memory.
        Runtime.getRuntime().addShutdownHook(new Thread(place::remove));
        System.exit(new Suite(arguments, args, place).run() == 0 ? 0 : 1);
    }

    /** How many parts failed. */
    private int run() throws Exception {
        System.out.print(Machine.describe(command));
        Parts parts = new Parts(arguments, place, flags);
        List<String> failed = new ArrayList<>();
        long before = System.nanoTime();
        for (String name : arguments.parts()) {
            Part part = parts.named(name);
            try {
                if (!arguments.renderOnly()) {
                    measure(part);
                }
                if (results.of(name) != null) {
                    page.show(part, results.of(name));
                }
            } catch (RuntimeException | IOException e) {
                failed.add(name);
                System.out.println(name + " failed: " + e);
            }
        }
        if (arguments.readme() != null) {
            Page.replace(arguments.readme(), Summary.BLOCK, Summary.of(results));
        }
        System.out.printf(Locale.ROOT, "%.0f s; %s%n", (System.nanoTime() - before) / 1e9,
                failed.isEmpty() ? "all parts are done" : "failed: " + String.join(", ", failed));
        return failed.size();
    }

    private void measure(Part part) throws Exception {
        double load = Machine.load();
        System.out.printf(Locale.ROOT, "%s, load %.2f%s%n", part.name(), load, load > QUIET ? ": the machine is busy" : "");
        Part.Notes notes = new Part.Notes();
        long before = System.nanoTime();
        part.measure(notes);
        double seconds = (System.nanoTime() - before) / 1e9;
        System.out.printf(Locale.ROOT, "%s took %.0f s%n", part.name(), seconds);
        results.put(part.name(), new Result(
                Machine.date(), commit(), command, seconds, Machine.hardware(), load, Machine.jdk(),
                flags.isEmpty() ? "none" : String.join(" ", flags), notes.commands(), notes.figures()));
    }

    /** The commit at hand; with a + when files other than the page and its plots were changed. */
    private String commit() throws Exception {
        Duration limit = Duration.ofSeconds(20);
        try {
            String commit = Child.run(place.home(), List.of("git", "rev-parse", "--short", "HEAD"), limit).lines().getFirst();
            boolean changed = Child.run(place.home(), List.of("git", "status", "--porcelain"), limit).lines().stream()
                    .anyMatch(line -> !line.contains("docs/benchmarks"));
            return changed ? commit + "+" : commit;
        } catch (IOException | IllegalStateException e) {
            return "unknown";
        }
    }
}
