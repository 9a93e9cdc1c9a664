package dev.spindle.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RaceTest {

    @TempDir
    private Path folder;

    private Part.Notes race(Contestant... contestants) throws Exception {
        Part.Notes notes = new Part.Notes();
        new Race("race", List.of(contestants), 0.01, 2, new Place(folder, folder), List.of()).measure(notes);
        return notes;
    }

    private Contestant loop(String name, long rows) {
        return new Contestant.Program(name, rows, false, (place, asked) -> {
            List<String> command = place.java(List.of(), System.getProperty("java.class.path"), LoopProgram.class.getName());
            command.addAll(List.of(Long.toString(asked), "2"));
            return command;
        });
    }

    @Test
    void shouldLetContestantsTakeTurnsAndNoteEachRound() throws Exception {
        Part.Notes notes = race(loop("one", 20_000), new Contestant.Fixed("two", 30_000, loop("two", 1)));
        assertThat(notes.figures().names()).containsExactly("one", "two");
        assertThat(notes.figures().find("two", Race.ROWS).orElseThrow().rounds()).containsExactly(30_000.0, 30_000.0);
        assertThat(notes.figures().find("one", Race.RATE).orElseThrow().rounds()).hasSize(2).allMatch(rate -> rate > 0);
        assertThat(notes.figures().find("one", Race.BYTES).orElseThrow().median()).isBetween(250.0, 400.0);
        assertThat(notes.commands().get("two")).isEqualTo("bench/run suite.LoopProgram 30000 2");
    }

    @Test
    void shouldNotCountAContestantThatMadeFewerRows() {
        Contestant lazy = new Contestant.Program(
                "lazy", 10, false, (place, rows) -> List.of("sh", "-c", "echo contestant rows=1 bytes=9 nanos=9"));
        assertThatThrownBy(() -> race(lazy)).hasMessageContaining("lazy made 1 rows, not 10");
    }

    @Test
    void shouldLeaveOutWhoIsCalledWrongly() throws Exception {
        Contestant unknown = new Contestant.Program(
                "unknown", 10, false, (place, rows) -> List.of("sh", "-c", "echo --lanes: there is no such option; exit 2"));
        Part.Notes notes = race(unknown, new Contestant.Fixed("two", 30_000, loop("two", 1)));
        assertThat(notes.figures().names()).containsExactly("two");
    }

    @Test
    void shouldShowWhatAProcessSaidThatFailed() {
        Contestant broken = new Contestant.Program(
                "broken", 10, false, (place, rows) -> List.of("sh", "-c", "echo no memory; exit 3"));
        assertThatThrownBy(() -> race(broken)).hasMessageContaining("exit code 3").hasMessageContaining("no memory");
    }
}
