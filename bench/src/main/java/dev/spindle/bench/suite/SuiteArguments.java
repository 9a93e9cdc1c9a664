package dev.spindle.bench.suite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the suite was asked for.
 *
 * @param parts which, in their order; all when none is named
 * @param quick fewer rounds, shorter turns: to see that all works
 * @param renderOnly whether nothing is measured and the page is made anew from the figures that are there
 * @param plans thread plans of Spindle's in the part throughput
 * @param scale of the domain
 * @param page the page that shows the figures
 * @param figures the file that keeps them
 * @param readme where the most telling ones stand too, or null
 */
record SuiteArguments(
        List<String> parts,
        boolean quick,
        boolean renderOnly,
        List<String> plans,
        String scale,
        Path page,
        Path figures,
        Path readme) {

    /** Reads the command line. */
    static SuiteArguments parse(String[] args) {
        List<String> parts = new ArrayList<>();
        boolean quick = false;
        boolean renderOnly = false;
        List<String> plans = List.of("inline", "shared", "split", "dedicated", "lanes-" + Math.max(2, Runtime.getRuntime().availableProcessors()));
        String scale = "large";
        Path page = Path.of("docs/benchmarks.md");
        Path figures = Path.of("docs/benchmarks/figures.json");
        Path readme = Path.of("README.md");
        for (String arg : args) {
            String value = arg.substring(arg.indexOf('=') + 1);
            switch (arg.replaceFirst("=.*", "")) {
                case "--quick" -> quick = true;
                case "--render" -> renderOnly = true;
                case "--plans" -> plans = List.of(value.split(","));
                case "--scale" -> scale = value;
                case "--page" -> page = Path.of(value);
                case "--figures" -> figures = Path.of(value);
                case "--readme" -> readme = value.isEmpty() ? null : Path.of(value);
                default -> parts.add(arg);
            }
        }
        parts.stream().filter(part -> !Parts.NAMES.contains(part)).findFirst().ifPresent(part -> {
            throw new IllegalArgumentException(
                    part + ": is no part (" + String.join(", ", Parts.NAMES) + ") and none of --quick, --render,"
                            + " --plans=LIST, --scale=NAME, --page=FILE, --figures=FILE,"
                            + " --readme=FILE");
        });
        return new SuiteArguments(parts.isEmpty() ? Parts.NAMES : parts, quick, renderOnly, plans, scale, page, figures, readme);
    }
}
