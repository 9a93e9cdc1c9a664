package dev.spindle.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class PageTest {

    private static final String TEXT = """
            before
            <!-- begin race: written by bench/suite -->
            old
            <!-- end race -->
            after
            """;

    @TempDir
    private Path folder;

    /** Two rows, three rounds. */
    private static Result result() {
        Figures figures = new Figures();
        for (double rate : new double[] {2e6, 4e6, 3e6}) {
            figures.add("the loop <fast>", Race.RATE, rate);
            figures.add("Spindle", Race.RATE, rate / 4);
        }
        figures.add("Spindle", Race.BYTES, 340);
        return new Result(
                "2026-01-02T03:04:00Z", "abc1234", "bench/suite race", 12, "a machine, 2 cores", 0.1, "a JDK", "-XX:+UseSerialGC",
                Map.of("Spindle", "./spindle stream"), figures);
    }

    private static Part part(View... views) {
        return new Race("race", List.of(), 1, 1, null, List.of(views));
    }

    private String shown(View... views) throws Exception {
        Path file = Files.writeString(folder.resolve("page.md"), TEXT);
        new Page(file, folder.resolve("plots")).show(part(views), result());
        return Files.readString(file);
    }

    @Test
    void shouldReplaceOnlyThePartsOwnBlock() {
        assertThat(Page.replaced(TEXT, "race", "new\n"))
                .isEqualTo(TEXT.replace("old", "new"));
    }

    @Test
    void shouldSayWhichPlaceThePageLacks() {
        assertThatThrownBy(() -> Page.replaced(TEXT, "other", "")).hasMessageContaining("<!-- begin other");
    }

    @Test
    void shouldShowMedianSpreadAndRatioOfTheRounds() throws Exception {
        String page = shown(new View.Table("who", name -> true, List.of(
                new View.Column.Spread("million/s", Race.RATE, "%.2f", 1e6),
                new View.Column.Ratio("of the loop", Race.RATE, "the loop <fast>"),
                new View.Column.Middle("bytes", Race.BYTES, "%.0f", 1))));
        assertThat(page)
                .contains("| who | million/s | of the loop | bytes |")
                .contains("| the loop <fast> | 3.00 (2.00 to 4.00) | 1.00 | – |")
                .contains("| Spindle | 0.75 (0.50 to 1.00) | 0.25 | 340 |")
                .contains("2026-01-02T03:04:00Z, commit abc1234", "a machine, 2 cores", "load 0.10 before", "a JDK")
                .contains("- Spindle: `./spindle stream`")
                .startsWith("before\n")
                .endsWith("after\n");
    }

    @Test
    void shouldDrawPlotsThatAreWellFormed() throws Exception {
        String page = shown(
                new View.Bars("Rows & such", "bars", name -> true, Race.RATE, "million/s", 1e6),
                new View.Points("Points", "points", name -> true, List.of(Race.RATE), "rows/s"));
        assertThat(page).contains("![Rows & such](plots/bars.svg)", "![Points](plots/points.svg)");
        for (String plot : List.of("bars", "points")) {
            String svg = Files.readString(folder.resolve("plots").resolve(plot + ".svg"));
            var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
            assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(svg).contains("the loop &lt;fast&gt;", "prefers-color-scheme: dark", "commit abc1234");
        }
    }

    @Test
    void shouldKeepResultsInAFileAndReadThemBack() throws Exception {
        Path file = folder.resolve("figures.json");
        Results.in(file).put("race", result());
        Results.in(file).put("other", result());
        Result read = Results.in(file).of("race");
        assertThat(read.figures().all()).isEqualTo(result().figures().all());
        assertThat(read.commands()).isEqualTo(result().commands());
        assertThat(read.commit()).isEqualTo("abc1234");
        assertThat(Results.in(file).of("other")).isNotNull();
        assertThat(Results.in(file).of("third")).isNull();
    }
}
