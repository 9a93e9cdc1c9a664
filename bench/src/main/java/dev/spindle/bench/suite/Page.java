package dev.spindle.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page that shows the figures. What the suite writes stands between two comments that name the part; all else on the
 * page is left alone.
 */
final class Page {

    private final Path file;
    private final Path plots;

    /** A page, with a folder for its plots. */
    Page(Path file, Path plots) {
        this.file = file;
        this.plots = plots;
    }

    /** Shows a part's result in the place that the page has for it. */
    void show(Part part, Result result) throws IOException {
        String text = Files.readString(file);
        Files.writeString(file, replaced(text, part.name(), markdown(part, result)));
    }

    /** Exchanges a block of another page. */
    static void replace(Path page, String part, String block) throws IOException {
        Files.writeString(page, replaced(Files.readString(page), part, block));
    }

    /** {@code text} with the block of a part exchanged. */
    static String replaced(String text, String part, String block) {
        String begin = "<!-- begin " + part + ": written by bench/suite -->\n";
        String end = "<!-- end " + part + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException("the page has no place for the part " + part + ": " + begin + end);
        }
        return text.substring(0, from + begin.length()) + block + text.substring(to);
    }

    private String markdown(Part part, Result result) throws IOException {
        StringBuilder out = new StringBuilder();
        for (View view : part.views()) {
            switch (view) {
                case View.Table table -> append(out, table, result.figures());
                case View.Bars bars -> plot(out, bars.title(), bars.file(), new BarChart(bars).draw(result));
                case View.Points points -> plot(out, points.title(), points.file(), new PointChart(points).draw(result));
            }
        }
        return out.append(origin(result)).toString();
    }

    private void plot(StringBuilder out, String title, String name, String svg) throws IOException {
        Files.createDirectories(plots);
        Files.writeString(plots.resolve(name + ".svg"), svg);
        Path relative = file.toAbsolutePath().getParent().relativize(plots.toAbsolutePath().resolve(name + ".svg"));
        out.append("![").append(title).append("](").append(relative).append(")\n\n");
    }

    private static void append(StringBuilder out, View.Table table, Figures figures) {
        List<String> rows = figures.names().stream().filter(table.rows()).toList();
        if (rows.isEmpty()) {
            return;
        }
        List<String> headings = new ArrayList<>(List.of(table.title()));
        table.columns().forEach(column -> headings.add(column.heading()));
        line(out, headings);
        line(out, headings.stream().map(heading -> "---").toList());
        for (String row : rows) {
            List<String> cells = new ArrayList<>(List.of(row));
            table.columns().forEach(column -> cells.add(column.text(figures, row)));
            line(out, cells);
        }
        out.append('\n');
    }

    private static void line(StringBuilder out, List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** What the figures were measured on. */
    private static String origin(Result result) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%s, commit %s, `%s`, which took %.0f s. %s; load %.2f before. %s, `%s`.%n",
                result.date(), result.commit(), result.command(), result.seconds(), result.hardware(), result.load(),
                result.jdk(), result.flags()));
        if (!result.commands().isEmpty()) {
            out.append("\n<details><summary>Commands</summary>\n\n");
            for (Map.Entry<String, String> command : result.commands().entrySet()) {
                out.append("- ").append(command.getKey()).append(": `").append(command.getValue()).append("`\n");
            }
            out.append("\n</details>\n");
        }
        return out.toString();
    }
}
