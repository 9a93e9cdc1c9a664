package dev.spindle.engine.text;

import dev.spindle.engine.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One of datafaker's English word files, such as {@code en/name.yml}.
 *
 * <p>Their YAML is of one plain sort: keys indented by two spaces a level, and lists of double-quoted texts. Reading just
 * that takes a fifth of the time that a YAML parser takes to load and run, at every start of the program; a test reads
 * the same lists with a parser and compares. A list of lists ({@code - - "…"}) is read as lists named {@code KEY.0},
 * {@code KEY.1}, and so on.
 */
final class ListFile {

    private static final String ENTRY = "- ";

    private final Map<String, List<String>> lists = new LinkedHashMap<>();

    private ListFile() {}

    /** @throws EngineException when there is no such file on the class path, which is the build's fault */
    static ListFile read(String name) {
        String path = "/en/" + name + ".yml";
        try (InputStream in = ListFile.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new EngineException("The word file " + path + " of datafaker is not on the class path.");
            }
            ListFile file = new ListFile();
            file.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The list at {@code key}, the part below {@code en.faker}, such as {@code name.last_name}. */
    List<String> list(String key) {
        List<String> list = lists.get("en.faker." + key);
        if (list == null) {
            throw new EngineException("datafaker has no word list " + key + ".");
        }
        return list;
    }

    private void parse(String yaml) {
        List<String> path = new ArrayList<>();
        List<String> list = null;
        int groups = 0;
        int start = 0;
        while (start < yaml.length()) {
            int end = yaml.indexOf('\n', start);
            end = end < 0 ? yaml.length() : end;
            int text = start;
            while (text < end && yaml.charAt(text) == ' ') {
                text++;
            }
            if (yaml.startsWith(ENTRY + ENTRY, text)) {
                list = lists.computeIfAbsent(String.join(".", path) + "." + groups++, k -> new ArrayList<>());
                list.add(unquoted(yaml, text + 2 * ENTRY.length(), end));
            } else if (yaml.startsWith(ENTRY, text)) {
                if (list == null) {
                    list = lists.computeIfAbsent(String.join(".", path), k -> new ArrayList<>());
                }
                list.add(unquoted(yaml, text + ENTRY.length(), end));
            } else if (text < end && yaml.charAt(end - 1) == ':') {
                int level = (text - start) / 2;
                path.subList(level, path.size()).clear();
                path.add(yaml.substring(text, end - 1));
                list = null;
                groups = 0;
            }
            start = end + 1;
        }
    }

    /** Texts that need YAML's escapes are kept with their backslash, by which the callers know to leave them out. */
    private static String unquoted(String yaml, int start, int end) {
        boolean quoted = end - start >= 2 && yaml.charAt(start) == '"' && yaml.charAt(end - 1) == '"';
        return quoted ? yaml.substring(start + 1, end - 1) : yaml.substring(start, end);
    }
}
