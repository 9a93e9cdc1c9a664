package dev.spindle.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The calls that docs/schema.md shows, with the files that it names, say what the page says that they do. With
 * {@code -Dspindle.docs.write=true} what they say is written into the page first.
 */
class SchemaPageCallsTest {

    private static final Path PAGE = Path.of("..", "docs", "schema.md");

    @TempDir
    private Path folder;

    @Test
    void shouldShowWhatTheCallsSay() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> wanted = new ArrayList<>();
        int calls = 0;
        for (int i = 0; i < page.size(); i++) {
            wanted.add(page.get(i));
            if (page.get(i).startsWith("```json ")) {
                Files.write(folder.resolve(fileName(page.get(i))), block(page, i + 1));
            }
            if (page.get(i).equals("```console")) {
                wanted.add(page.get(i + 1));
                wanted.addAll(said(page.get(i + 1)));
                i += block(page, i + 1).size();
                calls++;
            }
        }
        assertThat(calls).isEqualTo(3);
        if (Boolean.getBoolean("spindle.docs.write")) {
            Files.write(PAGE, wanted);
        }
        assertThat(Files.readAllLines(PAGE))
                .as("docs/schema.md; mvn -pl control -am verify -Dtest=SchemaPageCallsTest -Dspindle.docs.write=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false writes it")
                .isEqualTo(wanted);
    }

    private static String fileName(String fence) {
        return fence.replaceFirst("```json (.*/)?", "");
    }

    private static List<String> block(List<String> page, int from) {
        int to = from;
        while (!page.get(to).startsWith("```")) {
            to++;
        }
        return page.subList(from, to);
    }

    /** What a call says on both streams, with the page's names of the files. */
    private List<String> said(String call) {
        assertThat(call).startsWith("$ ./spindle ");
        String[] words = Stream.of(call.substring("$ ./spindle ".length()).split(" "))
                .map(word -> word.endsWith(".spindle.json") ? folder.resolve(word).toString() : word)
                .toArray(String[]::new);
        Console.Ended ended = new Console().call(words);
        String said = (ended.out() + String.join("\n", ended.err())).strip();
        return said.lines().map(line -> line.replace(folder + "/", "")).toList();
    }
}
