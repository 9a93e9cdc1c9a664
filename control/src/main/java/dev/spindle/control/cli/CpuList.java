package dev.spindle.control.cli;

import dev.spindle.engine.error.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cores as options write them: {@code 2-7}, {@code 2,4,6}, {@code 0,2-3}. */
final class CpuList {

    private static final Pattern PART = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
    private static final String FORM = "such as 2-7 or 2,4,6";

    private CpuList() {}

    /** The cores in the order given; empty, with a problem added, when {@code text} is no such list. */
    static Optional<List<Integer>> parse(String path, String text, List<Problem> problems) {
        Set<Integer> cpus = new LinkedHashSet<>();
        for (String part : text.strip().split(",", -1)) {
            Matcher form = PART.matcher(part.strip());
            if (!form.matches()) {
                problems.add(new Problem(path, text, "is no list of cores", FORM));
                return Optional.empty();
            }
            int first = Integer.parseInt(form.group(1));
            int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
            if (last < first) {
                problems.add(new Problem(path, text, "has a range that goes down", FORM));
                return Optional.empty();
            }
            for (int cpu = first; cpu <= last; cpu++) {
                if (!cpus.add(cpu)) {
                    problems.add(new Problem(path, text, "names core " + cpu + " twice", FORM));
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new ArrayList<>(cpus));
    }
}
