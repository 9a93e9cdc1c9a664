package dev.spindle.engine.promises;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples of docs/schema.md. A block of JSON is a whole file, named behind its fence, or a part of one: columns,
 * tables, or sections. A block of rows behind it shows what its last table begins with.
 */
final class SchemaPage {

    private final Page page = new Page(Path.of("..", "docs", "schema.md"));
    private final Path folder;

    /** An example and the rows that the page shows for it, null where it shows none. */
    record Example(String heading, Page.Block block, Page.Block rows, Path file) {
        @Override
        public String toString() {
            return heading + ", line " + block.from();
        }
    }

    /** The page, with its files written to {@code folder}. */
    SchemaPage(Path folder) {
        this.folder = folder;
    }

    List<Example> examples() {
        List<Page.Block> blocks = page.blocks();
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            Page.Block block = blocks.get(i);
            String[] info = block.info().split(" ", 2);
            if (!info[0].equals("json")) {
                continue;
            }
            String name = info.length == 2 ? info[1] : "example" + i + ".spindle.json";
            Path file = write(name, info.length == 2 ? block.text() : whole(block.text()));
            if (name.endsWith(".spindle.json") && !name.startsWith("wrong")) {
                examples.add(new Example(block.heading(), block, rowsBehind(blocks, i), file));
            }
        }
        return examples;
    }

    /** The block of rows of an example, before which calls may stand. */
    private static Page.Block rowsBehind(List<Page.Block> blocks, int example) {
        return blocks.stream()
                .skip(example + 1)
                .takeWhile(block -> !block.info().startsWith("json ") && !block.info().equals("json"))
                .filter(block -> block.info().equals("jsonl"))
                .findFirst()
                .orElse(null);
    }

    String text() {
        return page.text();
    }

    void show(Example example, String rows) {
        page.replace(example.rows(), rows);
    }

    /** A part of a file made a whole one. */
    private static String whole(String part) {
        JsonObject members = (JsonObject) JsonReader.parse("{" + part + "}", "docs/schema.md");
        JsonValue first = members.members().firstEntry().getValue();
        if (first instanceof JsonObject object && object.get("columns") != null) {
            return "{\"tables\":{" + part + "}}";
        }
        boolean columns = first instanceof JsonObject object && object.get("generator") != null;
        return columns ? "{\"tables\":{\"example\":{\"columns\":{" + part + "}}}}" : "{" + part + "}";
    }

    private Path write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
