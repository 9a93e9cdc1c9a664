package dev.spindle.control.request;

import dev.spindle.engine.error.Problem;
import java.util.List;

/** The engine names options as the command line writes them; a request's answer names the fields of its body. */
public final class Paths {

    private Paths() {}

    /** The problems under the names of a body's fields. */
    public static List<Problem> asFields(List<Problem> problems) {
        return problems.stream()
                .map(p -> new Problem(field(p.path()), p.value(), p.reason(), p.allowed(), p.place()))
                .toList();
    }

    /** {@code --max-delay-slots} is {@code max_delay_slots}; what is no option stays as it is. */
    static String field(String path) {
        if (path.equals("DOMAIN")) {
            return "domain";
        }
        if (!path.startsWith("--")) {
            return path;
        }
        int end = 2;
        while (end < path.length() && (Character.isLetterOrDigit(path.charAt(end)) || path.charAt(end) == '-')) {
            end++;
        }
        String name = path.substring(2, end).replace('-', '_');
        String rest = path.substring(end);
        return (name.equals("burst") ? "bursts" : name) + rest;
    }
}
