package dev.spindle.engine.text;

import static dev.spindle.engine.text.Texts.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.column.Dictionary;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonTextTest {

    private static final Dictionary FIRST = new Dictionary(List.of("Mary", "Anne-Marie", "Zoë", "李", "R2D2"));
    private static final Dictionary LAST = new Dictionary(List.of("Smith", "O'Conner", "van der Berg", "李", "Müller"));

    private final TextProviders providers = new TextProviders();
    private final PersonText email = (PersonText) providers.find("email").orElseThrow();
    private final PersonText userName = (PersonText) providers.find("user_name").orElseThrow();

    @Test
    void shouldBeMadeOfTheRowsOwnNames() {
        for (int row = 0; row < 1_000; row++) {
            assertThat(text(email, row, 0, 0))
                    .matches("(mary\\.smith|mary_smith|msmith|marys)\\d+@([a-z]+\\.)?example\\.(com|net|org)");
        }
    }

    @Test
    void shouldKeepOnlyLettersOfNames() {
        for (int row = 0; row < 1_000; row++) {
            assertThat(text(userName, row, 1, 1)).matches("(annemarie[._]oconner|aoconner|annemarieo)\\d+");
            assertThat(text(userName, row, 2, 2)).matches("(zo[._]vanderberg|zvanderberg|zov)\\d+");
            assertThat(text(userName, row, 4, 4)).matches("(rd[._]mller|rmller|rdm)\\d+");
        }
    }

    @Test
    void shouldBeWellFormedForNamesWithoutLatinLetters() {
        for (int row = 0; row < 1_000; row++) {
            assertThat(text(userName, row, 3, 3)).matches("user[._]?\\d+");
        }
    }

    @Test
    void shouldDrawANameThatTheRowDoesNotHave() {
        Set<String> firsts = new HashSet<>();
        for (int row = 0; row < 1_000; row++) {
            String text = text(userName, row, -1, 0);
            assertThat(text).matches("[a-z]+[._]?(smith|s)\\d+");
            firsts.add(text.replaceAll("[._]?(smith|s)\\d+$", ""));
        }
        assertThat(firsts).hasSizeGreaterThan(50);
    }

    @Test
    void shouldReadNamesThatStandInARowsBytes() {
        byte[] name = "Mary Smith".getBytes(StandardCharsets.UTF_8);
        byte[] room = new byte[userName.maxBytes()];
        for (int row = 0; row < 100; row++) {
            int length = userName.append(hash(row), row, name, 0, 4, name, 5, 10, room, 0);
            assertThat(new String(room, 0, length, StandardCharsets.UTF_8)).isEqualTo(text(userName, row, 0, 0));
        }
    }

    @Test
    void shouldNeverWriteTheSameTwiceEvenForOneName() {
        Set<String> seen = new HashSet<>();
        for (int row = 0; row < 200_000; row++) {
            assertThat(seen.add(text(userName, row, 0, 0))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 89, 90, 989, 990, 9_999_999, 9_000_000_000L, 999_999_999_989L, 1L << 52, Long.MAX_VALUE / 2})
    void shouldStayWithinItsBytesForAnyRow(long row) {
        byte[] longName = "a".repeat(300).getBytes(StandardCharsets.UTF_8);
        byte[] room = new byte[email.maxBytes()];
        for (int i = 0; i < 100; i++) {
            assertThat(email.append(hash(i), row, longName, 0, 300, longName, 0, 300, room, 0))
                    .isBetween(1, email.maxBytes());
        }
    }

    @Test
    void shouldGiveEveryRowOfABlockAnotherNumberOfTheSameLength() {
        Set<Long> numbers = new HashSet<>();
        for (long row = 0; row < 99_990; row++) {
            long number = PersonText.number(row);
            assertThat(numbers.add(number)).isTrue();
            assertThat(Long.toString(number)).hasSize(row < 90 ? 2 : row < 990 ? 3 : row < 9_990 ? 4 : 5);
        }
    }

    @Test
    void shouldScatterTheNumbersOfLargeTables() {
        Set<Long> numbers = new HashSet<>();
        long start = 8_999_000_000L;
        for (long row = start; row < start + 100_000; row++) {
            assertThat(numbers.add(PersonText.number(row))).isTrue();
            assertThat(PersonText.number(row)).isBetween(1_000_000_000L, 9_999_999_999L);
        }
    }

    private static String text(PersonText provider, long row, int first, int last) {
        byte[] room = new byte[provider.maxBytes()];
        int length = provider.append(hash(row), row, FIRST, first, LAST, last, room, 0);
        return new String(room, 0, length, StandardCharsets.UTF_8);
    }
}
