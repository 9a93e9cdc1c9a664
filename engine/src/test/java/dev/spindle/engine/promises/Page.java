package dev.spindle.engine.promises;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Markdown page and its fenced blocks. */
final class Page {

    private final Path file;
    private final List<String> lines;

    /**
     * A fenced block.
     *
     * @param heading the heading that it stands under
     * @param info what stands behind the opening fence
     * @param from the line after the opening fence
     * @param to the line of the closing fence
     */
    record Block(String heading, String info, int from, int to, String text) {}

    Page(Path file) {
        this.file = file;
        try {
            this.lines = new ArrayList<>(Files.readAllLines(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String text() {
        return String.join("\n", lines);
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        int open = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (open < 0 && line.startsWith("#")) {
                heading = line.replaceFirst("#+ ", "");
            } else if (line.startsWith("```") && open < 0) {
                open = i;
            } else if (line.startsWith("```")) {
                blocks.add(new Block(
                        heading, lines.get(open).substring(3), open + 1, i, String.join("\n", lines.subList(open + 1, i))));
                open = -1;
            }
        }
        return blocks;
    }

    /** Puts other text into a block and writes the page; blocks that were read before stand elsewhere then. */
    void replace(Block block, String text) {
        lines.subList(block.from(), block.to()).clear();
        lines.addAll(block.from(), text.lines().toList());
        try {
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
