package dev.spindle.engine.pipeline;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The cores that this process may use, where the system says so. */
public final class Cores {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Cores() {}

    /**
     * Checks cores that threads are to be pinned to.
     *
     * @throws ConfigurationException when the process may not use one of them
     */
    public static void check(List<Integer> cpus) {
        Optional<String> list = cpus.isEmpty() ? Optional.empty() : allowedList(STATUS);
        if (list.isEmpty()) {
            return;
        }
        TreeSet<Integer> allowed = parse(list.get());
        List<Problem> problems = new ArrayList<>();
        for (int cpu : cpus) {
            if (!allowed.contains(cpu)) {
                problems.add(new Problem(
                        "--cpus", Integer.toString(cpu), "is no core that this process may use", "cores " + list.get()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    static Optional<String> allowedList(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(ALLOWED))
                    .map(line -> line.substring(ALLOWED.length()).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // not Linux: pinning itself will say what it can do
        }
    }

    /** Reads the kernel's form, such as {@code 0-3,8}. */
    static TreeSet<Integer> parse(String list) {
        TreeSet<Integer> cores = new TreeSet<>();
        for (String part : list.split(",")) {
            String[] ends = part.strip().split("-");
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = first; core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }
}
