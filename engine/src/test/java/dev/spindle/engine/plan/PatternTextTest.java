package dev.spindle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTextTest {

    @TempDir
    Path folder;

    private final List<Problem> problems = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"business-hours", "retail-peak"})
    void shouldKnowTheBuiltInPatterns(String name) {
        TimePattern pattern = PatternText.parse("--pattern", name, problems).orElseThrow();
        assertThat(pattern.name()).isEqualTo(name);
        RunPlan.draft().pattern(pattern).build();
    }

    @Test
    void shouldReadLists() throws IOException {
        TimePattern pattern = parse("{\"hours\":" + Collections.nCopies(24, 2) + ",\"days\":[1,1,1,1,1,0,0.5]}")
                .orElseThrow();
        assertThat(pattern.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(pattern.hours()).hasSize(24).containsOnly(2.0);
        assertThat(pattern.days()).containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.5);
    }

    @Test
    void shouldReadNamedHoursAndDaysAndAZone() throws IOException {
        TimePattern pattern = parse(
                        "{\"name\":\"mine\",\"zone\":\"Europe/Berlin\",\"hours\":{\"9\":3},\"days\":{\"sun\":0,\"Monday\":2}}")
                .orElseThrow();
        assertThat(pattern.name()).isEqualTo("mine");
        assertThat(pattern.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(pattern.hours().get(9)).isEqualTo(3);
        assertThat(pattern.hours().get(10)).isEqualTo(1);
        assertThat(pattern.days()).containsExactly(2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0);
    }

    @Test
    void shouldTellEverythingThatIsWrongWithAFile() throws IOException {
        assertThat(parse("{\"zone\":\"Mars\",\"hours\":[1,2,\"x\"],\"days\":{\"funday\":1},\"speed\":1}"))
                .isEmpty();
        assertThat(problems)
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "--pattern.zone", "--pattern.hours[2]", "--pattern.days.funday", "--pattern.speed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "{\"hours\":[1]}", "{\"days\":[1,1,1,1,1,1,-1]}", "{\"hours\":5}", "{\"hours\":{\"24\":1}}"})
    void shouldRefuseWhatIsNoPattern(String json) throws IOException {
        assertThat(parse(json)).isEmpty();
        assertThat(problems).isNotEmpty();
    }

    @Test
    void shouldNameTheBuiltInPatternsWhenThereIsNoneOfThatName() {
        assertThat(PatternText.parse("--pattern", "busines-hours", problems)).isEmpty();
        assertThat(problems.getFirst().toString()).contains("busines-hours", "business-hours", "retail-peak");
    }

    @Test
    void shouldReadYaml() throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), "zone: Europe/Berlin\ndays: {saturday: 0.5}\n");
        TimePattern pattern =
                PatternText.parse("--pattern", file.toString(), problems).orElseThrow();
        assertThat(pattern.days().get(5)).isEqualTo(0.5);
    }

    @Test
    void shouldTellOfAFileThatIsNoJson() throws IOException {
        assertThat(parse("{\"hours\":")).isEmpty();
        assertThat(problems).hasSize(1);
    }

    private Optional<TimePattern> parse(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("p.json"), json);
        return PatternText.parse("--pattern", file.toString(), problems);
    }
}
